import type { MigrationInterface, QueryRunner } from "typeorm";
import {
  dropTellingTriggers,
  startOf,
  tellingTriggers,
  type Telling,
} from "../../../../platform/outbox/telling";

const CUSTODY: Telling = {
  name: "tell_custody",
  table: "custody_event",
  on: "INSERT",
  topic: "custody",
  key: "told.person_id",
  change: "told.status",
  facts: "'custodyEventId', told.id",
  occurredAt: "told.occurred_at",
  from: "recorded told",
};

const ORDER = {
  table: "order_of_protection",
  topic: "order",
  key: "told.person_id",
  facts: "'orderId', told.id",
} as const;

const ORDERS: readonly Telling[] = [
  {
    ...ORDER,
    name: "tell_order",
    on: "INSERT",
    change: "'issued'",
    occurredAt: startOf("told.issued_on"),
    from: "recorded told",
  },
  {
    ...ORDER,
    name: "tell_order_served",
    on: "UPDATE",
    change: "'served'",
    occurredAt: startOf("told.served_on"),
    from: `recorded told JOIN before ON before.id = told.id AND before.served_on IS NULL
      WHERE told.served_on IS NOT NULL`,
  },
  {
    ...ORDER,
    name: "tell_violation",
    table: "order_violation",
    on: "INSERT",
    change: "'violated'",
    facts: "'orderId', told.id, 'violationId', violation.id",
    occurredAt: startOf("violation.occurred_on"),
    from: "recorded violation JOIN order_of_protection told ON told.id = violation.order_id",
  },
];

const CONTACT = {
  table: "contact",
  topic: "contact",
  key: "told.person_id",
  facts: "'contactId', told.id",
  occurredAt: "coalesce(told.made_at, now())",
} as const;

const CONTACTS: readonly Telling[] = [
  { ...CONTACT, name: "tell_contact", on: "INSERT", change: "told.state", from: "recorded told" },
  {
    ...CONTACT,
    name: "tell_contact_change",
    on: "UPDATE",
    change: "CASE WHEN told.state = before.state THEN 'moved' ELSE told.state END",
    from: `recorded told JOIN before ON before.id = told.id
      AND (before.state, before.planned_for) IS DISTINCT FROM (told.state, told.planned_for)`,
  },
];

const TELLINGS = [CUSTODY, ...ORDERS, ...CONTACTS];

/** Custody, orders and contacts tell of themselves, whoever records them. */
export class RecordsTell1763900000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tellingTriggers(TELLINGS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropTellingTriggers(TELLINGS));
  }
}

import type { EntityManager } from "typeorm";
import { HISTORIC_AFTER_DAYS } from "../../../platform/outbox/historic";
import { withNumbers } from "../../../platform/store/named-parameters";
import type { Caller } from "../../../platform/caller/caller";
import type { AgendaReason } from "../domain/agenda";
import {
  openToCaller,
  visibleContacts,
  visibleOrders,
  visiblePersons,
  type Condition,
} from "../policy/row-access";

/** Why a person is on an agenda. */
export interface AgendaEntry {
  readonly personId: string;
  /** His level in force then, or E when none is: the order of the agenda. */
  readonly rank: string;
  readonly reasons: readonly AgendaReason[];
  /** The latest of what put him there. */
  readonly latestAt: Date;
}

export interface AgendaAfter {
  readonly caller: Caller;
  readonly now: Date;
  /** What is on the agenda was recorded after this, */
  readonly from: Date;
  /** and until this; what stands open stands open at it. */
  readonly until: Date;
  /** What this reader may be told. */
  readonly reasons: readonly AgendaReason[];
  /** Rank and person of the last one read. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

const within = (column: string) => `${column} > :from AND ${column} <= :until`;
/** What was old when it was recorded is no news. */
const fresh = (occurred: string, recorded: string) =>
  `${recorded} - ${occurred} <= make_interval(days => ${HISTORIC_AFTER_DAYS})`;
/** As it was then, whatever became of it since. */
const stoodOpen = (from: string, to: string) => `${from} <= :until AND (${to} IS NULL OR ${to} > :until)`;
/** The level of each person in force then. */
const LEVELS_THEN = `
  SELECT DISTINCT ON (held.person_id) held.person_id, held.level FROM level_confirmation held
  WHERE held.confirmed_at <= :until ORDER BY held.person_id, held.confirmed_at DESC`;
const startOf = (day: string) => `CAST(${day} AS timestamp) AT TIME ZONE 'UTC'`;

/** What puts persons on an agenda for some reasons: of each the person, the reason, since when. */
interface Part {
  readonly reasons: readonly AgendaReason[];
  readonly sql: string;
  readonly seen?: Condition;
}

function parts(caller: Caller, now: Date): readonly Part[] {
  const open = openToCaller(caller, now);
  const order = visibleOrders(caller, now, { personId: "broken.person_id", caseId: "broken.case_id" });
  const contact = visibleContacts(caller, now, {
    personId: "met.person_id",
    messenger: "met.messenger",
    messengerAgency: "met.messenger_agency",
  });
  const arrest = open.ofIncident("taken.incident_id");
  const promise = open.ofCase("promised.case_id");
  return [
    {
      reasons: ["new", "moved-up", "moved-down"],
      sql: `
        SELECT set_now.person_id,
          CASE WHEN before.level IS NULL THEN 'new' WHEN set_now.level < before.level THEN 'moved-up' ELSE 'moved-down' END AS reason,
          set_now.confirmed_at AS since
        FROM level_confirmation set_now LEFT JOIN LATERAL (
          SELECT level FROM level_confirmation earlier
          WHERE earlier.person_id = set_now.person_id AND earlier.confirmed_at < set_now.confirmed_at
          ORDER BY earlier.confirmed_at DESC LIMIT 1) before ON true
        WHERE ${within("set_now.confirmed_at")} AND set_now.level IS DISTINCT FROM before.level`,
    },
    {
      reasons: ["level-proposed"],
      sql: `
        SELECT proposal.person_id, 'level-proposed' AS reason, proposal.proposed_at AS since
        FROM level_proposal proposal LEFT JOIN in_force ON in_force.person_id = proposal.person_id
        WHERE ${stoodOpen("proposal.proposed_at", "proposal.superseded_at")}
          AND (in_force.level <= proposal.level) IS NOT TRUE`,
    },
    {
      reasons: ["level-questioned"],
      sql: `
        SELECT review.person_id, 'level-questioned' AS reason, review.opened_at AS since FROM level_review review
        WHERE ${stoodOpen("review.opened_at", "review.closed_at")}`,
    },
    {
      reasons: ["arrested"],
      seen: arrest,
      sql: `
        SELECT taken.person_id, 'arrested' AS reason, taken.recorded_at AS since FROM arrest taken
        WHERE taken.person_id IS NOT NULL AND ${within("taken.recorded_at")}
          AND ${fresh(startOf("taken.arrested_on"), "taken.recorded_at")} AND ${arrest.sql}`,
    },
    {
      reasons: ["order-violated"],
      seen: order,
      sql: `
        SELECT broken.person_id, 'order-violated' AS reason, violation.recorded_at AS since
        FROM order_violation violation JOIN order_of_protection broken ON broken.id = violation.order_id
        WHERE ${within("violation.recorded_at")}
          AND ${fresh(startOf("violation.occurred_on"), "violation.recorded_at")} AND ${order.sql}`,
    },
    {
      reasons: ["custody-changed"],
      sql: `
        SELECT held.person_id, 'custody-changed' AS reason, held.recorded_at AS since FROM custody_event held
        WHERE ${within("held.recorded_at")} AND ${fresh("held.occurred_at", "held.recorded_at")}`,
    },
    {
      reasons: ["contact-made", "contact-breached", "contact-open", "contact-overdue"],
      seen: contact,
      sql: `
        SELECT met.person_id,
          CASE WHEN met.closed_at <= :until THEN CASE WHEN met.state = 'breached' THEN 'contact-breached' ELSE 'contact-made' END
            WHEN met.due_by < :until THEN 'contact-overdue' ELSE 'contact-open' END AS reason,
          CASE WHEN met.closed_at <= :until THEN met.closed_at ELSE met.recorded_at END AS since
        FROM contact met
        WHERE ((${within("met.closed_at")} AND met.state IN ('made', 'refused', 'not-found', 'breached'))
          OR (${stoodOpen("met.recorded_at", "met.closed_at")})) AND ${contact.sql}`,
    },
    {
      reasons: ["promise-overdue", "promise-broken"],
      seen: promise,
      sql: `
        SELECT promised.person_id,
          CASE WHEN promised.settled_at <= :until THEN 'promise-broken' ELSE 'promise-overdue' END AS reason,
          CASE WHEN promised.settled_at <= :until THEN promised.settled_at ELSE promised.recorded_at END AS since
        FROM sanction_promise promised
        WHERE ((${within("promised.settled_at")} AND promised.state = 'broken')
          OR (${stoodOpen("promised.recorded_at", "promised.settled_at")}
            AND promised.due_on < CAST(CAST(:until AS timestamptz) AS date))) AND ${promise.sql}`,
    },
    {
      reasons: ["action-overdue"],
      sql: `
        SELECT owed.about_id AS person_id, 'action-overdue' AS reason, owed.recorded_at AS since FROM conference_action owed
        WHERE owed.about_id IS NOT NULL AND ${stoodOpen("owed.recorded_at", "owed.closed_at")}
          AND owed.due_on < CAST(CAST(:until AS timestamptz) AS date)`,
    },
  ];
}

/**
 * Who is on an agenda, and why, as far as a reader may be told: the highest level first. One statement, whatever the
 * number of persons; a person with no reason that this reader may be told is not on his agenda (L72).
 */
export async function agendaAfter(
  manager: EntityManager,
  { caller, now, from, until, reasons, after, limit }: AgendaAfter,
): Promise<AgendaEntry[]> {
  const asked = parts(caller, now).filter((part) => part.reasons.some((reason) => reasons.includes(reason)));
  if (asked.length === 0) return [];
  const person = visiblePersons(caller, now, "told.person_id");
  // Materialised: the wall is then put before the persons once, and not before each part.
  const items = `
    WITH in_force AS MATERIALIZED (${LEVELS_THEN}),
      told AS MATERIALIZED (${asked.map(({ sql }) => sql).join(" UNION ALL ")})
    SELECT told.person_id AS "personId", array_agg(DISTINCT told.reason) AS reasons, max(told.since) AS "latestAt",
      coalesce(max(in_force.level), 'E') AS rank
    FROM told LEFT JOIN in_force ON in_force.person_id = told.person_id
    WHERE told.reason = ANY(:reasons) AND ${person.sql}
    GROUP BY told.person_id`;
  const [rank, personId] = after ?? [];
  const [text, values] = withNumbers(
    `SELECT item."personId", item.reasons, item."latestAt", item.rank FROM (${items}) item
     ${after === null ? "" : `WHERE (item.rank, item."personId") > (:rank, CAST(:personId AS uuid))`}
     ORDER BY item.rank, item."personId" LIMIT :limit`,
    Object.assign(
      { from, until, reasons, rank, personId, limit },
      person.parameters,
      ...asked.map(({ seen }) => seen?.parameters),
    ) as Record<string, unknown>,
  );
  return manager.query(text, values);
}

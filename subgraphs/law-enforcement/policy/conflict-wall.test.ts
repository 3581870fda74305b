import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import {
  areContactsBarred,
  barredFrom,
  CONFLICT_REASONS,
  isCaseBarred,
  isIncidentBarred,
  type CaseOfTwo,
  type Conflict,
  type IncidentParties,
} from "../domain/conflict";
import { migrate, openLawEnforcementDatabase } from "../store/database";
import { miniatureOf, type Miniature } from "../store/miniature.fixture";
import { personalCallers } from "./personal-callers";
import {
  visibleCases,
  visibleContacts,
  visibleIncidents,
  visibleOrders,
  visiblePersons,
  type Condition,
} from "./row-access";

const now = new Date("2026-03-15T12:00:00.000Z");
let place: TestDatabase;
let database: DataSource;
let write: Miniature;
const persons: string[] = [];
const cases: CaseOfTwo[] = [];
const orders = new Map<string, CaseOfTwo>();
const contacts = new Map<string, string>();
const incidents = new Map<string, IncidentParties>();
const SEALED = [0, 3, 8];

/** Who has cases with whom: men 0 to 4, victims 0 to 4; man 5 has none. Victims 0 and 1 are of several men. */
const COUPLES = [[0, 0], [0, 1], [1, 1], [1, 2], [2, 0], [2, 3], [3, 4], [3, 2], [4, 4]] as const; // prettier-ignore

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  const victims: string[] = [];
  for (let index = 0; index < 6; index += 1) persons.push((await write.person()).id);
  for (let index = 0; index < 5; index += 1) victims.push((await write.victim()).id);
  for (const [man, woman] of COUPLES) {
    const of = { personId: persons[man]!, victimId: victims[woman]! };
    const assigned = { assignedAgency: "harbor-house", assignedAt: now };
    const { id } = await write.caseFile({ ...of, ...assigned });
    cases.push({ id, ...of });
    orders.set((await write.order({ personId: of.personId, caseId: id })).id, { id, ...of });
  }
  for (const personId of persons) contacts.set((await write.contact({ personId })).id, personId);
  const parties: [(number | null)[], (number | null)[]][] = [
    ...COUPLES.map(([man, woman]): [number[], number[]] => [[man], [woman]]),
    ...[0, 1, 2, 3, 4, 5].map((man): [number[], null[]] => [[man], [null]]),
    ...[[[0, 2], [3]], [[4], []], [[5], [0]], [[null], [1]], [[2], [4]], [[null], [null]]] as [(number | null)[], (number | null)[]][], // prettier-ignore
  ];
  for (const [men, women] of parties) {
    const { id } = await write.incident();
    const personIds = men.map((man) => (man === null ? null : persons[man]!));
    const victimIds = women.map((woman) => (woman === null ? null : victims[woman]!));
    for (const personId of personIds) await write.subject({ incidentId: id, personId });
    for (const victimId of victimIds) await write.incidentVictim({ incidentId: id, victimId });
    incidents.set(id, { personIds, victimIds });
  }
  for (const index of SEALED) await write.compartment({ caseId: cases[index]!.id });
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

async function seen(from: string, { sql, parameters }: Condition): Promise<Set<string>> {
  const query = database.createQueryBuilder().select("row.id", "id").from(from, "row");
  const rows = await query.where(sql, parameters).getRawMany<{ id: string }>();
  return new Set(rows.map(({ id }) => id));
}

async function everythingSeen(caller: Caller) {
  const personId = "row.person_id";
  const ofCase = { personId, victimId: "row.victim_id", assignedAgency: "row.assigned_agency" };
  const ofContact = { personId, messenger: "row.messenger", messengerAgency: "row.messenger_agency" };
  return {
    persons: await seen("person", visiblePersons(caller, now, "row.id")),
    cases: await seen("case_file", visibleCases(caller, now, ofCase)),
    orders: await seen(
      "order_of_protection",
      visibleOrders(caller, now, { personId, caseId: "row.case_id" }),
    ),
    contacts: await seen("contact", visibleContacts(caller, now, ofContact)),
    incidents: await seen("incident", visibleIncidents(caller, now, "row.id")),
  };
}

const where = <Value>(entries: Iterable<readonly [string, Value]>, open: (value: Value) => boolean) =>
  new Set([...entries].filter(([, value]) => open(value)).map(([id]) => id));

function everythingOpen(conflicts: readonly Conflict[], sealed: ReadonlySet<string>) {
  const barred = barredFrom(conflicts, cases, sealed);
  return {
    persons: new Set(persons.filter((id) => !barred.persons.has(id))),
    cases: new Set(cases.filter((one) => !isCaseBarred(barred, one)).map(({ id }) => id)),
    orders: where(orders, (one) => !isCaseBarred(barred, one)),
    contacts: where(contacts, (id) => !areContactsBarred(barred, id)),
    incidents: where(incidents, (parties) => !isIncidentBarred(barred, parties)),
  };
}

const conflict = fc
  .record({ why: fc.constantFrom(...CONFLICT_REASONS), at: fc.nat(14), ended: fc.boolean() })
  .filter(({ why, at }) => why !== "named-employee" || at < COUPLES.length);
const situation = fc.record({
  conflicts: fc.array(conflict, { maxLength: 3 }),
  readerOf: fc.subarray(SEALED),
});
interface Situation {
  readonly conflicts: readonly { why: Conflict["why"]; at: number; ended: boolean }[];
  readonly readerOf: readonly number[];
}

/** Records a situation of an employee who is in no other one, and says it in the words of the rules. */
async function recorded({ conflicts, readerOf }: Situation, agency: string) {
  const subject = randomUUID();
  const live: Conflict[] = [];
  for (const { why, at, ended } of conflicts) {
    const about =
      at < COUPLES.length
        ? { caseId: cases[at]!.id, personId: null }
        : { caseId: null, personId: persons[at - COUPLES.length]! };
    const over = ended ? { endedAt: now, endedBy: "cora@metro-police" } : {};
    await write.conflict({ agency, subject, why, ...about, ...over });
    if (!ended) live.push({ why, ...about });
  }
  for (const index of readerOf) await write.compartmentReader({ caseId: cases[index]!.id, agency, subject });
  const sealed = new Set(
    SEALED.filter((index) => !readerOf.includes(index)).map((index) => cases[index]!.id),
  );
  return { subject, live, sealed };
}

const callerOf = (role: string, agency: string, subject: string): Caller => ({
  ...{ subject, agency, roles: [role], expiresAt: now, token: "" },
});

test.each(["detective", "coordinator", "prosecutor"])(
  "L20, L21: what a %s sees is what the rule leaves open, whatever the conflicts and compartments",
  async (role) => {
    await fc.assert(
      fc.asyncProperty(situation, async (given) => {
        const { subject, live, sealed } = await recorded(given, "metro-police");
        expect(await everythingSeen(callerOf(role, "metro-police", subject))).toEqual(
          everythingOpen(live, sealed),
        );
      }),
      { numRuns: 25 },
    );
  },
);

test("L20: a person of the same name at another agency, and a colleague, see what they saw", async () => {
  const { subject } = await recorded(
    { conflicts: [{ why: "party", at: 1, ended: false }], readerOf: SEALED },
    "metro-police",
  );
  for (const index of SEALED) {
    await write.compartmentReader({ caseId: cases[index]!.id, agency: "county-prosecutor", subject });
  }
  const namesake = await everythingSeen(callerOf("prosecutor", "county-prosecutor", subject));
  expect(namesake).toEqual(everythingOpen([], new Set()));
  const himself = await everythingSeen(callerOf("detective", "metro-police", subject));
  expect([himself.persons.size, himself.cases.size]).toEqual([persons.length - 1, cases.length - 4]);
});

test("L20, L21: an advocate keeps a sealed case of her agency, and loses one she is in conflict with, and the man by it", async () => {
  const sees = async (given: Situation) => {
    const { subject, live } = await recorded(given, "harbor-house");
    const { cases: seenCases, persons: seenPersons } = await everythingSeen(
      callerOf("advocate", "harbor-house", subject),
    );
    const open = everythingOpen(live, new Set()).cases;
    expect(seenCases).toEqual(open);
    // She knows a man by an open case of her agency only.
    const men = cases.filter(({ id }) => open.has(id)).map(({ personId }) => personId);
    expect(seenPersons).toEqual(new Set(men));
  };
  await sees({ conflicts: [], readerOf: [] });
  for (const at of COUPLES.keys()) {
    await sees({ conflicts: [{ why: "named-employee", at, ended: false }], readerOf: [] });
    await sees({ conflicts: [{ why: "related", at, ended: false }], readerOf: [] });
  }
});

test("callers with facts of their own: live conflicts, readers of a compartment, messengers of planned contacts", async () => {
  const [first, personId] = [cases[SEALED[0]!]!.id, persons[0]!];
  for (const table of ["conflict_of_interest", "compartment_reader"])
    await database.query(`DELETE FROM ${table}`);
  await write.conflict({ agency: "open-door", subject: "cut-off", personId });
  await write.conflict({ agency: "open-door", subject: "ended", personId, endedAt: now, endedBy: "c" });
  await write.compartmentReader({ caseId: first, agency: "metro-police", subject: "reader" });
  const place = "Library";
  await write.contact({ personId, messenger: "mo", messengerAgency: "street-voices", place });
  await write.contact({
    personId,
    messenger: "max",
    messengerAgency: "street-voices",
    place,
    state: "cancelled",
  });
  expect([...(await personalCallers(database))].sort()).toEqual([
    "metro-police/reader",
    "open-door/cut-off",
    "street-voices/mo",
  ]);
});

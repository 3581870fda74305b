import type { DataSource } from "typeorm";
import { HOME_OF } from "../agencies-of-roles.fixture";
import { ROLES, type Role } from "../../../policy/matrix";
import type { Caller } from "../../../platform/caller/caller";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { migrate, openLawEnforcementDatabase } from "../store/database";
import { miniatureOf } from "../store/miniature.fixture";
import { visibleCases, visibleContacts, visibleIncidents, visibleOrders, visiblePersons } from "./row-access";
import type { Condition } from "./row-access";

const now = new Date("2026-03-15T12:00:00.000Z");
const names = new Map<string, string>();
let place: TestDatabase;
let database: DataSource;

/**
 * Six persons: one in a case of Harbor House, one in cases of both community agencies, one supervised, one whose
 * supervision is over, one referred, one whom a messenger is about to meet (and each with its opposite beside it).
 */
beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  const write = miniatureOf(database);
  const named = async <Row extends { id: string }>(name: string, row: Promise<Row>): Promise<string> => {
    const { id } = await row;
    names.set(id, name);
    return id;
  };
  const person = (name: string) => named(name, write.person());
  const caseOf = async (name: string, personId: string, assignedAgency: string | null) => {
    const { id: victimId } = await write.victim();
    const assignedAt = assignedAgency === null ? null : now;
    const file = await named(name, write.caseFile({ personId, victimId, assignedAgency, assignedAt }));
    await named(`order in ${name}`, write.order({ personId, caseId: file }));
  };

  const harbor = await person("harbor");
  await caseOf("case harbor", harbor, "harbor-house");
  const both = await person("both");
  await caseOf("case both, harbor", both, "harbor-house");
  await caseOf("case both, safe", both, "safe-passage");
  await caseOf("case both, nobody", both, null);
  await named("contact both", write.contact({ personId: both, messenger: "mo" }));

  const supervised = await person("supervised");
  await write.condition({ personId: supervised, kind: "parole", effectiveFrom: "2026-03-15" });
  await caseOf("case supervised", supervised, "safe-passage");
  const { id: incident } = await write.incident();
  names.set(incident, "incident supervised");
  await write.subject({ incidentId: incident, personId: supervised });
  const over = await person("supervision over");
  await write.condition({ personId: over, kind: "probation", effectiveUntil: "2026-03-14" });
  await write.condition({ personId: over, kind: "probation", effectiveFrom: "2026-03-17" });
  await write.condition({ personId: over, kind: "bail" });

  const referred = await person("referred");
  await write.referral({ personId: referred, providerAgency: "new-start" });
  await caseOf("case referred", referred, null);
  const withdrawn = await person("withdrew");
  await write.referral({ personId: withdrawn, providerAgency: "new-start", withdrawnAt: now });
  await write.referral({ personId: withdrawn, providerAgency: "open-door" });

  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const met = await person("met");
  const { id: proposalId } = await write.proposal({ personId: met, level: "C", supersededAt: now });
  await write.confirmation({ personId: met, proposalId, level: "C", confirmedAt: new Date(0) });
  const made = { state: "made", recordedAt: hoursAgo(2), madeAt: now } as const;
  await named("contact made", write.contact({ personId: met, messenger: "mo", ...made }));
  await named("contact of another", write.contact({ personId: met, messenger: "jo" }));
  const elsewhere = { messenger: "mo", messengerAgency: "quiet-voices" };
  await named("contact of another agency's mo", write.contact({ personId: met, ...elsewhere }));
  const forgotten = { messenger: "mo", plannedFor: hoursAgo(25) };
  await named("contact forgotten", write.contact({ personId: harbor, ...forgotten }));
  const underWay = { messenger: "al", plannedFor: hoursAgo(23) };
  await named("contact under way", write.contact({ personId: harbor, ...underWay }));
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

function caller(role: string, given: Partial<Caller> = {}): Caller {
  const agency = HOME_OF[role as Role] ?? "metro-police";
  return { subject: "mo", agency, roles: [role], expiresAt: now, token: "", ...given };
}

async function seen(from: string, { sql, parameters }: Condition): Promise<string[]> {
  const query = database.createQueryBuilder().select("row.id", "id").from(from, "row");
  const rows = await query.where(sql, parameters).getRawMany<{ id: string }>();
  return rows.map(({ id }) => names.get(id) ?? "a row without a name").sort();
}

const persons = (who: Caller) => seen("person", visiblePersons(who, now, "row.id"));
const cases = (who: Caller) =>
  seen(
    "case_file",
    visibleCases(who, now, {
      personId: "row.person_id",
      victimId: "row.victim_id",
      assignedAgency: "row.assigned_agency",
    }),
  );
const orders = (who: Caller) =>
  seen("order_of_protection", visibleOrders(who, now, { personId: "row.person_id", caseId: "row.case_id" }));
const contacts = (who: Caller) =>
  seen(
    "contact",
    visibleContacts(who, now, {
      personId: "row.person_id",
      messenger: "row.messenger",
      messengerAgency: "row.messenger_agency",
    }),
  );
const incidents = (who: Caller) => seen("incident", visibleIncidents(who, now, "row.id"));

const EVERYBODY = ["both", "harbor", "met", "referred", "supervised", "supervision over", "withdrew"];

/** What each role sees: persons, cases. A role that is missing does not compile. */
const SEES: Record<Role, { readonly persons: string[]; readonly cases: string[] }> = {
  detective: { persons: EVERYBODY, cases: everyCase() },
  coordinator: { persons: EVERYBODY, cases: everyCase() },
  prosecutor: { persons: EVERYBODY, cases: everyCase() },
  probation: { persons: ["supervised"], cases: ["case supervised"] },
  advocate: { persons: ["both", "harbor"], cases: ["case both, harbor", "case harbor"] },
  provider: { persons: ["referred"], cases: [] },
  messenger: { persons: ["both"], cases: [] },
  evaluator: { persons: [], cases: [] },
  auditor: { persons: [], cases: [] },
};

function everyCase(): string[] {
  return [
    "case both, harbor",
    "case both, nobody",
    "case both, safe",
    "case harbor",
    "case referred",
    "case supervised",
  ];
}

test.each(ROLES)("what a %s sees", async (role) => {
  expect(await persons(caller(role))).toEqual(SEES[role].persons);
  expect(await cases(caller(role))).toEqual(SEES[role].cases);
});

test("who sees each person: the same, asked the other way round", async () => {
  const readers: Record<string, string[]> = {};
  for (const role of ROLES) {
    for (const name of await persons(caller(role))) readers[name] = [...(readers[name] ?? []), role];
  }
  const justice = ["detective", "coordinator", "prosecutor"];
  expect(readers).toEqual({
    both: [...justice, "advocate", "messenger"],
    harbor: [...justice, "advocate"],
    supervised: [...justice, "probation"],
    "supervision over": justice,
    referred: [...justice, "provider"],
    withdrew: justice,
    met: justice,
  });
});

test("an advocate sees the orders of her agency's cases, not those of another victim of the same man", async () => {
  expect(await orders(caller("advocate"))).toEqual(["order in case both, harbor", "order in case harbor"]);
  expect(await orders(caller("advocate", { agency: "safe-passage" }))).toEqual([
    "order in case both, safe",
    "order in case supervised",
  ]);
});

test("an agency's name opens nothing without the role that goes with it", async () => {
  expect(await persons(caller("messenger", { agency: "harbor-house", subject: "nobody" }))).toEqual([]);
  expect(await persons(caller("provider", { agency: "harbor-house" }))).toEqual([]);
  expect(await persons(caller("advocate", { agency: "new-start" }))).toEqual([]);
});

test("contacts: a messenger sees his own, of a man he is about to meet; a provider none", async () => {
  expect(await contacts(caller("messenger"))).toEqual(["contact both"]);
  expect(await contacts(caller("messenger", { subject: "jo" }))).toEqual(["contact of another"]);
  expect(await contacts(caller("advocate"))).toEqual([
    "contact both",
    "contact forgotten",
    "contact under way",
  ]);
  expect(await contacts(caller("provider"))).toEqual([]);
  expect(await contacts(caller("detective"))).toHaveLength(6);
});

test("L17: a messenger is his agency and his subject, and a plan shows a man for a day after its hour", async () => {
  const elsewhere = caller("messenger", { agency: "quiet-voices" });
  expect([await persons(elsewhere), await contacts(elsewhere)]).toEqual([
    ["met"],
    ["contact of another agency's mo"],
  ]);
  const al = caller("messenger", { subject: "al" });
  expect([await persons(al), await contacts(al)]).toEqual([["harbor"], ["contact under way"]]);
});

test("incidents under review: probation those of the supervised, community roles none", async () => {
  expect(await incidents(caller("probation"))).toEqual(["incident supervised"]);
  expect(await incidents(caller("advocate", { agency: "safe-passage" }))).toEqual([]);
});

test("roles add up; a role nobody knows, and no role, see nothing", async () => {
  expect(await persons(caller("messenger", { roles: ["probation", "messenger"] }))).toEqual([
    "both",
    "supervised",
  ]);
  for (const roles of [["superuser"], ["constructor"], []]) {
    expect(await persons(caller("detective", { roles }))).toEqual([]);
    expect(await cases(caller("detective", { roles }))).toEqual([]);
  }
});

test("names that look like SQL stay names", async () => {
  expect(await persons(caller("advocate", { agency: "' OR TRUE --" }))).toEqual([]);
  expect(await persons(caller("messenger", { subject: "mo' OR 'a' = 'a" }))).toEqual([]);
});

test("L18: who is supervised to a day stays visible to probation until the day is over everywhere", async () => {
  const seenAt = (instant: string) =>
    seen("person", visiblePersons(caller("probation"), new Date(instant), "row.id"));
  expect(await seenAt("2026-03-15T11:59:59.000Z")).toContain("supervision over");
  expect(await seenAt("2026-03-15T12:00:00.000Z")).not.toContain("supervision over");
});

import type { DataSource } from "typeorm";
import type { Counted } from "../../../platform/policy/figure";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { migrate, openLawEnforcementDatabase } from "./database";
import * as figures from "./figures";
import { miniatureOf, type Miniature } from "./miniature.fixture";

const now = new Date("2026-03-15T12:00:00Z");
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
let place: TestDatabase;
let database: DataSource;
let write: Miniature;
/** Four men, the first three with a case each. */
const men: string[] = [];
const cases: string[] = [];

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 1 });
  write = miniatureOf(database);
  for (const sex of ["M", "M", "F", "U"] as const) men.push((await write.person({ sex })).id);
  for (const personId of men.slice(0, 3)) {
    const { id: victimId } = await write.victim();
    cases.push((await write.caseFile({ personId, victimId })).id);
  }
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

/** The labels that count anybody. */
const counted = (rows: Counted) =>
  Object.fromEntries(rows.filter(({ count }) => count > 0).map(({ label, count }) => [label, count]));

test("L20: persons by sex, with every word that may be recorded", async () => {
  const rows = await figures.personsBySex(database.manager);
  expect(counted(rows)).toEqual({ M: 2, F: 1, U: 1 });
  expect(rows.map(({ label }) => label)).toEqual(["M", "F", "X", "U"]);
});

test("L20: persons by the reasons of the level in force, each once under a reason", async () => {
  const fired = (category: "weapon" | "conviction") => ({
    ...{
      criterionId: category,
      level: "A" as const,
      predicate: "ipv-conviction" as const,
      factIds: [],
      category,
    },
  });
  for (const [man, reasons] of [
    [0, ["weapon", "weapon", "conviction"]],
    [1, ["weapon"]],
  ] as const) {
    const personId = men[man]!;
    for (const [day, list] of [
      [50, ["conviction"]],
      [10, reasons],
    ] as const) {
      // prettier-ignore
      const aside = { personId, level: "A" as const, supersededAt: now };
      const { id: proposalId } = await write.proposal({ ...aside, fired: list.map(fired) });
      await write.confirmation({ personId, proposalId, level: "A", confirmedAt: ago(day) });
    }
  }
  expect(counted(await figures.personsByReason(database.manager))).toEqual({ weapon: 2, conviction: 1 });
});

test("L20: persons charged by class of offence, each once in a class", async () => {
  for (const [man, offenceCode] of [
    [0, "13A"],
    [0, "13A"],
    [0, "13B"],
    [1, "13C"],
    [1, "35A"],
  ] as const) {
    // prettier-ignore
    await write.charge({ personId: men[man]!, offenceCode });
  }
  expect(counted(await figures.personsByCharge(database.manager))).toEqual({
    "violent offence": 1,
    "simple assault or intimidation": 2,
    "other offence": 1,
  });
});

test("L19, L20: persons by custody as it reads now: what is old, to come or never recorded is unknown", async () => {
  const event = (man: number, status: "booked" | "released", hours: number, recorded = hours) =>
    write.custodyEvent({ personId: men[man]!, status, occurredAt: ago(hours), recordedAt: ago(recorded) });
  await event(0, "booked", 60);
  await event(0, "released", 20);
  await event(1, "booked", 71);
  await event(1, "released", -5);
  await event(2, "booked", 80, 73);
  expect(counted(await figures.personsByCustody(database.manager, now))).toEqual({
    released: 1,
    booked: 1,
    unknown: 2,
  });
});

test("L18, L20: persons by conditions in force", async () => {
  const condition = (
    man: number,
    kind: "bail" | "parole",
    effectiveFrom: string,
    effectiveUntil: string | null,
  ) => write.condition({ personId: men[man]!, kind, effectiveFrom, effectiveUntil });
  await condition(0, "bail", "2026-01-01", null);
  await condition(0, "bail", "2026-02-01", "2026-03-15");
  await condition(0, "parole", "2026-01-01", "2026-03-01");
  await condition(1, "parole", "2026-05-01", null);
  expect(counted(await figures.personsByCondition(database.manager, now))).toEqual({ bail: 1 });
});

test("L20: cases by the state of their orders", async () => {
  const order = (index: number, servedOn: string | null, expiresOn: string) =>
    write.order({
      personId: men[index]!,
      caseId: cases[index]!,
      issuedOn: "2025-01-01",
      servedOn,
      expiresOn,
    });
  await order(0, "2025-01-02", "2027-01-01");
  await order(0, "2025-01-02", "2027-02-01");
  await order(0, null, "2026-03-13");
  await order(1, null, "2027-01-01");
  expect(counted(await figures.casesByOrder(database.manager, now))).toEqual({
    served: 1,
    "not served": 1,
    expired: 1,
  });
});

test("L20: persons with and without an open warrant", async () => {
  await write.warrant({ personId: men[0]!, clearedOn: null });
  await write.warrant({ personId: men[0]!, number: "2", clearedOn: null });
  await write.warrant({ personId: men[1]!, clearedOn: "2026-02-01" });
  expect(counted(await figures.personsByWarrant(database.manager))).toEqual({ open: 1, none: 3 });
});

test("L20: cases by what the latest lethality screen says, and by kind of outreach", async () => {
  for (const [index, highDanger, hours] of [
    [0, true, 50],
    [0, false, 10],
    [1, true, 5],
  ] as const) {
    // prettier-ignore
    await write.screen({ caseId: cases[index]!, highDanger, screenedAt: ago(hours) });
  }
  expect(counted(await figures.casesByDanger(database.manager))).toEqual({
    "high danger": 1,
    "not high danger": 1,
  });
  for (const [index, kind] of [
    [0, "visit"],
    [0, "visit"],
    [1, "visit"],
    [1, "call"],
  ] as const) {
    // prettier-ignore
    await write.outreach({ caseId: cases[index]!, kind });
  }
  expect(counted(await figures.casesByOutreach(database.manager))).toEqual({ visit: 2, call: 1 });
});

test("L20: persons by the latest contact, each once; persons by state of promises", async () => {
  const { id: proposalId } = await write.proposal({ personId: men[0]!, level: "C", supersededAt: ago(700) });
  await write.confirmation({ personId: men[0]!, proposalId, level: "C", confirmedAt: ago(700) });
  for (const [man, state, plannedFor] of [
    [0, "made", ago(500)],
    [0, "planned", ago(-5)],
    [1, "planned", ago(3)],
  ] as const) {
    // prettier-ignore
    const madeAt = state === "made" ? plannedFor : null;
    await write.contact({ personId: men[man]!, state, plannedFor, madeAt, recordedAt: ago(600) });
  }
  expect(await figures.personsByContact(database.manager)).toEqual([
    { label: "planned", within: "notification", count: 2 },
  ]);
  for (const [man, state] of [
    [0, "kept"],
    [0, "kept"],
    [1, "kept"],
    [1, "open"],
  ] as const) {
    // prettier-ignore
    await write.promise({ personId: men[man]!, state });
  }
  expect(counted(await figures.personsByPromise(database.manager))).toEqual({ kept: 2, open: 1 });
});

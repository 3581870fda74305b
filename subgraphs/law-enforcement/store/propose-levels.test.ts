import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import type { TierRuleSet } from "../domain/tier-rules";
import { togetherOnceFree } from "./contention.fixture";
import { migrate, openLawEnforcementDatabase } from "./database";
import { LevelProposalRow } from "./entities/level";
import { eventsOf } from "./events.fixture";
import { miniatureOf, type Miniature } from "./miniature.fixture";
import { proposeLevels } from "./propose-levels";

const asOf = "2026-03-15";
const unlimited = { enabled: true, lookBackMonths: null } as const;
const rules: TierRuleSet = {
  id: "test-rules",
  version: 3,
  effectiveFrom: "2020-01-01",
  levels: ["A", "B", "C", "D"],
  criteria: [
    {
      ...unlimited,
      id: "a-order",
      level: "A",
      predicate: "order-violation",
      parameters: { atLeast: 1 },
    },
    {
      ...unlimited,
      id: "b-two",
      level: "B",
      predicate: "ipv-charges",
      parameters: { atLeast: 2, countBy: "charge" },
    },
    {
      ...unlimited,
      id: "b-behaviour",
      level: "B",
      predicate: "prohibited-behaviour",
      parameters: { atLeast: 1 },
    },
    {
      ...unlimited,
      id: "c-one",
      level: "C",
      predicate: "ipv-charges",
      parameters: { atLeast: 1, countBy: "charge" },
    },
    { ...unlimited, id: "d-suspected", level: "D", predicate: "suspected-ipv", parameters: { atLeast: 1 } },
  ],
};

let place: TestDatabase;
let database: DataSource;
let write: Miniature;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 10 });
  write = miniatureOf(database);
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

const propose = (personId: string) => proposeLevels(database, [personId], rules, asOf);
const proposals = (personId: string) =>
  database.manager.find(LevelProposalRow, { where: { personId }, order: { proposedAt: "ASC" } });
const open = async (personId: string) =>
  (await proposals(personId)).find((proposal) => proposal.supersededAt === null);

/** An incident in which this person is an offender against a partner. */
async function incidentOf(personId: string) {
  const incident = await write.incident();
  const subject = await write.subject({ incidentId: incident.id, personId });
  const victim = await write.incidentVictim({ incidentId: incident.id });
  const pair = { incidentSubjectId: subject.id, incidentVictimId: victim.id };
  return { incidentId: incident.id, pair };
}

test("E4: each new proposal is told of once, by its id; what stays as it was is not, nor what is not to be told", async () => {
  const { id: personId } = await write.person();
  await write.charge({ personId });
  await proposeLevels(database, [personId], rules, asOf, { tell: false });
  expect(await eventsOf(database, personId)).toEqual([]);
  await write.charge({ personId });
  await propose(personId);
  await propose(personId);
  const proposal = await open(personId);
  expect(await eventsOf(database, personId)).toEqual([
    { topic: "level", facts: { change: "proposed", proposalId: proposal!.id }, historic: false },
  ]);
});

test("a charge proposes C; a second charge supersedes it with B; each names its facts and rule set", async () => {
  const { id: personId } = await write.person();
  const first = await write.charge({ personId });
  expect(await propose(personId)).toEqual({ persons: 1, proposed: 1, superseded: 0, unchanged: 0 });
  expect(await open(personId)).toMatchObject({
    level: "C",
    ruleSetId: "test-rules",
    ruleSetVersion: 3,
    asOf,
    fired: [{ criterionId: "c-one", level: "C", category: "first charge", factIds: [first.id] }],
  });

  const second = await write.charge({ personId });
  expect(await propose(personId)).toEqual({ persons: 1, proposed: 1, superseded: 1, unchanged: 0 });
  const fired = (await open(personId))?.fired;
  expect(fired?.[0]).toMatchObject({ criterionId: "b-two", factIds: [first.id, second.id].sort() });
  expect(await proposals(personId)).toHaveLength(2);
});

test("a second run changes nothing, not even a row's version", async () => {
  const { id: personId } = await write.person();
  await write.charge({ personId });
  await propose(personId);
  const version = () => database.query("SELECT xmin, * FROM level_proposal WHERE person_id = $1", [personId]);
  const before: unknown = await version();
  expect(await propose(personId)).toEqual({ persons: 1, proposed: 0, superseded: 0, unchanged: 1 });
  expect(await proposeLevels(database, [personId], { ...rules, version: 4 }, "2026-04-01")).toMatchObject({
    unchanged: 1,
  });
  expect(await version()).toEqual(before);
});

test("a new fact under the same level makes a new proposal: whoever confirms must have seen it", async () => {
  const { id: personId } = await write.person();
  await incidentOf(personId).then(({ pair }) => write.relationship(pair));
  await propose(personId);
  await incidentOf(personId).then(({ pair }) => write.relationship(pair));
  expect(await propose(personId)).toMatchObject({ proposed: 1, superseded: 1 });
  expect((await open(personId))?.level).toBe("D");
});

test("what is set aside is brought up to date in a proposal that stands", async () => {
  const { id: personId } = await write.person();
  await write.charge({ personId });
  await propose(personId);
  const standing = await open(personId);
  // He is charged in it, though nobody linked him to it as a subject yet.
  const { id: incidentId } = await write.incident({ dualParty: true });
  const held = await write.charge({ personId, incidentId });
  expect(await propose(personId)).toMatchObject({ proposed: 0, unchanged: 1 });
  expect(await open(personId)).toMatchObject({
    id: standing?.id,
    level: "C",
    heldForReview: expect.arrayContaining([{ factId: held.id, reason: "dual-party" }]) as unknown,
  });
});

test("when nothing holds any more the proposal is closed and none takes its place", async () => {
  const { id: personId } = await write.person();
  const charge = await write.charge({ personId });
  await propose(personId);
  await database.query(
    "UPDATE charge SET disposition = 'dismissed', disposition_on = '2026-03-01' WHERE id = $1",
    [charge.id],
  );
  expect(await propose(personId)).toEqual({ persons: 1, proposed: 0, superseded: 1, unchanged: 0 });
  expect(await open(personId)).toBeUndefined();
});

test("an incident counts for him only when one of his own pairs is of intimate partners", async () => {
  const [{ id: partner }, { id: stranger }] = [await write.person(), await write.person()];
  const { incidentId, pair } = await incidentOf(partner);
  await write.relationship(pair);
  const other = await write.subject({ incidentId, personId: stranger });
  await write.relationship({ ...pair, incidentSubjectId: other.id, code: "ST", class: "stranger" });
  await proposeLevels(database, [partner, stranger], rules, asOf);
  expect((await open(partner))?.level).toBe("D");
  expect(await open(stranger)).toBeUndefined();
});

test("an order violated: as reported, and as a charge whose offence carries the flag", async () => {
  const [{ id: reported }, { id: charged }] = [await write.person(), await write.person()];
  const { id: victimId } = await write.victim();
  const { id: caseId } = await write.caseFile({ personId: reported, victimId });
  const order = await write.order({ personId: reported, caseId });
  await write.orderViolation({ orderId: order.id });
  const { incidentId } = await incidentOf(charged);
  await write.offence({ incidentId, code: "90Z", orderViolation: true });
  await write.charge({ personId: charged, incidentId, offenceCode: "90Z" });
  const { id: unflagged } = await write.person();
  const other = await incidentOf(unflagged);
  await write.offence({ incidentId: other.incidentId, code: "90Z" });
  await write.offence({ incidentId: other.incidentId, code: "13B", orderViolation: true });
  await write.charge({ personId: unflagged, incidentId: other.incidentId, offenceCode: "90Z" });
  await proposeLevels(database, [reported, charged, unflagged], rules, asOf);
  expect((await open(reported))?.level).toBe("A");
  expect((await open(charged))?.level).toBe("A");
  expect((await open(unflagged))?.level).toBe("C");
});

test("a breach of what he was forbidden proposes B", async () => {
  const { id: personId } = await write.person();
  await write.breach({ personId });
  await propose(personId);
  expect((await open(personId))?.fired).toMatchObject([{ criterionId: "b-behaviour" }]);
});

test("runs over the same persons at once propose once", async () => {
  const { id: personId } = await write.person();
  await write.charge({ personId });
  const runs = await togetherOnceFree(
    database,
    { table: "person", id: personId },
    Array.from({ length: 8 }, () => () => propose(personId)),
  );
  expect(runs.reduce((sum, run) => sum + run.proposed, 0)).toBe(1);
  expect(await proposals(personId)).toHaveLength(1);
});

test("inside the caller's transaction it is undone with it", async () => {
  const { id: personId } = await write.person();
  await write.charge({ personId });
  const undone = database.transaction(async (manager) => {
    await proposeLevels(manager, [personId], rules, asOf);
    throw new Error("undo");
  });
  await expect(undone).rejects.toThrow("undo");
  expect(await proposals(personId)).toEqual([]);
});

test("a city of 2,000 takes seconds, and 'all' is everybody", async () => {
  await database.query(`
    INSERT INTO person (source, source_key, family_name, given_name)
    SELECT 'bulk', number::text, 'Bulk', 'B' FROM generate_series(1, 2000) number`);
  await database.query(`
    INSERT INTO charge (source, source_key, person_id, offence_code, title, ipv, filed_on, provenance)
    SELECT 'bulk', person.source_key || '-' || number, person.id, '13B', 'Simple assault', true, '2026-01-01', 'court'
    FROM person, generate_series(1, 3) number WHERE source = 'bulk'`);
  const started = performance.now();
  const counts = await proposeLevels(database, "all", rules, asOf);
  expect(performance.now() - started).toBeLessThan(8_000);
  expect(counts.proposed).toBeGreaterThanOrEqual(2_000);
  const [{ everybody }]: [{ everybody: number }] = await database.query(
    "SELECT count(*)::integer AS everybody FROM person",
  );
  expect(counts.persons).toBe(everybody);
  expect((await proposeLevels(database, "all", rules, asOf)).unchanged).toBe(counts.persons);
});

import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import { ACTIONS } from "../../../policy/actions";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { CONFIRMING_ROLES } from "../domain/confirmation";
import type { Level } from "../domain/tier-rules";
import { confirmLevel } from "./confirm-level";
import { migrate, openLawEnforcementDatabase } from "./database";
import { LevelConfirmationRow } from "./entities/level";
import { eventsOf } from "./events.fixture";
import { levelsInForce } from "./levels";
import { togetherOnceFree } from "./contention.fixture";
import { miniatureOf, type Miniature } from "./miniature.fixture";

const now = new Date("2026-03-15T12:00:00.000Z");
let place: TestDatabase;
let database: DataSource;
let write: Miniature;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 8 });
  write = miniatureOf(database);
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

const detective: Caller = {
  subject: "dana",
  agency: "metro-police",
  roles: ["detective"],
  expiresAt: now,
  token: "",
};
const probation: Caller = { ...detective, agency: "county-probation", roles: ["probation"] };

const confirm = (proposalId: string, level: Level, caller = detective) =>
  database.transaction((manager) => confirmLevel(manager, { proposalId, level, caller, now }));
const problem = (code: string) => ({ ok: false, refusal: { code } });
const confirmations = (personId: string) => database.manager.countBy(LevelConfirmationRow, { personId });

test("the newest proposal is confirmed in the name of the one who confirms", async () => {
  const { id: personId } = await write.person();
  const proposal = await write.proposal({ personId, level: "B" });
  expect(await confirm(proposal.id, "B")).toMatchObject({ ok: true, value: { personId, level: "B" } });
  expect(await database.manager.findOneByOrFail(LevelConfirmationRow, { personId })).toMatchObject({
    level: "B",
    proposalId: proposal.id,
    confirmedBy: "dana@metro-police",
    confirmedAt: now,
  });
});

test("E4: a confirmed level is told of by its id, and one that is refused is not", async () => {
  const { id: personId } = await write.person();
  const proposal = await write.proposal({ personId, level: "B" });
  await confirm(proposal.id, "A");
  const outcome = await confirm(proposal.id, "B");
  expect(await eventsOf(database, personId)).toEqual([
    {
      topic: "level",
      facts: { change: "confirmed", confirmationId: outcome.ok ? outcome.value.id : "" },
      historic: false,
    },
  ]);
});

test("a superseded proposal is not confirmed, with or without a newer one", async () => {
  const { id: personId } = await write.person();
  const old = await write.proposal({ personId, level: "C", supersededAt: now });
  expect(await confirm(old.id, "C")).toEqual(problem("PROPOSAL_SUPERSEDED"));
  await write.proposal({ personId, level: "B" });
  expect(await confirm(old.id, "C")).toEqual(problem("PROPOSAL_SUPERSEDED"));
  expect(await confirmations(personId)).toBe(0);
});

test("only the proposed level, and only upward", async () => {
  const { id: personId } = await write.person();
  const first = await write.proposal({ personId, level: "B", supersededAt: now });
  await write.confirmation({ personId, proposalId: first.id, level: "B" });
  const lower = await write.proposal({ personId, level: "D" });
  expect(await confirm(lower.id, "D")).toEqual(problem("DOWNWARD_NEEDS_PANEL"));
  expect(await confirm(lower.id, "B")).toEqual(problem("ALREADY_CONFIRMED"));
  expect(await confirm(lower.id, "A")).toEqual(problem("LEVEL_NOT_PROPOSED"));
  expect(await confirmations(personId)).toBe(1);
});

test("the level confirmed last is in force, though the clock of the one before was ahead", async () => {
  const { id: personId } = await write.person();
  const first = await write.proposal({ personId, level: "C", supersededAt: now });
  const ahead = new Date(now.getTime() + 60_000);
  await write.confirmation({ personId, proposalId: first.id, level: "C", confirmedAt: ahead });
  const second = await write.proposal({ personId, level: "B" });
  expect((await confirm(second.id, "B")).ok).toBe(true);
  expect((await levelsInForce(database.manager, [personId]))[0]?.level).toBe("B");
});

test("a role that may not confirm is told so, and nothing of the level", async () => {
  const { id: personId } = await write.person();
  await write.condition({ personId, kind: "probation" });
  const proposal = await write.proposal({ personId, level: "A" });
  expect(await confirm(proposal.id, "A", probation)).toEqual(problem("ROLE_MAY_NOT_CONFIRM"));
  expect(await confirm(proposal.id, "C", probation)).toEqual(problem("ROLE_MAY_NOT_CONFIRM"));
  expect(await confirmations(personId)).toBe(0);
});

test("a proposal that is not the caller's to see, one that is not there and no id at all answer alike", async () => {
  const { id: personId } = await write.person();
  const proposal = await write.proposal({ personId, level: "C" });
  const answers = [
    await confirm(proposal.id, "C", probation),
    await confirm(randomUUID(), "C", probation),
    await confirm("no-id", "C", probation),
    await confirm(randomUUID(), "C"),
  ];
  expect(answers).toEqual(answers.map(() => problem("NOT_FOUND")));
});

test("of many who confirm at once one wins, and the others are told that the level is in force", async () => {
  const { id: personId } = await write.person();
  const proposal = await write.proposal({ personId, level: "A" });
  const answers = await togetherOnceFree(
    database,
    { table: "level_proposal", id: proposal.id },
    Array.from({ length: 6 }, () => () => confirm(proposal.id, "A")),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok)).toEqual(
    Array.from({ length: 5 }, () => problem("ALREADY_CONFIRMED")),
  );
  expect(await confirmations(personId)).toBe(1);
});

test("the table of actions and the rule name the same confirming roles", () => {
  expect([...ACTIONS["confirm-level"]].sort()).toEqual([...CONFIRMING_ROLES].sort());
});

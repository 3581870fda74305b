import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../test/setup/databases";
import { ANN, CORA, DAN, EVA, MO, openRecords, PAT, PIA, SAM, type Records } from "./records.fixture";
import type { Who } from "./door.fixture";

let records: Records;
beforeAll(async () => {
  records = await openRecords(createTestDatabase);
});
afterAll(() => records?.close());

interface Outcome {
  readonly pull: { readonly id: string; readonly state: string } | null;
  readonly problem: string | null;
}
const SHOWN = "pull { id kind state tried triedBy recordedBy note endedBy }";
const TRIED = { tried: "Warrant served at work.", triedBy: "Dan", triedAt: "2026-06-01T10:00:00Z" };

async function manWithWarrant(level: "A" | "B" | "C" = "A") {
  const personId = await records.manAt(level);
  const { id: recordId } = await records.write.warrant({ personId, issuedOn: "2026-02-01" });
  return { personId, recordId };
}
const record = (who: Who, input: object) =>
  records.tell<Outcome>(who, "recordLever", { ...TRIED, kind: "WARRANT", ...input }, SHOWN);
const end = (who: Who, input: object) =>
  records.tell<Outcome>(who, "recordLeverResult", { expects: "OPEN", result: "SUCCEEDED", ...input }, SHOWN);
const pullsOf = (personId: string) =>
  records.database.query<{ state: string }[]>("SELECT state FROM lever_pull WHERE person_id = $1", [
    personId,
  ]);
const leversSeenBy = async (who: Who, personId: string) =>
  (
    await records.ask<{ person: { levers: object[]; leverPulls: { kind: string }[] } | null }>(
      who,
      `{ person(id: "${personId}") { levers { kind recordId since } leverPulls { kind tried } } }`,
    )
  ).person;

test("L41: what was tried is recorded with who and when, told twice once, and ends once", async () => {
  const man = await manWithWarrant();
  const key = randomUUID();
  const first = await record(DAN, { ...man, key });
  expect(first).toMatchObject({
    pull: {
      kind: "WARRANT",
      state: "OPEN",
      tried: TRIED.tried,
      triedBy: "Dan",
      recordedBy: "dan@metro-police",
    },
    problem: null,
  });
  expect(await record(DAN, { ...man, key })).toEqual(first);
  expect((await record(DAN, { ...man, key, tried: "Another." })).problem).toBe("KEY_USED_OTHERWISE");
  const pullId = first.pull!.id;
  expect(await end(PAT, { pullId, note: "In custody." })).toMatchObject({
    pull: { state: "SUCCEEDED", note: "In custody.", endedBy: "pat@county-prosecutor" },
    problem: null,
  });
  expect((await end(PAT, { pullId })).problem).toBe("STALE");
  expect((await end(PAT, { pullId, expects: "SUCCEEDED", result: "FAILED" })).problem).toBe("OVER");
  expect(await pullsOf(man.personId)).toEqual([{ state: "succeeded" }]);
});

test("L41: the database lets nothing of what was tried be altered", async () => {
  const man = await manWithWarrant();
  const { pull } = await record(DAN, man);
  for (const change of ["tried = 'x'", "state = 'open'", "person_id = gen_random_uuid()"]) {
    await expect(
      records.database.query(`UPDATE lever_pull SET ${change} WHERE id = $1`, [pull!.id]),
    ).rejects.toMatchObject({ constraint: "lever_pull_moves" });
  }
  await end(DAN, { pullId: pull!.id });
  await expect(
    records.database.query("UPDATE lever_pull SET note = 'x', state = 'failed' WHERE id = $1", [pull!.id]),
  ).rejects.toMatchObject({ constraint: "lever_pull_moves" });
});

describe("L41: bad input is a problem, and changes nothing", () => {
  test.each<[what: string, input: object, problem: string]>([
    ["a person who is not there", { personId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { personId: "17" }, "NOT_FOUND"],
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a warrant that is not there", { recordId: randomUUID() }, "NOT_A_LEVER"],
    ["a warrant by an id that is none", { recordId: "17" }, "NOT_A_LEVER"],
    ["no warrant", { recordId: null }, "NOT_A_LEVER"],
    ["the community beside a warrant", { kind: "COMMUNITY", recordId: null }, "LEGAL_LEVER_EXISTS"],
    ["a time ahead", { triedAt: "2199-01-01T00:00:00Z" }, "IN_THE_FUTURE"],
    ["a time before the warrant", { triedAt: "2020-01-01T00:00:00Z" }, "NOT_A_LEVER"],
    ["nothing tried", { tried: " " }, "TEXT_MISSING"],
    ["by nobody", { triedBy: "" }, "TEXT_MISSING"],
    ["a text that is too long", { tried: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["a name that is too long", { triedBy: "x".repeat(201) }, "TEXT_TOO_LONG"],
    ["a text that is no text", { tried: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ])("a pull with %s", async (_what, input, problem) => {
    const man = await manWithWarrant();
    expect(await record(DAN, { ...man, ...input })).toEqual({ pull: null, problem });
    expect(await pullsOf(man.personId)).toEqual([]);
  });

  test("a pull at level C, or of another man's warrant", async () => {
    const [man, other] = [await manWithWarrant("C"), await manWithWarrant()];
    expect((await record(DAN, man)).problem).toBe("LEVEL_HAS_NO_LEVERS");
    expect((await record(DAN, { ...other, recordId: man.recordId })).problem).toBe("NOT_A_LEVER");
  });

  test.each<[what: string, input: object, problem: string]>([
    ["a pull that is not there", { pullId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { pullId: "17" }, "NOT_FOUND"],
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a note that is empty", { note: " " }, "TEXT_MISSING"],
    ["a note that is too long", { note: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["a note that is no text", { note: "\u001b[2J" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["another state", { expects: "FAILED" }, "STALE"],
  ])("a result with %s", async (_what, input, problem) => {
    const man = await manWithWarrant();
    const { pull } = await record(DAN, man);
    expect(await end(DAN, { pullId: pull!.id, ...input })).toEqual({ pull: null, problem });
    expect(await pullsOf(man.personId)).toEqual([{ state: "open" }]);
  });
});

test("L42: a group nexus is a flag to coordinator and probation, and what was tried with it is not theirs", async () => {
  const personId = await records.manAt("B");
  await records.write.intelligence({ personId });
  await records.write.condition({ personId, kind: "probation", effectiveUntil: "2099-01-01" });
  const nexus = { personId, kind: "GROUP_NEXUS", tried: "Told the group's elder." };
  for (const who of [CORA, PIA]) expect((await record(who, nexus)).problem).toBe("KIND_NOT_YOURS");
  const { pull } = await record(PAT, nexus);
  for (const who of [CORA, PIA]) {
    const seen = await leversSeenBy(who, personId);
    expect(seen!.levers).toContainEqual({ kind: "GROUP_NEXUS", recordId: null, since: null });
    expect(seen!.leverPulls).toEqual([]);
    expect((await end(who, { pullId: pull!.id })).problem).toBe("NOT_FOUND");
  }
  expect((await leversSeenBy(DAN, personId))!.leverPulls).toEqual([
    { kind: "GROUP_NEXUS", tried: "Told the group's elder." },
  ]);
});

test("L42: nobody but the justice roles sees a lever or records one", async () => {
  const man = await manWithWarrant();
  const { id: victimId } = await records.write.victim();
  await records.write.caseFile({ personId: man.personId, victimId, assignedAgency: "harbor-house", assignedAt: new Date() }); // prettier-ignore
  const input = `{ key: "${randomUUID()}", personId: "${man.personId}", kind: COMMUNITY, tried: "t", triedBy: "b", triedAt: "2026-06-01T10:00:00Z" }`;
  for (const who of [ANN, SAM, MO, EVA]) {
    for (const query of [
      `{ person(id: "${man.personId}") { levers { kind } } }`,
      `{ person(id: "${man.personId}") { leverPulls { tried } } }`,
      `mutation { recordLever(input: ${input}) { problem } }`,
    ]) {
      expect((await records.door.ask(who, query)).status).toBe(403);
    }
  }
});

test("L42: who may not see the man, or the incident of the charge, answers as for one who is not there", async () => {
  const man = await manWithWarrant();
  const { pull } = await record(DAN, man);
  const cut = { ...DAN, subject: "cut" };
  await records.write.conflict({
    agency: "metro-police",
    subject: "cut",
    personId: man.personId,
    why: "related",
  });
  expect((await record(cut, man)).problem).toBe("NOT_FOUND");
  expect((await end(cut, { pullId: pull!.id })).problem).toBe("NOT_FOUND");
  // Not on probation.
  expect((await record(PIA, man)).problem).toBe("NOT_FOUND");
  expect((await end(PIA, { pullId: pull!.id })).problem).toBe("NOT_FOUND");

  const { id: victimId } = await records.write.victim();
  const sealed = await records.write.caseFile({ personId: man.personId, victimId });
  await records.write.compartment({ caseId: sealed.id });
  await records.write.compartmentReader({ caseId: sealed.id, agency: "metro-police", subject: "dan" });
  const other = await records.write.victim();
  await records.write.caseFile({ personId: man.personId, victimId: other.id });
  const { id: incidentId } = await records.write.incident();
  await records.write.subject({ incidentId, personId: man.personId });
  await records.write.incidentVictim({ incidentId, victimId });
  const charge = await records.write.charge({ personId: man.personId, incidentId, ipv: false });
  const of = { personId: man.personId, kind: "CHARGE", recordId: charge.id };
  expect((await record(PAT, of)).problem).toBe("NOT_A_LEVER");
  const secret = await record(DAN, of);
  expect(secret.problem).toBeNull();
  expect((await leversSeenBy(PAT, man.personId))!.leverPulls).toEqual([
    { kind: "WARRANT", tried: TRIED.tried },
  ]);
  expect((await end(PAT, { pullId: secret.pull!.id })).problem).toBe("NOT_FOUND");
});

import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { ROLES } from "../../policy/matrix";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { HOME_OF } from "./agencies-of-roles.fixture";
import { openTestDoor, type Answer, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";

const NOW = new Date(Date.now() + 60_000);

let place: TestDatabase;
let database: DataSource;
let write: Miniature;
let door: TestDoor;
beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  door = await openTestDoor(place.url, NOW);
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});

describe("recording a conflict, and sealing a case", () => {
  const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
  const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };
  const record = (who: Who, input: Record<string, unknown>) =>
    door.ask(
      who,
      `mutation ($input: RecordConflictInput!) {
        recordConflict(input: $input) { conflict { id why caseId personId recordedBy endedAt } problem } }`,
      { input: { key: randomUUID(), agency: "metro-police", subject: "dan", why: "PARTY", ...input } },
    );
  const outcome = (answer: Answer, field: string) =>
    answer.data?.[field] as {
      conflict: { id: string; endedAt: string | null } | null;
      problem: string | null;
    };
  const sees = async (who: Who, id: string) =>
    ((await door.ask(who, `{ person(id: "${id}") { id } }`)).data as { person: unknown }).person !== null;
  let man: string;
  let file: string;
  beforeEach(async () => {
    man = (await write.person()).id;
    file = (await write.caseFile({ personId: man, victimId: (await write.victim()).id })).id;
  });

  test("L22: a conflict told twice is recorded once, holds at once, and ends at once", async () => {
    const told = { key: randomUUID(), caseId: file };
    expect(await sees(DAN, man)).toBe(true);
    const first = outcome(await record(CORA, told), "recordConflict");
    expect(first).toMatchObject({ problem: null, conflict: { recordedBy: "cora@metro-police" } });
    expect(outcome(await record(CORA, told), "recordConflict")).toEqual(first);
    expect(outcome(await record(CORA, { ...told, why: "RELATED" }), "recordConflict")).toEqual({
      conflict: null,
      problem: "KEY_USED_OTHERWISE",
    });
    expect([await sees(DAN, man), await sees(CORA, man)]).toEqual([false, true]);
    const end = () =>
      door.ask(
        CORA,
        `mutation { endConflict(input: { key: "${randomUUID()}", conflictId: "${first.conflict!.id}" }) { conflict { endedAt } problem } }`,
      );
    const ended = outcome(await end(), "endConflict");
    expect(ended.conflict?.endedAt).toBe(NOW.toISOString());
    expect(outcome(await end(), "endConflict")).toEqual(ended);
    expect(await sees(DAN, man)).toBe(true);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["neither a case nor a person", {}, "CASE_OR_PERSON"],
    ["no case of that id", { caseId: randomUUID() }, "NOT_FOUND"],
    ["a case by an id that is none", { caseId: "17" }, "NOT_FOUND"],
    [
      "an employee named on no case",
      { why: "NAMED_EMPLOYEE", personId: randomUUID() },
      "NAMED_EMPLOYEE_NEEDS_CASE",
    ],
    ["a key that is none", { key: "once", caseId: randomUUID() }, "KEY_IS_NO_UUID"],
    ["nobody", { subject: "", caseId: randomUUID() }, "TEXT_MISSING"],
    ["a name that is no text", { agency: "a\u202eb", caseId: randomUUID() }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ])("L22: %s: nothing is recorded", async (_what, input, problem) => {
    expect(outcome(await record(CORA, input), "recordConflict")).toEqual({ conflict: null, problem });
  });

  test("L22: who is cut off neither reads nor ends his own conflict, and of two coordinators one alone sees it", async () => {
    const { id: own } = await write.conflict({ agency: "metro-police", subject: "cora", caseId: file });
    const list = async (subject: string) => {
      const answer = await door.ask({ ...CORA, subject }, "{ conflicts(first: 200) { conflicts { id } } }");
      return (answer.data as { conflicts: { conflicts: { id: string }[] } }).conflicts.conflicts.map(
        (c) => c.id,
      );
    };
    expect(await list("cora")).not.toContain(own);
    expect(await list("cleo")).toContain(own);
    const end = await door.ask(
      CORA,
      `mutation { endConflict(input: { key: "${randomUUID()}", conflictId: "${own}" }) { conflict { id } problem } }`,
    );
    expect(outcome(end, "endConflict")).toEqual({ conflict: null, problem: "NOT_FOUND" });
    expect(outcome(await record(CORA, { caseId: file }), "recordConflict").problem).toBe("NOT_FOUND");
  });

  test("L22: no other role records, ends or lists a conflict, or seals a case", async () => {
    for (const query of [
      "{ conflicts { conflicts { id } } }",
      `mutation { endConflict(input: { key: "k", conflictId: "${randomUUID()}" }) { problem } }`,
      `mutation { openCompartment(input: { key: "k", caseId: "${file}", readers: [] }) { problem } }`,
      `mutation { nameCompartmentReader(input: { key: "k", caseId: "${file}", reader: { agency: "a", subject: "b" } }) { problem } }`,
      `{ case(id: "${file}") { compartmentReaders { subject } } }`,
    ]) {
      for (const role of ROLES.filter((one) => one !== "coordinator")) {
        expect([
          role,
          query,
          (await door.ask({ agency: HOME_OF[role], roles: [role], subject: "employee" }, query)).status,
        ]).toEqual([role, query, 403]);
      }
    }
  });

  test("L21: a coordinator seals a case, stays its reader and names others; who is not named can do neither", async () => {
    const seal = (who: Who, readers: string) =>
      door.ask(
        who,
        `mutation { openCompartment(input: { key: "${randomUUID()}", caseId: "${file}", readers: [${readers}] }) {
          case { id compartmentReaders { subject } } problem } }`,
      );
    const name = (who: Who, subject: string) =>
      door.ask(
        who,
        `mutation { nameCompartmentReader(input: { key: "${randomUUID()}", caseId: "${file}",
          reader: { agency: "metro-police", subject: "${subject}" } }) {
          case { compartmentReaders { subject } } problem } }`,
      );
    const unsealed = await name(CORA, "dora");
    expect(unsealed.data).toMatchObject({ nameCompartmentReader: { problem: "NOT_SEALED" } });
    const sealed = await seal(CORA, '{ agency: "metro-police", subject: "dora" }');
    expect(sealed.data).toEqual({
      openCompartment: {
        case: { id: file, compartmentReaders: [{ subject: "cora" }, { subject: "dora" }] },
        problem: null,
      },
    });
    const cleo = { ...CORA, subject: "cleo" };
    for (const answer of [await seal(cleo, ""), await name(cleo, "cleo")]) {
      expect(answer.text).toContain('"problem":"NOT_FOUND"');
    }
    expect([await sees(DAN, man), await sees({ ...DAN, subject: "dora" }, man)]).toEqual([false, true]);
    await name(CORA, "dan");
    expect(await sees(DAN, man)).toBe(true);
  });

  test("L21: of a man seen by another case, what names the sealed case or its incident is shut, his own records are not", async () => {
    const { id: victimId } = await write.victim();
    await write.caseFile({ personId: man, victimId });
    const sealedCase = await database.query<{ victim_id: string }[]>(
      "SELECT victim_id FROM case_file WHERE id = $1",
      [file],
    );
    const { id: incidentId } = await write.incident();
    const { id: incidentSubjectId } = await write.subject({ incidentId, personId: man });
    await write.incidentVictim({ incidentId, victimId: sealedCase[0]!.victim_id });
    await write.charge({ personId: man, incidentId, title: "of the sealed incident" });
    await write.charge({ personId: man, title: "of another" });
    await write.arrest({ personId: man, incidentId, incidentSubjectId });
    await write.review({ incidentId });
    await write.promise({ personId: man, caseId: file, text: "of the sealed case" });
    await write.promise({ personId: man, text: "his own" });
    const his = async () =>
      (
        await door.ask(
          DAN,
          `{ person(id: "${man}") { cases { id } incidents { id } charges { title } promises { text }
             chargeSummaries { arrestDate } } incidentReviews(first: 200) { reviews { incident { id } } } }`,
        )
      ).text;
    const open = await his();
    for (const word of [file, incidentId, "of the sealed incident", "of the sealed case", "2026-01-11"]) {
      expect(open).toContain(word);
    }
    await write.compartment({ caseId: file });
    const shut = await his();
    for (const word of [file, incidentId, "of the sealed incident", "of the sealed case", "2026-01-11"]) {
      expect(shut).not.toContain(word);
    }
    expect(shut).toContain('"charges":[{"title":"of another"}],"promises":[{"text":"his own"}]');
  });

  test("L20: the gate of an open case counts contacts that a compartment shuts: it never opens for want of them", async () => {
    const { id: victimId } = await write.victim();
    const other = await write.caseFile({ personId: man, victimId });
    const proposal = await write.proposal({ personId: man });
    const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);
    const confirmedAt = hours(-48);
    await write.confirmation({ personId: man, proposalId: proposal.id, level: "C", confirmedAt });
    await write.outreach({ caseId: other.id, madeAt: hours(-24), recordedAt: hours(-24) });
    const gate = async () => (await door.ask(DAN, `{ case(id: "${other.id}") { gate { state } } }`)).data;
    expect(await gate()).toEqual({ case: { gate: { state: "OPEN" } } });
    await write.contact({ personId: man, recordedAt: hours(-12), plannedFor: hours(12) });
    await write.compartment({ caseId: file });
    expect(await gate()).toEqual({ case: { gate: { state: "CLOSED" } } });
    const contacts = await door.ask(DAN, `{ person(id: "${man}") { contacts { id } } }`);
    expect(contacts.data).toEqual({ person: { contacts: [] } });
  });
});

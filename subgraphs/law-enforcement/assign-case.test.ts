import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";

let place: TestDatabase;
let database: DataSource;
let write: Miniature;
let door: TestDoor;
beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  door = await openTestDoor(place.url, () => new Date());
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});

const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
const ADA: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ada" };
const SAL: Who = { agency: "safe-passage", roles: ["advocate"], subject: "sal" };

async function newCase() {
  const [{ id: personId }, { id: victimId }] = [await write.person(), await write.victim()];
  return { personId, caseId: (await write.caseFile({ personId, victimId })).id };
}
async function assign(input: object) {
  const answer = await door.ask(
    CORA,
    "mutation ($input: AssignCaseInput!) { assignCase(input: $input) { case { id assignedAgency } problem } }",
    { input: { key: randomUUID(), ...input } },
  );
  return answer.data!["assignCase"] as { readonly case: object | null; readonly problem: string | null };
}
const sees = async (who: Who, personId: string) =>
  (await door.ask(who, "query ($id: ID!) { person(id: $id) { id } }", { id: personId })).data!["person"] !==
  null;

test("L75: a case goes to one agency, then to another, then to none; each time those see it, and no others", async () => {
  const { personId, caseId } = await newCase();
  const seenBy = async () => [await sees(ADA, personId), await sees(SAL, personId)];
  expect(await seenBy()).toEqual([false, false]);
  const first = { caseId, agency: "harbor-house" };
  expect(await assign(first)).toEqual({
    case: { id: caseId, assignedAgency: "harbor-house" },
    problem: null,
  });
  expect(await seenBy()).toEqual([true, false]);
  expect(await assign({ caseId, agency: "safe-passage" })).toEqual({ case: null, problem: "STALE" });
  expect(await seenBy()).toEqual([true, false]);
  await assign({ caseId, expects: "harbor-house", agency: "safe-passage" });
  expect(await seenBy()).toEqual([false, true]);
  expect(await assign({ caseId, expects: "safe-passage" })).toMatchObject({ case: { assignedAgency: null } });
  expect(await seenBy()).toEqual([false, false]);
});

test("L75: told twice it is done once; a key is used for one thing", async () => {
  const [one, other] = [await newCase(), await newCase()];
  const key = randomUUID();
  const told = { key, caseId: one.caseId, agency: "harbor-house" };
  expect((await assign(told)).problem).toBeNull();
  expect((await assign(told)).problem).toBeNull();
  expect((await assign({ ...told, caseId: other.caseId })).problem).toBe("KEY_USED_OTHERWISE");
});

test.each([
  [{ agency: "new-start" }, "AGENCY_UNKNOWN"],
  [{ agency: "\u0000" }, "AGENCY_UNKNOWN"],
  [{ caseId: randomUUID(), agency: "harbor-house" }, "NOT_FOUND"],
  [{ caseId: "x", agency: "harbor-house" }, "NOT_FOUND"],
  [{ key: "mine", agency: "harbor-house" }, "KEY_IS_NO_UUID"],
])("L75: bad input changes nothing, case %#", async (more, problem) => {
  const { personId, caseId } = await newCase();
  expect(await assign({ caseId, ...more })).toEqual({ case: null, problem });
  expect([await sees(ADA, personId), await sees(SAL, personId)]).toEqual([false, false]);
});

import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../test/setup/databases";
import { CORA, DAN, SAM, openRecords, type Records } from "./records.fixture";
import type { Who } from "./door.fixture";

/** What he agreed to at law enforcement, which alone shows a provider who he is. */
interface Outcome {
  readonly agreement: { readonly agreedAt: string; readonly withdrawnAt: string | null } | null;
  readonly problem: string | null;
}
const NOW = new Date();
let records: Records;
let personId: string;

beforeAll(async () => {
  records = await openRecords(createTestDatabase);
});
afterAll(() => records?.close());
beforeEach(async () => {
  personId = await records.manAt("C");
});

const before = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000).toISOString();
const told = () => ({
  key: randomUUID(),
  personId,
  providerAgency: "new-start",
  agreed: true,
  saidAt: before(5),
});
const record = (who: Who, input: object) =>
  records.tell<Outcome>(
    who,
    "recordReferralAgreement",
    { ...told(), ...input },
    "agreement { agreedAt withdrawnAt }",
  );
const nameFor = async (who: Who) =>
  (
    await records.ask<{ person: { nameForProvider: { name: string } | null } | null }>(
      who,
      `{ person(id: "${personId}") { nameForProvider { name } } }`,
    )
  ).person;
const rows = () =>
  records.database.query<object[]>(
    "SELECT recorded_by, withdrawal_recorded_by FROM referral_agreement WHERE person_id = $1",
    [personId],
  );

test("SV38: a provider sees who he is from when he agreed at law enforcement until he does no longer", async () => {
  expect(await nameFor(SAM)).toBeNull();
  const input = told();
  const first = await record(CORA, input);
  expect(first).toEqual({ agreement: { agreedAt: before(5), withdrawnAt: null }, problem: null });
  expect(await record(CORA, input)).toEqual(first);
  expect(await nameFor(SAM)).toEqual({ nameForProvider: { name: expect.any(String) as string } });
  const withdrawn = await record(DAN, { agreed: false, saidAt: before(1) });
  expect(withdrawn).toEqual({ agreement: { agreedAt: before(5), withdrawnAt: before(1) }, problem: null });
  expect(await nameFor(SAM)).toBeNull();
  expect(await rows()).toEqual([
    { recorded_by: "cora@metro-police", withdrawal_recorded_by: "dan@metro-police" },
  ]);
});

test("SV38: an agreement with another provider shows this one nothing", async () => {
  await record(CORA, { providerAgency: "open-door" });
  expect(await nameFor(SAM)).toBeNull();
});

test.each<[string, object, string]>([
  ["of nobody", { personId: randomUUID() }, "NOT_FOUND"],
  ["of no id", { personId: "x" }, "NOT_FOUND"],
  ["under a key that is none", { key: "x" }, "KEY_IS_NO_UUID"],
  ["with no agency", { providerAgency: "New Start" }, "NO_AGENCY"],
  ["that he will give", { saidAt: new Date(NOW.getTime() + 3_600_000).toISOString() }, "IN_THE_FUTURE"],
  ["withdrawn and never given", { agreed: false }, "NOT_AGREED"],
])("SV38: an agreement is not recorded %s", async (_what, input, problem) => {
  expect(await record(CORA, input)).toEqual({ agreement: null, problem });
  expect(await rows()).toEqual([]);
});

test("SV38: he agrees once, and withdraws what he gave", async () => {
  await record(CORA, {});
  expect((await record(CORA, {})).problem).toBe("ALREADY_AGREED");
  expect((await record(CORA, { agreed: false, saidAt: before(9) })).problem).toBe("BEFORE_AGREEMENT");
  const at = { saidAt: before(2), agreed: false };
  const both = await Promise.all([record(CORA, at), record(DAN, at)]);
  expect(both.map(({ problem }) => problem).sort()).toEqual(["NOT_AGREED", null].sort());
});

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
  readonly promise: { readonly id: string; readonly state: string } | null;
  readonly problem: string | null;
}
const SHOWN = "promise { id promisedTo promised text ownerAgency dueOn state isOverdue settledAt }";
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const MADE = {
  promisedTo: "OFFENDER",
  promised: "SANCTION",
  text: "Felony next time.",
  ownerAgency: "county-prosecutor",
};

const make = (who: Who, input: object) =>
  records.tell<Outcome>(who, "makePromise", { ...MADE, dueOn: day(30), ...input }, SHOWN);
const settle = (who: Who, name: "keepPromise" | "breakPromise" | "withdrawPromise", input: object) =>
  records.tell<Outcome>(who, name, { expects: "OPEN", ...input }, SHOWN, "SettlePromiseInput");
const statesOf = async (personId: string) =>
  (
    await records.database.query<{ state: string }[]>(
      "SELECT state FROM sanction_promise WHERE person_id = $1",
      [personId],
    )
  ).map(({ state }) => state);
const toldOf = async (id: string) =>
  (
    await records.database.query<{ change: string }[]>(
      "SELECT facts->>'change' AS change FROM outbox.event WHERE topic = 'promise' AND facts->>'promiseId' = $1 ORDER BY position",
      [id],
    )
  ).map(({ change }) => change);

async function manWithCase(assignedAgency = "harbor-house") {
  const personId = await records.manAt("B");
  const { id: victimId } = await records.write.victim();
  const file = await records.write.caseFile({ personId, victimId, assignedAgency, assignedAt: new Date() });
  return { personId, caseId: file.id };
}

test("L43: a promise is made with who and when, told twice once, settled once by its owner, and told of", async () => {
  const personId = await records.manAt("B");
  const key = randomUUID();
  const first = await make(DAN, { personId, key });
  expect(first).toMatchObject({
    promise: {
      ...{ promisedTo: "OFFENDER", promised: "SANCTION", state: "OPEN", isOverdue: false, settledAt: null },
      ...{ ownerAgency: "county-prosecutor", dueOn: day(30) },
    },
    problem: null,
  });
  expect(await make(DAN, { personId, key })).toEqual(first);
  expect((await make(DAN, { personId, key, text: "Another." })).problem).toBe("KEY_USED_OTHERWISE");
  const promiseId = first.promise!.id;
  expect((await settle(DAN, "keepPromise", { promiseId })).problem).toBe("NOT_THE_OWNER");
  expect(await settle(PAT, "keepPromise", { promiseId, note: "Filed." })).toMatchObject({
    promise: { state: "KEPT" },
    problem: null,
  });
  expect((await settle(PAT, "breakPromise", { promiseId })).problem).toBe("STALE");
  expect((await settle(PAT, "breakPromise", { promiseId, expects: "KEPT" })).problem).toBe("OVER");
  expect(await statesOf(personId)).toEqual(["kept"]);
  expect(await toldOf(promiseId)).toEqual(["made", "kept"]);
  const [row] = await records.database.query<object[]>(
    "SELECT made_by, settled_by, note FROM sanction_promise WHERE id = $1",
    [promiseId],
  );
  expect(row).toEqual({ made_by: "dan@metro-police", settled_by: "pat@county-prosecutor", note: "Filed." });
});

test("L43: a coordinator settles what another agency owns", async () => {
  const personId = await records.manAt("B");
  for (const [name, state] of [
    ["breakPromise", "BROKEN"],
    ["withdrawPromise", "WITHDRAWN"],
  ] as const) {
    const { promise } = await make(DAN, { personId });
    expect((await settle(CORA, name, { promiseId: promise!.id })).promise).toMatchObject({ state });
  }
});

test("L43: the database lets nothing of a promise be altered", async () => {
  const personId = await records.manAt("B");
  const { promise } = await make(DAN, { personId });
  const change = (what: string) =>
    records.database.query(`UPDATE sanction_promise SET ${what} WHERE id = $1`, [promise!.id]);
  for (const what of ["text = 'x'", "due_on = due_on + 90", "owner_agency = 'x'", "note = 'x'"]) {
    await expect(change(what)).rejects.toMatchObject({ constraint: "promise_moves" });
  }
  await settle(CORA, "breakPromise", { promiseId: promise!.id });
  await expect(change("state = 'kept'")).rejects.toMatchObject({ constraint: "promise_moves" });
});

describe("L43: bad input is a problem, and changes nothing", () => {
  test.each<[what: string, input: object, problem: string]>([
    ["a person who is not there", { personId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { personId: "17" }, "NOT_FOUND"],
    ["a case that is not there", { caseId: randomUUID() }, "NOT_FOUND"],
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a victim and no case", { promisedTo: "VICTIM" }, "VICTIM_WITHOUT_CASE"],
    ["protection of him", { promised: "PROTECTION" }, "PROTECTION_TO_OFFENDER"],
    ["an owner who is no partner", { ownerAgency: "nobody" }, "UNKNOWN_AGENCY"],
    ["a day that is past", { dueOn: "2020-01-01" }, "IN_THE_PAST"],
    ["a day too far ahead", { dueOn: "2199-01-01" }, "TOO_FAR_AHEAD"],
    ["nothing promised", { text: " " }, "TEXT_MISSING"],
    ["a text that is too long", { text: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["a text that is no text", { text: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ])("a promise with %s", async (_what, input, problem) => {
    const personId = await records.manAt("B");
    expect(await make(DAN, { personId, ...input })).toEqual({ promise: null, problem });
    expect(await statesOf(personId)).toEqual([]);
  });

  test("a promise about the case of another man", async () => {
    const [man, other] = [await manWithCase(), await manWithCase()];
    const told = {
      promisedTo: "VICTIM",
      promised: "PROTECTION",
      personId: man.personId,
      caseId: other.caseId,
    };
    expect((await make(DAN, told)).problem).toBe("NOT_FOUND");
  });

  test.each<[what: string, input: object, problem: string]>([
    ["a promise that is not there", { promiseId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { promiseId: "17" }, "NOT_FOUND"],
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a note that is empty", { note: " " }, "TEXT_MISSING"],
    ["a note that is too long", { note: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["a note that is no text", { note: "\u001b[2J" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["another state", { expects: "BROKEN" }, "STALE"],
  ])("settling %s", async (_what, input, problem) => {
    const personId = await records.manAt("B");
    const { promise } = await make(DAN, { personId });
    for (const name of ["keepPromise", "breakPromise", "withdrawPromise"] as const) {
      expect(await settle(PAT, name, { promiseId: promise!.id, ...input })).toEqual({
        promise: null,
        problem,
      });
    }
    expect(await statesOf(personId)).toEqual(["open"]);
  });
});

describe("L44: overdue promises surface", () => {
  const overdue = async (who: Who, more = "") =>
    (
      await records.ask<{
        overduePromises: { promises: { promise: { id: string } }[] };
      }>(who, `{ overduePromises(first: 200 ${more}) { promises { promise { id } } } }`)
    ).overduePromises;
  const idsOf = async (who: Who, more = "") =>
    (await overdue(who, more)).promises.map(({ promise }) => promise.id);

  test("L44: longest overdue first, by owner, page by page; what is settled or not due is none", async () => {
    const personId = await records.manAt("B");
    const due = async (dueOn: string, more: object = {}) =>
      (await records.write.promise({ personId, dueOn, ownerAgency: "overdue-agency", ...more })).id;
    const late = await due("2026-02-01");
    const later = await due("2026-01-01");
    await due(day(9));
    const settled = { settledAt: new Date(), settledBy: "x@y" };
    for (const state of ["kept", "broken", "withdrawn"] as const)
      await due("2026-01-01", { state, ...settled });
    const other = await due("2026-03-01", { ownerAgency: "another" });
    const owned = 'ownerAgency: "overdue-agency"';
    expect(await idsOf(DAN, owned)).toEqual([later, late]);
    expect(await idsOf(DAN)).toEqual(expect.arrayContaining([later, late, other]));
    const first = await records.ask<{ overduePromises: { endCursor: string; hasNextPage: boolean } }>(
      DAN,
      `{ overduePromises(first: 1 ${owned}) { endCursor hasNextPage } }`,
    );
    expect(first.overduePromises.hasNextPage).toBe(true);
    const next = `${owned} after: "${first.overduePromises.endCursor}"`;
    const rest = await records.ask(
      DAN,
      `{ overduePromises(first: 1 ${next}) { promises { promise { id isOverdue } person { id } } hasNextPage } }`,
    );
    expect(rest).toEqual({
      overduePromises: {
        promises: [{ promise: { id: late, isOverdue: true }, person: { id: personId } }],
        hasNextPage: false,
      },
    });
    const bad = await records.door.ask(
      DAN,
      `{ overduePromises(first: 1 after: "bm9uc2Vuc2U") { hasNextPage } }`,
    );
    expect(bad.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  test("L16: to each role what its field of the person shows: hers, her agency's own, all", async () => {
    const { personId, caseId } = await manWithCase();
    await records.write.condition({ personId, kind: "probation", effectiveUntil: "2099-01-01" });
    await records.write.referral({ personId, providerAgency: "new-start" });
    await records.write.contact({ personId, messenger: "mo", messengerAgency: "street-voices" });
    const another = await records.write.caseFile({
      ...{ personId, victimId: (await records.write.victim()).id },
      ...{ assignedAgency: "safe-passage", assignedAt: new Date() },
    });
    const of = async (more: object) =>
      (await records.write.promise({ personId, dueOn: "2026-01-15", ...more })).id;
    const toHim = await of({});
    const toHer = await of({ promisedTo: "victim", promised: "protection", caseId });
    const toAnother = await of({ promisedTo: "victim", promised: "protection", caseId: another.id });
    const owned = await Promise.all(
      ["harbor-house", "new-start", "street-voices"].map((ownerAgency) => of({ ownerAgency })),
    );
    const all = [toHim, toHer, toAnother, ...owned];
    const seenBy = async (who: Who) => (await idsOf(who)).filter((id) => all.includes(id)).sort();
    for (const who of [DAN, CORA, PAT, PIA]) expect(await seenBy(who)).toEqual([...all].sort());
    expect(await seenBy(ANN)).toEqual([toHer, owned[0]!].sort());
    expect(await seenBy(SAM)).toEqual([owned[1]]);
    expect(await seenBy(MO)).toEqual([owned[2]]);
    expect(await seenBy({ ...MO, subject: "another" })).toEqual([]);
    // And so they are settled: what is not seen is not there.
    const keep = (who: Who, promiseId: string) => settle(who, "keepPromise", { promiseId });
    for (const [who, id] of [
      [ANN, toAnother],
      [ANN, toHim],
      [SAM, owned[2]!],
      [MO, owned[1]!],
    ] as const) {
      expect((await keep(who, id)).problem).toBe("NOT_FOUND");
    }
    expect((await keep(ANN, toHer)).problem).toBe("NOT_THE_OWNER");
    for (const [index, who] of [ANN, SAM, MO].entries()) {
      expect((await keep(who, owned[index]!)).promise).toMatchObject({ state: "KEPT" });
    }
  });

  test("L16: what a wall shuts is neither overdue nor settled", async () => {
    const { personId, caseId } = await manWithCase();
    const { id } = await records.write.promise({ personId, promisedTo: "victim", promised: "protection", caseId, dueOn: "2026-01-15" }); // prettier-ignore
    await records.write.conflict({ agency: "metro-police", subject: "cut", personId, why: "related" });
    const cut = { ...CORA, subject: "cut" };
    expect(await idsOf(cut)).not.toContain(id);
    expect((await settle(cut, "keepPromise", { promiseId: id })).problem).toBe("NOT_FOUND");
    // He is seen by another case of his; the sealed one stays shut.
    const { id: victimId } = await records.write.victim();
    await records.write.caseFile({ personId, victimId });
    await records.write.compartment({ caseId });
    expect((await make(DAN, { personId })).problem).toBeNull();
    expect(await idsOf(DAN)).not.toContain(id);
  });
});

test("L43: who may not, does not: an advocate makes none, an evaluator and a messenger see no names of the ledger", async () => {
  const input = `{ key: "${randomUUID()}", personId: "${randomUUID()}", promisedTo: COMMUNITY, promised: SANCTION, text: "t", ownerAgency: "harbor-house", dueOn: "2099-01-01" }`;
  for (const who of [ANN, SAM, MO, EVA]) {
    expect(
      (await records.door.ask(who, `mutation { makePromise(input: ${input}) { problem } }`)).status,
    ).toBe(403);
    const names = "{ overduePromises { promises { promise { madeBy settledBy note } } } }";
    expect((await records.door.ask(who, names)).status).toBe(403);
  }
  expect((await records.door.ask(EVA, "{ overduePromises { hasNextPage } }")).status).toBe(403);
});

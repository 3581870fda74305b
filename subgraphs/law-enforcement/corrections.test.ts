import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../test/setup/databases";
import { append } from "../../platform/outbox/append";
import { openHubSocket, type HeardStream, type HubSocket } from "../../platform/subgraph/hub-socket.fixture";
import type { Who } from "./door.fixture";
import { readTierRules } from "./tier-rules-file";
import { proposeLevels } from "./store/propose-levels";
import { ANN, CORA, DAN, EVA, MO, openRecords, PAT, PIA, SAM, type Records } from "./records.fixture";

const RULES = readTierRules("site/tier-rules.json");
const TODAY = new Date().toISOString().slice(0, 10);
let records: Records;
beforeAll(async () => {
  records = await openRecords(createTestDatabase, () => new Date(Date.now() + 1_000));
});
afterAll(() => records?.close());

interface Outcome {
  readonly correction: { readonly id: string; readonly consequences: readonly object[] } | null;
  readonly problem: string | null;
}
const SHOWN = "correction { id kind incidentId chargeId why consequences { ripple recordId } recordedBy }";
const WHY = { why: "His fingerprints are not those of the man." };
const detach = (input: object, who = CORA) =>
  records.tell<Outcome>(who, "detachWrongPerson", { ...WHY, ...input }, SHOWN);
const end = (input: object, who = PAT) =>
  records.tell<Outcome>(
    who,
    "recordDisposition",
    { expects: "PENDING", disposition: "DISMISSED", on: "2026-06-01", why: "The court's docket.", ...input },
    SHOWN,
  );
const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  records.database.query(text, values);

/** A man of an agency's case, confirmed at B on two charges: one of an incident with an arrest that was told, and another. */
async function manWithIncident(assignedAgency: string | null = "harbor-house") {
  const { write } = records;
  const { id: personId } = await write.person();
  const { id: victimId } = await write.victim();
  const file = await write.caseFile({ personId, victimId, assignedAgency, assignedAt: assignedAgency ? new Date() : null }); // prettier-ignore
  const { id: incidentId } = await write.incident();
  const { id: incidentSubjectId } = await write.subject({ incidentId, personId });
  const { id: incidentVictimId } = await write.incidentVictim({ incidentId, victimId });
  await write.relationship({ incidentSubjectId, incidentVictimId });
  const { id: arrestId } = await write.arrest({ incidentId, incidentSubjectId, personId });
  const { id: chargeId } = await write.charge({ personId, incidentId });
  const { id: otherId } = await write.charge({ personId });
  await records.database.transaction((manager) =>
    append(manager, [
      {
        ...{ topic: "arrest", key: personId, facts: { change: "recorded", arrestId } },
        ...{ occurredAt: new Date(), historic: false, provenance: "local" },
      },
    ]),
  );
  const [alert] = await sql<{ id: string }>("SELECT id FROM outbox.event WHERE facts->>'arrestId' = $1", [
    arrestId,
  ]);
  await proposeLevels(records.database, [personId], RULES, TODAY);
  const [proposal] = await sql<{ id: string }>(
    "SELECT id FROM level_proposal WHERE person_id = $1 AND superseded_at IS NULL",
    [personId],
  );
  const confirmed = await write.confirmation({ personId, proposalId: proposal!.id, level: "B" });
  return {
    personId,
    caseId: file.id,
    incidentId,
    arrestId,
    chargeId,
    otherId,
    alertId: alert!.id,
    levelId: confirmed.id,
  };
}
const levelOf = async (personId: string) =>
  (await sql<{ level: string }>("SELECT level FROM level_confirmation WHERE person_id = $1", [personId])).map(
    ({ level }) => level,
  );
const reviewsOf = (personId: string) =>
  sql<{ reasons: { code: string; factIds: string[] }[] }>(
    "SELECT reasons FROM level_review WHERE person_id = $1",
    [personId],
  );

describe("L47: he was not the man", () => {
  test("what rests on it is reviewed, called off, marked and recalled; nothing is lowered", async () => {
    const man = await manWithIncident();
    const { personId, incidentId } = man;
    const planned = await records.write.contact({ personId, level: "B" });
    const letter = await records.write.letter({ personId, draftedAt: new Date() });
    const old = await records.write.letter({ personId, draftedAt: new Date("2020-01-01T00:00:00Z") });
    const key = randomUUID();
    const first = await detach({ key, personId, incidentId });
    expect(first).toEqual({
      correction: {
        ...{ id: first.correction!.id, kind: "WRONG_PERSON", incidentId, chargeId: null },
        ...{ ...WHY, recordedBy: "cora@metro-police" },
        consequences: [
          { ripple: "REVIEW_LEVEL", recordId: man.levelId },
          { ripple: "CANCEL_CONTACT", recordId: planned.id },
          { ripple: "MARK_LETTER", recordId: letter.id },
          { ripple: "RECALL_ALERT", recordId: man.alertId },
        ],
      },
      problem: null,
    });
    expect(await detach({ key, personId, incidentId })).toEqual(first);
    expect((await detach({ personId, incidentId })).problem).toBe("NOT_FOUND");
    expect(await levelOf(personId)).toEqual(["B"]);
    expect((await reviewsOf(personId))[0]!.reasons).toEqual([
      { code: "LOWER_PROPOSAL", factIds: [] },
      { code: "FACT_GONE", factIds: [man.chargeId] },
    ]);
    expect(await sql("SELECT state, closed_by FROM contact WHERE id = $1", [planned.id])).toEqual([
      { state: "cancelled", closed_by: "cora@metro-police" },
    ]);
    const seen = await records.ask<{ person: Record<string, unknown> }>(
      DAN,
      `{ person(id: "${personId}") { incidents { id } charges { id } exposureLetters { id mayBeWrong } corrections { id } } }`,
    );
    expect(seen.person).toMatchObject({
      incidents: [],
      charges: [{ id: man.otherId }],
      corrections: [{ id: first.correction!.id }],
    });
    expect(seen.person["exposureLetters"]).toEqual([
      { id: letter.id, mayBeWrong: true },
      { id: old.id, mayBeWrong: false },
    ]);
    expect(await sql("SELECT person_id FROM arrest WHERE id = $1", [man.arrestId])).toEqual([
      { person_id: null },
    ]);
  });

  test("a violation of his order in that incident is his no more", async () => {
    const man = await manWithIncident();
    const order = await records.write.order({ personId: man.personId, caseId: man.caseId });
    const violation = { orderId: order.id, incidentId: man.incidentId };
    await records.write.orderViolation(violation);
    await detach({ personId: man.personId, incidentId: man.incidentId });
    const seen = await records.ask<{ person: { orders: object[] } }>(
      DAN,
      `{ person(id: "${man.personId}") { orders { violations { id } } } }`,
    );
    expect(seen.person.orders).toEqual([{ violations: [] }]);
    const [proposal] = await sql<{ level: string }>(
      "SELECT level FROM level_proposal WHERE person_id = $1 AND superseded_at IS NULL",
      [man.personId],
    );
    expect(proposal!.level).toBe("C");
  });

  test("two men of one incident: the other stays", async () => {
    const man = await manWithIncident();
    const { id: other } = await records.write.person();
    await records.write.subject({ incidentId: man.incidentId, personId: other });
    await detach({ personId: man.personId, incidentId: man.incidentId });
    expect(await sql("SELECT person_id FROM incident_subject WHERE incident_id = $1 AND person_id IS NOT NULL", [man.incidentId])).toEqual([{ person_id: other }]); // prettier-ignore
    expect((await detach({ personId: man.personId, incidentId: man.incidentId })).problem).toBe("NOT_FOUND");
  });

  test.each<[what: string, input: object, problem: string]>([
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a person who is not there", { personId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { personId: "17" }, "NOT_FOUND"],
    ["an incident that is not there", { incidentId: randomUUID() }, "NOT_FOUND"],
    ["an incident by an id that is none", { incidentId: "17" }, "NOT_FOUND"],
    ["no reason", { why: " " }, "TEXT_MISSING"],
    ["a reason that is too long", { why: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["a reason that is no text", { why: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ])("bad input: %s: a problem, and nothing changed", async (_what, input, problem) => {
    const { personId, incidentId } = await manWithIncident();
    expect(await detach({ personId, incidentId, ...input })).toEqual({ correction: null, problem });
    expect(await sql("SELECT FROM correction WHERE person_id = $1", [personId])).toEqual([]);
    expect(await sql("SELECT FROM incident_subject WHERE person_id = $1", [personId])).toHaveLength(1);
  });

  test("who is cut off from him corrects nothing, and no other role does", async () => {
    const { personId, incidentId, chargeId, otherId } = await manWithIncident();
    await records.write.conflict({ agency: "metro-police", subject: "cut", personId, why: "related" });
    const cut = { ...CORA, subject: "cut" };
    expect((await detach({ personId, incidentId }, cut)).problem).toBe("NOT_FOUND");
    for (const id of [chargeId, otherId])
      expect((await end({ chargeId: id }, cut)).problem).toBe("NOT_FOUND");
    expect(await sql("SELECT FROM correction WHERE person_id = $1", [personId])).toEqual([]);
    const key = `key: "${randomUUID()}", why: "w"`;
    for (const who of [PIA, ANN, SAM, MO, EVA]) {
      for (const mutation of [
        `mutation { detachWrongPerson(input: { ${key}, personId: "${personId}", incidentId: "${incidentId}" }) { problem } }`,
        `mutation { recordDisposition(input: { ${key}, chargeId: "${chargeId}", expects: PENDING, disposition: DISMISSED, on: "2026-06-01" }) { problem } }`,
      ]) {
        expect((await records.door.ask(who, mutation)).status).toBe(403);
      }
    }
    for (const who of [ANN, SAM, MO, EVA]) {
      expect(
        (await records.door.ask(who, `{ person(id: "${personId}") { corrections { why } } }`)).status,
      ).toBe(403);
    }
  });

  test("the database: what was corrected is not altered", async () => {
    const { personId, incidentId } = await manWithIncident();
    await detach({ personId, incidentId });
    for (const text of [
      "UPDATE correction SET why = 'x'",
      "DELETE FROM detached_subject",
      "TRUNCATE letter_mark",
    ]) {
      await expect(sql(text)).rejects.toThrow(/denied|added to|foreign key/);
    }
  });
});

describe("L49: who was told of an arrest is told that it is recalled", () => {
  let socket: HubSocket;
  beforeEach(async () => {
    socket = await openHubSocket(records.door.url);
  });
  afterEach(() => socket.close());
  async function listen(who: Who, shown: string): Promise<HeardStream> {
    const authorization = `Bearer ${await records.door.tokenOf(who)}`;
    const headers = { authorization, "x-ipvi-purpose": "alert-response" };
    const query = `subscription { arrestAlerts { person { id } recalls ${shown} } }`;
    const stream = socket.begin({ query, variables: {}, extensions: { headers } });
    await stream.next();
    return stream;
  }
  /** The next recall: an arrest of a moment ago may come before it, when the feed had not read it yet. */
  async function recallOn(stream: HeardStream): Promise<unknown> {
    for (;;) {
      const [value] = Object.values((await stream.event()).data ?? {}) as { recalls?: unknown }[];
      if (value?.recalls !== null) return value;
    }
  }

  test("to justice and to her advocate; to nobody of another agency, and to nobody who is cut off", async () => {
    const man = await manWithIncident();
    const next = await manWithIncident("safe-passage");
    const ALL = "arrest { id }";
    const HERS = "summary { arrestDate }";
    const dan = await listen(DAN, ALL);
    const ann = await listen(ANN, HERS);
    const elsewhere = await listen({ ...ANN, agency: "safe-passage" }, HERS);
    await records.write.conflict({
      agency: "metro-police",
      subject: "cut",
      personId: man.personId,
      why: "related",
    });
    const cut = await listen({ ...DAN, subject: "cut" }, ALL);
    for (const { personId, incidentId } of [man, next]) await detach({ personId, incidentId });
    const told = { person: { id: man.personId }, recalls: man.alertId };
    const other = { person: { id: next.personId }, recalls: next.alertId };
    expect(await recallOn(dan)).toEqual({ ...told, arrest: null });
    expect(await recallOn(dan)).toEqual({ ...other, arrest: null });
    expect(await recallOn(ann)).toEqual({ ...told, summary: null });
    expect(await recallOn(elsewhere)).toEqual({ ...other, summary: null });
    expect(await recallOn(cut)).toEqual({ ...other, arrest: null });
  });

  test("L21: not to whom a compartment shut the incident when it was his", async () => {
    const man = await manWithIncident();
    await records.write.compartment({ caseId: man.caseId });
    await records.write.compartmentReader({ caseId: man.caseId, agency: "metro-police", subject: "cora" });
    const { id: victimId } = await records.write.victim();
    await records.write.caseFile({ personId: man.personId, victimId });
    // The victim of the incident is not known any more: it says by him alone to which case it belongs.
    await sql("UPDATE incident_victim SET victim_id = NULL WHERE incident_id = $1", [man.incidentId]);
    const next = await manWithIncident();
    const dan = await listen(DAN, "arrest { id }");
    for (const { personId, incidentId } of [man, next]) await detach({ personId, incidentId });
    expect(await recallOn(dan)).toMatchObject({ recalls: next.alertId });
  });
});

describe("L48: how a charge ended", () => {
  test("a dismissal opens a review, and leaves what is planned to the panel", async () => {
    const man = await manWithIncident();
    const { personId, chargeId } = man;
    const planned = await records.write.contact({ personId, level: "B" });
    const first = await end({ chargeId });
    expect(first).toMatchObject({
      correction: {
        ...{ kind: "NOT_GUILTY", chargeId, incidentId: null, recordedBy: "pat@county-prosecutor" },
        consequences: [{ ripple: "REVIEW_LEVEL", recordId: man.levelId }],
      },
      problem: null,
    });
    expect((await end({ chargeId })).problem).toBe("STALE");
    expect((await end({ chargeId, expects: "DISMISSED", disposition: "CONVICTED" })).problem).toBe("OVER");
    expect(await levelOf(personId)).toEqual(["B"]);
    expect((await reviewsOf(personId))[0]!.reasons).toContainEqual({
      ...{ code: "FACT_NO_LONGER_COUNTS", factIds: [chargeId] },
    });
    expect(await sql("SELECT state FROM contact WHERE id = $1", [planned.id])).toEqual([
      { state: "planned" },
    ]);
  });

  test("a conviction proposes what the rules say, and reviews nothing", async () => {
    const { personId, chargeId } = await manWithIncident();
    expect(await end({ chargeId, disposition: "CONVICTED" })).toMatchObject({
      correction: { kind: "CONVICTED", consequences: [] },
    });
    expect(await reviewsOf(personId)).toEqual([]);
    expect(await sql("SELECT level FROM level_proposal WHERE person_id = $1 AND superseded_at IS NULL", [personId])).toEqual([{ level: "A" }]); // prettier-ignore
  });

  test.each<[what: string, input: object, problem: string]>([
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a charge that is not there", { chargeId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { chargeId: "17" }, "NOT_FOUND"],
    ["another disposition", { expects: "CONVICTED" }, "STALE"],
    ["a day ahead", { on: "2199-01-01" }, "IN_THE_FUTURE"],
    ["a day before it was filed", { on: "2020-01-01" }, "BEFORE_THE_CHARGE"],
    ["no reason", { why: "" }, "TEXT_MISSING"],
    ["a reason that is too long", { why: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["a reason that is no text", { why: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ])("bad input: %s: a problem, and nothing changed", async (_what, input, problem) => {
    const { personId, chargeId } = await manWithIncident();
    expect(await end({ chargeId, ...input })).toEqual({ correction: null, problem });
    expect(await sql("SELECT disposition FROM charge WHERE id = $1", [chargeId])).toEqual([
      { disposition: "pending" },
    ]);
    expect(await sql("SELECT FROM correction WHERE person_id = $1", [personId])).toEqual([]);
  });
});

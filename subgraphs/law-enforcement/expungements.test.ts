import { randomUUID } from "node:crypto";
import { openHubSocket } from "../../platform/subgraph/hub-socket.fixture";
import { buildSubgraph, type SubgraphSchema } from "../../platform/subgraph/subgraph-schema";
import { grantedTo } from "../../policy/granted";
import { ROLES } from "../../policy/matrix";
import { createTestDatabase } from "../../test/setup/databases";
import { everyRequest } from "../../test/setup/every-request";
import { HOME_OF } from "./agencies-of-roles.fixture";
import type { Who } from "./door.fixture";
import { lawEnforcementDefinition } from "./graphql/definition";
import { lawEnforcementPolicy } from "./policy/coordinates";
import { ANN, CORA, DAN, EVA, MO, openRecords, PAT, PIA, SAM, type Records } from "./records.fixture";
import { proposeLevels } from "./store/propose-levels";
import { manOfIncident, RULES, tellOfArrest, TODAY } from "./sealed-man.fixture";

let records: Records;
let subgraph: SubgraphSchema;
beforeAll(async () => {
  subgraph = await buildSubgraph(lawEnforcementDefinition());
  records = await openRecords(createTestDatabase, () => new Date(Date.now() + 1_000));
});
afterAll(() => records?.close());

interface Outcome {
  readonly expungement: { readonly id: string } | null;
  readonly problem: string | null;
}
const ORDER = { court: "County Circuit Court", orderNumber: "2026-X-17", orderedOn: "2026-06-01" };
const SHOWN = "expungement { id court orderNumber orderedOn recordedBy }";
const expunge = (input: object, who = CORA) =>
  records.tell<Outcome>(who, "recordExpungement", { ...ORDER, ...input }, SHOWN);
const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  records.database.query(text, values);
const idOf = async (text: string, values: unknown[]) => (await sql<{ id: string }>(text, values))[0]!.id;

type Man = Awaited<ReturnType<typeof manOfIncident>>;

const READS = Object.fromEntries(
  Object.entries(lawEnforcementPolicy).filter(([coordinate]) => !coordinate.startsWith("Mutation.")),
);
/** What everybody who may ask anything is answered, by role and question. */
async function sweep({ personId, caseId, contactId }: Man): Promise<Map<string, string>> {
  const conferenceId = await conferenceOf();
  const values = {
    of: {
      "person(id)": personId,
      "case(id)": caseId,
      "conference(id)": conferenceId,
      "callIn(id)": randomUUID(),
      ...{ personId, caseId, contactId, alertId: randomUUID(), first: 200 },
    },
    entities: {
      Person: { id: personId },
      Case: { id: caseId },
      Contact: { id: contactId },
      Conference: { id: conferenceId },
    },
  };
  const answers = new Map<string, string>();
  for (const role of ROLES) {
    const who: Who = {
      agency: HOME_OF[role],
      roles: [role],
      subject: role === "messenger" ? "mo" : "reader",
    };
    for (const { name, query, variables } of everyRequest(
      subgraph.schema,
      READS,
      grantedTo([role]),
      values,
    )) {
      const { status, text } = await records.door.ask(who, query, variables);
      expect([name, status]).toEqual([name, 200]);
      answers.set(`${role}: ${name}`, text);
    }
  }
  return answers;
}
async function conferenceOf(): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO conference (id, starts_at, place, state, agenda_from, planned_by, recorded_at)
     VALUES ($1, now() + interval '1 hour', 'Room 3', 'planned', '2020-01-01', 'cora@metro-police', now())`,
    [id],
  );
  return id;
}
const marksOf = ({ word, incidentId, chargeId, arrestId }: Man) => [
  ...["narrative", "summary", "note", "title", "docket", "pull", "letter", "served", "because", "drafted", "wrong"].map((what) => `${what}-${word}`), // prettier-ignore
  Buffer.from(`printed-${word}`).toString("base64"),
  ...[incidentId, chargeId, arrestId],
];
/** Who is shown which of the marks, by which question. */
const found = (answers: Map<string, string>, marks: readonly string[]) =>
  [...answers].flatMap(([asked, text]) =>
    marks.filter((mark) => text.includes(mark)).map((mark) => ({ asked, mark })),
  );

/** What an everlasting stream tells again after a place, up to an event that was appended last. */
async function replay(who: Who, query: string, last: string): Promise<string[]> {
  const socket = await openHubSocket(records.door.url);
  try {
    const authorization = `Bearer ${await records.door.tokenOf(who)}`;
    const headers = { authorization, "x-ipvi-purpose": "alert-response" };
    const stream = socket.begin({ query, variables: {}, extensions: { headers } });
    const told: string[] = [];
    for (;;) {
      const text = JSON.stringify(await stream.event());
      told.push(text);
      if (text.includes(last)) return told;
    }
  } finally {
    socket.close();
  }
}

describe("L90: what a court sealed", () => {
  let man: Man;
  let before: Map<string, string>;
  let first: Outcome;
  const key = randomUUID();
  beforeAll(async () => {
    man = await manOfIncident(records);
    before = await sweep(man);
    first = await expunge({ key, incidentIds: [man.incidentId] });
  });

  test("the question is a sharp one: before, each of its words and ids is shown to somebody", () => {
    const shown = new Set(found(before, marksOf(man)).map(({ mark }) => mark));
    expect(marksOf(man).filter((mark) => !shown.has(mark))).toEqual([]);
  });

  test("is shown to nobody, by no question, and no more is his level's reason", async () => {
    expect(first.problem).toBeNull();
    const after = await sweep(man);
    expect(found(after, [...marksOf(man), man.violationId])).toEqual([]);
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    const left = await sql<{ fired: unknown[]; reasons: unknown }>(
      "SELECT fired, held_for_review, not_counted, marks FROM level_proposal WHERE person_id = $1",
      [man.personId],
    );
    const reviews = await sql("SELECT reasons FROM level_review WHERE person_id = $1", [man.personId]);
    for (const id of [man.incidentId, man.chargeId, man.arrestId, man.violationId])
      expect(JSON.stringify([left, reviews])).not.toContain(id);
  });

  test("is told once: told again it is the same, and otherwise it is refused", async () => {
    expect(await expunge({ key, incidentIds: [man.incidentId] })).toEqual(first);
    expect((await expunge({ key, incidentIds: [man.incidentId], court: "Other" })).problem).toBe("KEY_USED_OTHERWISE"); // prettier-ignore
    expect((await expunge({ incidentIds: [man.incidentId] })).problem).toBe("NOT_FOUND");
  });

  test("L91: lowers nothing: the level in force stands and is reviewed", async () => {
    const held = await sql<{ level: string }>(
      "SELECT level FROM level_confirmation WHERE person_id = $1 ORDER BY confirmed_at DESC LIMIT 1",
      [man.personId],
    );
    expect(held).toEqual([{ level: man.level }]);
    expect(
      await sql("SELECT closed_at FROM level_review WHERE person_id = $1 AND closed_at IS NULL", [
        man.personId,
      ]),
    ).toHaveLength(1);
    await proposeLevels(records.database, [man.personId], RULES, TODAY);
    expect(
      await sql("SELECT closed_at FROM level_review WHERE person_id = $1 AND closed_at IS NULL", [
        man.personId,
      ]),
    ).toHaveLength(1);
  });

  test("L91: calls off what was planned at it, and withholds and withdraws what was written since", async () => {
    const contacts = await sql("SELECT state FROM contact WHERE id = $1", [man.contactId]);
    expect(contacts).toEqual([{ state: "cancelled" }]);
    const { person } = await records.ask<{ person: { exposureLetters: Record<string, unknown>[] } }>(
      DAN,
      `{ person(id: "${man.personId}") { exposureLetters { id state text pdf pdfHash mayBeWrong } } }`,
    );
    const hidden = { text: null, pdf: null, pdfHash: null, mayBeWrong: true };
    expect(person.exposureLetters).toEqual(
      expect.arrayContaining([
        { id: man.letter.id, state: "WITHDRAWN", ...hidden },
        { id: man.served.id, state: "SERVED", ...hidden },
      ]),
    );
  });

  test("L92: keeps that it was done, by which order, to its keeper alone, and not of whom", async () => {
    const query =
      "{ expungements { expungements { id court orderNumber orderedOn recordedBy recordedAt } } }";
    const kept = await records.ask<{ expungements: { expungements: object[] } }>(CORA, query);
    expect(kept.expungements.expungements).toEqual([
      {
        ...{ id: first.expungement!.id, ...ORDER, recordedBy: "cora@metro-police" },
        recordedAt: expect.stringMatching(/Z$/) as unknown,
      },
    ]);
    for (const who of [DAN, PAT, PIA, ANN, SAM, MO, EVA]) {
      expect((await records.door.ask(who, query)).status).toBe(403);
      const told = `mutation { recordExpungement(input: { key: "${randomUUID()}", incidentIds: ["${man.incidentId}"],
        court: "c", orderNumber: "1", orderedOn: "2026-01-01" }) { problem } }`;
      expect((await records.door.ask(who, told)).status).toBe(403);
    }
  });

  test("L92: is put where nobody who serves reads it, and the note of it is not altered", async () => {
    for (const text of [
      "SELECT * FROM sealed.record",
      "DELETE FROM sealed.record",
      "UPDATE expungement SET court = 'x'",
      "DELETE FROM expunged_source",
      "TRUNCATE withheld_letter",
    ])
      await expect(sql(text)).rejects.toThrow(/denied|added to/);
  });

  test("L93: comes back by no writing of the same source's record", async () => {
    const { sourceKey } = await records.write.incident();
    const known = await idOf("SELECT id FROM incident WHERE source_key = $1", [sourceKey]);
    const { id: chargeId, sourceKey: chargeKey } = await records.write.charge({ personId: man.personId });
    await expunge({ incidentIds: [known], chargeIds: [chargeId] });
    await expect(records.write.incident({ sourceKey })).rejects.toThrow("expunged");
    await sql(
      `INSERT INTO charge (source, source_key, person_id, offence_code, title, ipv, filed_on, provenance)
       VALUES ('miniature', $1, $2, '13B', 't', true, '2026-01-01', 'local')
       ON CONFLICT (source, source_key) DO UPDATE SET title = excluded.title`,
      [chargeKey, man.personId],
    );
    expect(await sql("SELECT FROM charge WHERE source_key = $1", [chargeKey])).toEqual([]);
  });
});

test("L94: who was told of the arrest is told that it is recalled; what is replayed from an old place tells nothing of it", async () => {
  const { id: earlierId } = await records.write.person();
  const { id: earlierArrest } = await records.write.arrest({ personId: earlierId });
  const man = await manOfIncident(records);
  const earlier = await records.write.caseFile({ personId: earlierId, victimId: man.victimId, assignedAgency: "harbor-house", assignedAt: new Date() }); // prettier-ignore
  expect(earlier.id).toBeDefined();
  const start = await openHubSocket(records.door.url);
  const headers = {
    authorization: `Bearer ${await records.door.tokenOf(DAN)}`,
    "x-ipvi-purpose": "alert-response",
  };
  const stream = start.begin({ query: "subscription { arrestAlerts { cursor } }", variables: {}, extensions: { headers } }); // prettier-ignore
  await stream.next();
  await tellOfArrest(records.database, earlierId, earlierArrest);
  const { cursor } = Object.values((await stream.event()).data!)[0] as { cursor: string };
  start.close();
  await tellOfArrest(records.database, man.personId, man.arrestId);
  const order = await idOf("SELECT id FROM order_of_protection WHERE person_id = $1", [man.personId]);
  await records.write.orderViolation({ orderId: order, incidentId: man.incidentId });
  await expunge({ incidentIds: [man.incidentId] });
  await tellOfArrest(records.database, earlierId, earlierArrest);
  await records.write.custodyEvent({ personId: earlierId });
  const last = randomUUID();
  const { id: lastOrder } = await records.write.order({
    personId: earlierId,
    caseId: earlier.id,
    docket: last,
  });

  const args = `(after: "${cursor}", historic: true)`;
  for (const [who, shown] of [
    [DAN, "arrest { id }"],
    [ANN, "summary { title arrestDate }"],
  ] as const) {
    const query = `subscription { arrestAlerts${args} { person { id } recalls ${shown} } }`;
    const told = (await replay(who, query, earlierId)).map((text) => Object.values((JSON.parse(text) as { data: object }).data)[0] as { person: { id: string }; recalls: string | null }); // prettier-ignore
    const his = told.filter(({ person }) => person.id === man.personId);
    expect(his.every(({ recalls }) => recalls !== null)).toBe(true);
    expect(his).toHaveLength(2);
    expect(JSON.stringify(told)).not.toContain(man.arrestId);
  }
  const orders = await replay(
    DAN,
    `subscription { orderChanges${args} { person { id } change order { id docket } } }`,
    lastOrder,
  );
  expect(orders.filter((text) => text.includes("VIOLATED"))).toEqual([]);
});

test("L91: only the charge that is named goes; the level that rests on another fact stands unquestioned", async () => {
  const { personId, incidentId, chargeId } = await manOfIncident(records);
  await expunge({ chargeIds: [chargeId] });
  const { person } = await records.ask<{ person: { charges: object[]; incidents: { id: string }[] } }>(
    DAN,
    `{ person(id: "${personId}") { charges { id } incidents { id } } }`,
  );
  expect([person.charges, person.incidents.map(({ id }) => id)]).toEqual([[], [incidentId]]);
});

const KNOWN = "00000000-0000-4000-8000-00000000000a";
test.each<[what: string, problem: string, input: () => object]>([
  ["a key that is none", "KEY_IS_NO_UUID", () => ({ key: "once" })],
  ["nothing named", "NOTHING_NAMED", () => ({ incidentIds: [] })],
  [
    "one named twice, in another spelling",
    "NAMED_TWICE",
    () => ({ chargeIds: [KNOWN, KNOWN.toUpperCase()] }),
  ],
  ["an order from before it happened", "BEFORE_THE_RECORD", () => ({ orderedOn: "2026-01-09" })],
  ["too much named", "TOO_MANY", () => ({ chargeIds: Array.from({ length: 100 }, () => randomUUID()) })],
  ["an order of tomorrow", "IN_THE_FUTURE", () => ({ orderedOn: "2199-01-01" })],
  ["no court", "TEXT_MISSING", () => ({ court: " " })],
  ["a number too long", "TEXT_TOO_LONG", () => ({ orderNumber: "1".repeat(201) })],
  ["a court of no text", "TEXT_HAS_CONTROL_CHARACTERS", () => ({ court: "a\u0000" })],
  ["an incident that is not there", "NOT_FOUND", () => ({ incidentIds: [randomUUID()] })],
  ["an arrest that is not there", "NOT_FOUND", () => ({ arrestIds: [randomUUID()] })],
  ["a charge by an id that is none", "NOT_FOUND", () => ({ chargeIds: ["17"] })],
])("L90: bad input: %s: %s, and nothing changed", async (_what, problem, input) => {
  const { id: incidentId } = await records.write.incident();
  const count = async () => (await sql<{ n: string }>("SELECT count(*) AS n FROM expungement"))[0]!.n;
  const before = await count();
  expect(await expunge({ incidentIds: [incidentId], ...input() })).toEqual({ expungement: null, problem });
  expect(await count()).toBe(before);
  expect(await sql("SELECT FROM incident WHERE id = $1", [incidentId])).toHaveLength(1);
});

test("L90: what a wall shuts is answered as what is not there, and stays", async () => {
  const man = await manOfIncident(records);
  await records.write.conflict({
    agency: "metro-police",
    subject: "cut",
    personId: man.personId,
    why: "related",
  });
  const cut = { ...CORA, subject: "cut" };
  for (const named of [
    { incidentIds: [man.incidentId] },
    { arrestIds: [man.arrestId] },
    { chargeIds: [man.chargeId] },
  ])
    expect((await expunge(named, cut)).problem).toBe("NOT_FOUND");
  expect(await sql("SELECT FROM charge WHERE id = $1", [man.chargeId])).toHaveLength(1);
});

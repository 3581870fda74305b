import { parse } from "graphql";
import { Client } from "pg";
import { grantedTo } from "../../policy/granted";
import { coordinatesOf } from "../../platform/policy/coordinates";
import { buildSubgraph } from "../../platform/subgraph/subgraph-schema";
import { asSuperuser } from "../../test/setup/access-record";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { advocacyDefinition } from "./graphql/definition";
import { ADVOCACY_POLICY } from "./policy/coordinates";
import { migrate } from "./store/database";
import { entriesOf, permitted, type Entry } from "./whole-schema.fixture";

/**
 * Nobody outside her agency learns whether a woman is its client. The whole schema, derived, is asked by everyone outside
 * while the agency does not know her, while her case is on its caseload, while she is its client, and while she has
 * given leave to others than him: the answers are the same to the byte, and so are the statements behind them. Time is
 * compared by `npm run bench:existence`, never here.
 */
const NOW = new Date("2026-03-01T12:00:00Z");
const HER_CASE = "11111111-1111-4111-8111-111111111111";
const HER_RELEASE = "33333333-3333-4333-8333-333333333333";
const HER_CONFLICT = "55555555-5555-4555-8555-555555555555";
const NOBODYS_CASE = "22222222-2222-4222-8222-222222222222";
const NOBODYS_RELEASE = "44444444-4444-4444-8444-444444444444";
const NOBODYS_CONFLICT = "66666666-6666-4666-8666-666666666666";

const OUTSIDERS: readonly Who[] = [
  { agency: "metro-police", role: "detective" },
  { agency: "metro-police", role: "coordinator" },
  { agency: "county-prosecutor", role: "prosecutor" },
  { agency: "county-probation", role: "probation" },
  { agency: "new-start", role: "provider" },
  { agency: "street-voices", role: "messenger" },
  { agency: "state-university", role: "evaluator" },
  { agency: "county-audit", role: "auditor" },
  // Advocates of other agencies, one with a database and one without.
  { agency: "safe-passage", role: "advocate" },
  { agency: "quiet-cove", role: "advocate" },
];

/** What the agency knows of her, more with every step. */
const STEPS: readonly (readonly [string, string])[] = [
  ["a stranger", "SELECT"],
  ["on the caseload", `INSERT INTO case_assignment VALUES ('${HER_CASE}', '2026-01-01Z', 'advocate-1')`],
  [
    "a client",
    `WITH c AS (INSERT INTO client (case_id, preferred_name, phone) VALUES ('${HER_CASE}', 'n', 'p') RETURNING id),
          r AS (INSERT INTO risk_assessment (case_id, client_id, instrument, instrument_version, answers, assessed_at, assessed_by)
                SELECT '${HER_CASE}', id, 'lap', '1', '{"1": "yes"}', '2026-01-02Z', 'a' FROM c),
          s AS (INSERT INTO safety_plan SELECT id, 'plan' FROM c)
     INSERT INTO outreach (case_id, kind, outcome, made_at, made_by)
     VALUES ('${HER_CASE}', 'visit', 'reached', '2026-01-02Z', 'a')`,
  ],
  [
    "a client who gave leave to others, or to him at another time",
    `WITH paper (id, subject, starts_at, days) AS (VALUES
       ('${HER_RELEASE}'::uuid, 'somebody-else', timestamptz '2026-02-20Z', 60),
       (gen_random_uuid(), NULL, '2026-02-01Z', 14),
       (gen_random_uuid(), NULL, '2026-03-02Z', 14),
       (gen_random_uuid(), NULL, '2026-02-21Z', 60)),
     written AS (
       INSERT INTO release (id, case_id, discloser, recipient_agency, recipient_subject, recipient_name, elements, purpose,
                            starts_at, expires_at, language, explained_by, signed_copy, recorded_at, recorded_by,
                            mutation_key, input_digest)
       SELECT CASE agency WHEN 'metro-police' THEN id ELSE gen_random_uuid() END, '${HER_CASE}', 'harbor-house', agency,
              subject, 'n', '{client,client-contact,advocate-risk,outreach-advocacy}', 'p', starts_at,
              starts_at + days * interval '1 day', 'en', 'a', 's', least(starts_at, timestamptz '2026-03-01Z'), 'a',
              gen_random_uuid()::text, ''
       FROM paper, unnest('{metro-police,county-prosecutor,county-probation,new-start}'::text[]) agency
       RETURNING id, starts_at)
     INSERT INTO release_revocation
     SELECT id, '2026-02-22Z', 'a', id::text FROM written WHERE starts_at = '2026-02-21Z'`,
  ],
  [
    "a client from whom a conflict cuts somebody off",
    `INSERT INTO conflict_of_interest (id, agency, subject, case_id, why, recorded_by, recorded_at, mutation_key)
     SELECT CASE agency WHEN 'harbor-house' THEN '${HER_CONFLICT}' ELSE gen_random_uuid() END, agency, subject,
            '${HER_CASE}', 'related', 'a', '2026-02-01Z', agency
     FROM (VALUES ('harbor-house', 'advocate-2'), ('metro-police', 'detective-1'), ('safe-passage', 'advocate-1'),
                  ('county-prosecutor', 'prosecutor-1')) cut (agency, subject)`,
  ],
];

const nameOf = ({ agency, role }: Who) => `${role} of ${agency}`;

let harbor: TestDatabase;
let passage: TestDatabase;
let door: TestDoor;
let clockReads = 0;
let schema: Awaited<ReturnType<typeof buildSubgraph>>["schema"];

beforeAll(async () => {
  [harbor, passage] = await Promise.all([
    createTestDatabase({ key: "advocacy", migrate }),
    createTestDatabase({ key: "advocacy", migrate }),
  ]);
  // Each reading of the clock is a millisecond later: how often it is read is compared too, by the access log's instants.
  door = await openTestDoor(
    { "harbor-house": harbor.url, "safe-passage": passage.url },
    () => new Date(NOW.getTime() + clockReads++),
  );
  ({ schema } = await buildSubgraph(advocacyDefinition()));
});
afterAll(async () => {
  await door.close();
  await Promise.all([harbor.drop(), passage.drop()]);
});

const ENTITIES = Object.keys(advocacyDefinition().references);
const HERS = { caseId: HER_CASE, releaseId: HER_RELEASE, conflictId: HER_CONFLICT };
const NOBODYS = { caseId: NOBODYS_CASE, releaseId: NOBODYS_RELEASE, conflictId: NOBODYS_CONFLICT };

interface Asked extends Entry {
  /** More than the role may ask: refused whole, before it is looked at whom it is about. */
  readonly isTooMuch: boolean;
}

/** All that somebody may ask, and all that there is, of one subject. */
function askable(who: Who, subject: typeof HERS): Asked[] {
  const may = permitted(ADVOCACY_POLICY, grantedTo([who.role]));
  const allowed = entriesOf(schema, ENTITIES, may, subject);
  const known = new Set(allowed.map(({ query }) => query));
  const rest = entriesOf(schema, ENTITIES, () => true, subject).filter(({ query }) => !known.has(query));
  return [
    ...allowed.map((entry) => ({ ...entry, isTooMuch: false })),
    ...rest.map(({ name, query }) => ({ name: `${name} in full`, query, isTooMuch: true })),
  ];
}

/** An answer without what tells of the asking alone: the access log's cursor holds a row's id, its hash a document's. */
function comparable(text: string): string {
  if (!text.includes('"advocacyAccessLog"')) return text;
  return text.replace(/"(endCursor|operationHash)":"[^"]+"/g, '"$1":"…"');
}

/** What comes of an entry: the answer to the byte, and the statements behind it. */
async function outcomeOf(who: Who, { query, isTooMuch }: Asked, { caseId }: typeof HERS) {
  const outcomes = [];
  const isOfEntities = query.startsWith("query (") && !isTooMuch;
  for (const assignedAgency of isOfEntities ? ["harbor-house", "safe-passage", null] : ["harbor-house"]) {
    door.statements();
    const { status, text } = await door.ask(who, query, {
      r: ENTITIES.map((__typename) => ({ __typename, id: caseId, assignedAgency })),
    });
    const statements = door.statements().map((one) => `${one.database}: ${one.text}`);
    outcomes.push({ status, text: comparable(text), statements: statements.sort() });
  }
  return outcomes;
}

/** What a reader finds of himself in the access log begins anew. */
async function withoutRecord(): Promise<void> {
  clockReads = 0;
  for (const { superuserUrl } of [harbor, passage]) {
    const client = new Client({ connectionString: superuserUrl });
    await client.connect();
    await asSuperuser(client, "TRUNCATE audit.access_record, audit.chain_head");
    await client.end();
  }
}

/** What is too much comes last: with it or without, what comes before finds the same clock and the same log. */
async function everythingAsked(subject: typeof HERS, tooMuch = true): Promise<Map<string, unknown>> {
  await withoutRecord();
  const outcomes = new Map<string, unknown>();
  for (const isTooMuch of tooMuch ? [false, true] : [false]) {
    for (const who of OUTSIDERS) {
      for (const entry of askable(who, subject).filter((one) => one.isTooMuch === isTooMuch)) {
        outcomes.set(`${nameOf(who)}: ${entry.name}`, await outcomeOf(who, entry, subject));
      }
    }
  }
  return outcomes;
}

test("AV1: what is asked here is the whole schema", () => {
  const asked = entriesOf(schema, ENTITIES, () => true, HERS).flatMap(({ query }) =>
    coordinatesOf(schema, parse(query)),
  );
  const there = Object.keys(ADVOCACY_POLICY);
  expect([...new Set(asked)].filter((one) => one !== "Query._entities").sort()).toEqual(there.sort());
  // Whoever may ask for something of a case is among those who ask.
  expect(askable(OUTSIDERS[2]!, HERS).map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "Case.client",
      "Case.outreach",
      "Case",
      "Query.releasesNamingMe",
      "Case in full",
    ]),
  );
});

test("AV1, AV2, AV4: to everyone outside, every answer and its statements are the same at every step", async () => {
  const client = new Client({ connectionString: harbor.url });
  await client.connect();
  const byStep = new Map<string, Map<string, unknown>>();
  try {
    for (const [index, [step, statement]] of STEPS.entries()) {
      await client.query(statement);
      // What nobody may ask is asked at both ends.
      const isAnEnd = index === 0 || index === STEPS.length - 1;
      byStep.set(step, await everythingAsked(HERS, isAnEnd));
    }
  } finally {
    await client.end();
  }

  const stranger = byStep.get("a stranger")!;
  for (const [step, outcomes] of byStep) {
    for (const [asked, outcome] of outcomes) {
      expect({ step, asked, outcome }).toEqual({ step, asked, outcome: stranger.get(asked) });
    }
  }
  // Her case and nobody's, in the same moment, but for the ids.
  const hers = JSON.stringify([...byStep.get(STEPS.at(-1)![0])!]);
  const nobodys = JSON.stringify([...(await everythingAsked(NOBODYS))]);
  expect(
    nobodys
      .replaceAll(NOBODYS_CASE, HER_CASE)
      .replaceAll(NOBODYS_RELEASE, HER_RELEASE)
      .replaceAll(NOBODYS_CONFLICT, HER_CONFLICT),
  ).toBe(hers);
}, 300_000);

test("AV1, AV2: the comparison is sharp: her own advocate's answers and statements do differ", async () => {
  const who: Who = { agency: "harbor-house", role: "advocate" };
  const alike = [];
  for (const entry of askable(who, HERS).filter(({ isTooMuch }) => !isTooMuch)) {
    if (!entry.name.startsWith("Case.") || /\.(id|assignedAgency)$/.test(entry.name)) continue;
    const [hers, nobodys] = [await outcomeOf(who, entry, HERS), await outcomeOf(who, entry, NOBODYS)];
    if (JSON.stringify(hers) === JSON.stringify(nobodys)) alike.push(entry.name);
  }
  expect(alike).toEqual([]);
});

import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type Answer, type TestDoor, type Who } from "./door.fixture";
import { migrate } from "./store/database";

/** A client's leave to tell, from the paper to what is read under it. */
export const START = new Date("2026-03-01T12:00:00Z");
export const HARBOR: Who = { agency: "harbor-house", role: "advocate" };
export const PASSAGE: Who = { agency: "safe-passage", role: "advocate" };
export const PROSECUTOR: Who = { agency: "county-prosecutor", role: "prosecutor" };
export const COLLEAGUE: Who = { ...PROSECUTOR, subject: "prosecutor-2" };
export const DETECTIVE: Who = { agency: "metro-police", role: "detective" };
export const PROVIDER: Who = { agency: "new-start", role: "provider" };

export let harbor: TestDatabase;
export let passage: TestDatabase;
export let door: TestDoor;
let now: Date;
/** A client of Harbor House, and a woman on its caseload who is none. */
export let client: string;
export let noClient: string;

/** What a database answers its owner. */
export async function sql<Row = unknown>(
  database: TestDatabase,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const connection = new Client({ connectionString: database.url });
  await connection.connect();
  try {
    return (await connection.query(text, values)).rows as Row[];
  } finally {
    await connection.end();
  }
}

/** A case of an agency; with a client whose every record says the marker, or (null) with none. */
export async function addCase(database: TestDatabase, marker: string | null): Promise<string> {
  const id = randomUUID();
  await sql(database, "INSERT INTO case_assignment VALUES ($1, '2026-01-01Z', 'advocate-1')", [id]);
  if (marker === null) return id;
  await sql(
    database,
    `WITH c AS (INSERT INTO client (case_id, preferred_name, phone) VALUES ($1, $2, $2) RETURNING id),
          r AS (INSERT INTO risk_assessment (case_id, client_id, instrument, instrument_version, answers, band, assessed_at, assessed_by)
                SELECT $1, id, 'lap', '1', '{}', $2, '2026-01-02Z', 'a' FROM c)
     INSERT INTO outreach (case_id, kind, outcome, made_at, made_by, note)
     VALUES ($1, 'visit', 'reached', '2026-01-02Z', 'a', $2)`,
    [id, marker],
  );
  return id;
}

/** So many days after the start. */
export const later = (days: number) => new Date(START.getTime() + days * 86_400_000);

interface Payload {
  readonly release: Record<string, unknown> | null;
  readonly problem: string | null;
  readonly field: string | null;
}

/** A release as an advocate tells it. */
export const paper = (more: object = {}) => ({
  key: randomUUID(),
  caseId: client,
  recipientAgency: "county-prosecutor",
  recipientName: "Pat Prosecutor, County Prosecutor",
  elements: ["OUTREACH_ADVOCACY"],
  purpose: "Hearing of an order of protection.",
  language: "es",
  explainedBy: "Ann Advocate",
  signedCopy: "Cabinet 2, folder 17",
  ...more,
});

/** Tells a release. */
export async function record(input: object, who: Who = HARBOR): Promise<Payload> {
  const answer = await door.ask(
    who,
    `mutation ($input: RecordReleaseInput!) { recordRelease(input: $input) { problem field
       release { id recipientAgency recipientSubject recipientName elements purpose startsAt expiresAt revokedAt
                 revokedBy language explainedBy signedCopy recordedAt recordedBy } } }`,
    { input },
  );
  return (answer.data as { recordRelease: Payload }).recordRelease;
}

/** Tells a revocation. */
export async function revoke(releaseId: unknown, who: Who = HARBOR, key: string = randomUUID()) {
  const answer = await door.ask(
    who,
    `mutation ($input: RevokeReleaseInput!) { revokeRelease(input: $input) { problem field
       release { id revokedAt revokedBy } } }`,
    { input: { releaseId, key } },
  );
  return (answer.data as { revokeRelease: Payload }).revokeRelease;
}

export const ALL = {
  client: "client { id }",
  clientContact: "clientContact { phone }",
  outreach: "outreach { note }",
  riskAssessments: "riskAssessments { band }",
};

/** Which fields of a case are open to a reader; the rest is RELEASE_REQUIRED. */
export async function open(
  who: Who,
  caseId: string = client,
  fields: readonly (keyof typeof ALL)[] = ["outreach"],
) {
  const answer: Answer = await door.ask(
    who,
    `query ($r: [_Any!]!) { _entities(representations: $r) {
       ... on Case { ${fields.map((f) => ALL[f]).join(" ")} } } }`,
    { r: [{ __typename: "Case", id: caseId, assignedAgency: "harbor-house" }] },
  );
  const [entity] = (answer.data as { _entities: Record<string, unknown>[] })._entities;
  const refused = (answer.errors ?? []).map(({ path, extensions }) => {
    expect(extensions.code).toBe("RELEASE_REQUIRED");
    return (path as string[]).at(-1);
  });
  const shown = fields.filter((field) => entity![field] !== null);
  expect([...shown, ...refused].sort()).toEqual([...fields].sort());
  return shown;
}

interface NamingRelease {
  readonly case: { readonly id: string };
  readonly discloser: string;
  readonly elements: readonly string[];
  readonly expiresAt: string;
}

/** The releases that name a reader, page by page. */
export async function namingMe(who: Who, page: { first?: number; after?: string | null } = {}) {
  const answer = await door.ask(
    who,
    `query ($first: Int! = 50, $after: String) { releasesNamingMe(first: $first, after: $after) { endCursor hasNextPage
       releases { case { id } discloser elements startsAt expiresAt } } }`,
    page,
  );
  return (
    answer.data as {
      releasesNamingMe: { releases: NamingRelease[]; endCursor: string | null; hasNextPage: boolean };
    }
  ).releasesNamingMe;
}

/** Has the tests of a file find two agencies behind one door, and before each a client and a woman who is none. */
export function openAgencies(): void {
  beforeAll(async () => {
    [harbor, passage] = await Promise.all([
      createTestDatabase({ key: "advocacy", migrate }),
      createTestDatabase({ key: "advocacy", migrate }),
    ]);
    door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, () => now);
  });
  afterAll(async () => {
    await door.close();
    await Promise.all([harbor.drop(), passage.drop()]);
  });
  beforeEach(async () => {
    now = START;
    client = await addCase(harbor, "HARBOR-MARKER");
    noClient = await addCase(harbor, null);
  });
}

/** What the clock of the door says from now on. */
export function standAt(instant: Date): void {
  now = instant;
}

import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate } from "./store/database";

/** Who gets through to an agency's records: its own advocates, and nobody by the mere role. */
const NOW = new Date("2026-03-01T12:00:00Z");
const CLIENT_CASE = "11111111-1111-4111-8111-111111111111";
const OTHER_CASE = "22222222-2222-4222-8222-222222222222";

let harbor: TestDatabase;
let passage: TestDatabase;
let databases: ReadonlyMap<string, string>;
let door: TestDoor;

async function fill(url: string, caseId: string, marker: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("INSERT INTO case_assignment VALUES ($1, '2026-01-01Z', 'advocate-1')", [caseId]);
  const { rows } = await client.query<{ id: string }>(
    "INSERT INTO client (case_id, preferred_name, phone, address) VALUES ($1, $2, $2, $2) RETURNING id",
    [caseId, marker],
  );
  await client.query(
    `INSERT INTO outreach (case_id, kind, outcome, made_at, made_by, note)
     VALUES ($1, 'visit', 'reached', '2026-01-02Z', 'advocate-1', $2)`,
    [caseId, marker],
  );
  await client.query(
    `INSERT INTO risk_assessment (client_id, case_id, instrument, instrument_version, answers, band, assessed_at, assessed_by)
     VALUES ($1, $3, 'lap', '1', '{"1": "yes"}', $2, '2026-01-02Z', 'advocate-1')`,
    [rows[0]!.id, marker, caseId],
  );
  await client.query("INSERT INTO safety_plan (client_id, text) VALUES ($1, $2)", [rows[0]!.id, marker]);
  await client.end();
}

beforeAll(async () => {
  [harbor, passage] = await Promise.all([
    createTestDatabase({ key: "advocacy", migrate }),
    createTestDatabase({ key: "advocacy", migrate }),
  ]);
  databases = new Map([
    ["harbor-house", new URL(harbor.url).pathname.slice(1)],
    ["safe-passage", new URL(passage.url).pathname.slice(1)],
  ]);
  await fill(harbor.url, CLIENT_CASE, "HARBOR-MARKER");
  await fill(passage.url, OTHER_CASE, "PASSAGE-MARKER");
  door = await openTestDoor({ "harbor-house": harbor.url, "safe-passage": passage.url }, () => NOW);
});
afterAll(async () => {
  await door.close();
  await Promise.all([harbor.drop(), passage.drop()]);
});
beforeEach(() => door.statements());

const DETECTIVE: Who = { agency: "metro-police", role: "detective" };
const COORDINATOR: Who = { agency: "metro-police", role: "coordinator" };
const PROSECUTOR: Who = { agency: "county-prosecutor", role: "prosecutor" };
const PROBATION: Who = { agency: "county-probation", role: "probation" };
const MESSENGER: Who = { agency: "street-voices", role: "messenger" };
const HARBOR: Who = { agency: "harbor-house", role: "advocate" };
const PASSAGE: Who = { agency: "safe-passage", role: "advocate" };

const FIELDS = {
  outreach: "outreach { id note }",
  riskAssessments: "riskAssessments { id score }",
  clientContact: "clientContact { preferredName phone address }",
  client: "client { id registeredAt }",
} as const;
type FieldName = keyof typeof FIELDS;

const entities = (selection: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { ${selection} } } }`;
const reference = (id: string, assignedAgency: string | null) => ({
  r: [{ __typename: "Case", id, assignedAgency }],
});

const ASKED: [string, ReturnType<typeof reference>][] = [
  ["a client", reference(CLIENT_CASE, "harbor-house")],
  ["a client, by the wrong agency", reference(CLIENT_CASE, "safe-passage")],
  ["a stranger", reference(randomUUID(), "harbor-house")],
  ["an unknown agency", reference(CLIENT_CASE, "no-such-agency")],
  ["an agency named like an inherited property", reference(CLIENT_CASE, "constructor")],
  ["no agency", reference(CLIENT_CASE, null)],
  ["no agency told", { r: [{ __typename: "Case", id: CLIENT_CASE }] } as never],
  ["an id that is none", reference("'; DROP TABLE client; --", "harbor-house")],
];

describe.each<[string, Who, FieldName[]]>([
  ["detective", DETECTIVE, ["outreach", "riskAssessments", "clientContact"]],
  ["coordinator", COORDINATOR, ["outreach", "riskAssessments", "clientContact"]],
  ["prosecutor", PROSECUTOR, ["outreach", "riskAssessments", "clientContact", "client"]],
  ["probation officer", PROBATION, ["clientContact"]],
])("a %s without a release", (_role, who, fields) => {
  test.each(fields)(
    "AV1, AV2: gets one answer for %s, byte for byte, for one statement in the database of the agency named",
    async (field) => {
      const answers = [];
      const statements: string[] = [];
      for (const [, variables] of ASKED) {
        answers.push(await door.ask(who, entities(FIELDS[field]), variables));
        const { assignedAgency } = variables.r[0]!;
        const database = databases.get(assignedAgency ?? "");
        const asked = door.statements();
        expect(asked.map((one) => one.database)).toEqual(database === undefined ? [] : [database]);
        statements.push(...asked.map(({ text }) => text));
      }
      expect(new Set(statements).size).toBe(1);
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers[0]!.data).toEqual({ _entities: [{ [field]: null }] });
      expect(answers[0]!.errors).toEqual([
        expect.objectContaining({
          path: ["_entities", 0, field],
          extensions: { code: "RELEASE_REQUIRED" },
          message: "Shown only under a live release of information that names you.",
        }),
      ]);
    },
  );

  test("AV1: all cases in one request are answered alike", async () => {
    const selection = fields.map((field) => FIELDS[field]).join(" ");
    const representations = ASKED.flatMap(([, { r }]) => r);
    const { data } = await door.ask(who, entities(selection), { r: representations });
    const answers = (data as { _entities: unknown[] })._entities.map((entity) => JSON.stringify(entity));
    expect(answers).toHaveLength(ASKED.length);
    expect(new Set(answers).size).toBe(1);
    // One for each database, though every case is asked for every field.
    expect(
      door
        .statements()
        .map(({ database }) => database)
        .sort(),
    ).toEqual([...databases.values()].sort());
  });
});

describe("an advocate", () => {
  const everything = entities(`${Object.values(FIELDS).join(" ")} safetyPlan { text } releases { id }`);
  const nothing = {
    _entities: [
      {
        outreach: null,
        riskAssessments: null,
        clientContact: null,
        client: null,
        safetyPlan: null,
        releases: null,
      },
    ],
  };

  test("AV3: reads her own agency's records, and the other agency's database is asked nothing", async () => {
    const { data, text } = await door.ask(HARBOR, everything, reference(CLIENT_CASE, "harbor-house"));
    expect(data).toMatchObject({
      _entities: [
        {
          outreach: [{ note: "HARBOR-MARKER" }],
          clientContact: { preferredName: "HARBOR-MARKER", phone: "HARBOR-MARKER", address: "HARBOR-MARKER" },
          client: { registeredAt: expect.stringMatching(/Z$/) as unknown },
          riskAssessments: [{ score: null }],
          safetyPlan: { text: "HARBOR-MARKER" },
        },
      ],
    });
    expect(text).not.toContain("PASSAGE-MARKER");
    const asked = door.statements().map(({ database }) => database);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set([new URL(harbor.url).pathname.slice(1)]));
  });

  test.each([
    ["the agency it is assigned to", "safe-passage"],
    ["her own agency", "harbor-house"],
    ["no agency", null],
  ])("AV3, AV4: of the other agency's case, told with %s, learns nothing", async (_what, agency) => {
    const theirs = await door.ask(HARBOR, everything, reference(OTHER_CASE, agency));
    const nobodys = await door.ask(HARBOR, everything, reference(randomUUID(), agency));
    expect(theirs.data).toEqual(nothing);
    expect(theirs.errors).toBeUndefined();
    expect(theirs.text).toBe(nobodys.text);
    const databases = new Set(door.statements().map(({ database }) => database));
    expect(databases).toEqual(new Set([new URL(harbor.url).pathname.slice(1)]));
  });

  test("AV4: an id that is none is a case that is not there", async () => {
    const answer = await door.ask(HARBOR, everything, reference("no-uuid", "harbor-house"));
    expect(answer).toMatchObject({ status: 200, data: nothing });
    expect(answer.errors).toBeUndefined();
  });

  test("AV3: of an agency without a database has nothing, not even an empty caseload of another's", async () => {
    const cove: Who = { agency: "quiet-cove", role: "advocate" };
    expect((await door.ask(cove, everything, reference(CLIENT_CASE, "harbor-house"))).data).toEqual(nothing);
    expect((await door.ask(cove, "{ myCaseload { cases { id } } }")).data).toEqual({
      myCaseload: { cases: [] },
    });
    expect(door.statements()).toEqual([]);
  });

  test("AV4: each agency's caseload is its own", async () => {
    const caseload = "{ myCaseload { cases { id assignedAgency } } }";
    expect((await door.ask(HARBOR, caseload)).data).toEqual({
      myCaseload: { cases: [{ id: CLIENT_CASE, assignedAgency: "harbor-house" }] },
    });
    expect((await door.ask(PASSAGE, caseload)).data).toEqual({
      myCaseload: { cases: [{ id: OTHER_CASE, assignedAgency: "safe-passage" }] },
    });
  });
});

describe("the second wall", () => {
  const fields = [...Object.values(FIELDS), "safetyPlan { text }", "releases { id }"];
  const revoke = `mutation { revokeRelease(input: { key: "k", releaseId: "${CLIENT_CASE}" })
    { problem } }`;
  const record = `mutation { recordOutreach(input: { key: "k", caseId: "${CLIENT_CASE}", kind: VISIT, outcome: REACHED,
    madeAt: "2026-02-01T00:00:00Z" }) { outreach { id } problem } }`;

  test.each<[string, Who, string]>([
    ["a detective who asks for a safety plan", DETECTIVE, entities("safetyPlan { text }")],
    ["a detective who asks for the client", DETECTIVE, entities("client { id }")],
    ["probation for outreach under an alias", PROBATION, entities("id: outreach { id }")],
    ["a detective for a caseload", DETECTIVE, "{ myCaseload { cases { id } } }"],
    ["an advocate for figures", HARBOR, "{ outreachCounts { total } }"],
    ["a detective who records outreach", DETECTIVE, record],
    ["a prosecutor who revokes a release", PROSECUTOR, revoke],
    ["a prosecutor for the releases of a case", PROSECUTOR, entities("releases { id }")],
    ["an advocate for releases that name her", HARBOR, "{ releasesNamingMe { hasNextPage } }"],
    ["a messenger for releases", MESSENGER, "{ releasesNamingMe { hasNextPage } }"],
    ...(["provider", "messenger", "evaluator", "auditor"] as const).flatMap(
      (role): [string, Who, string][] => {
        const agency = (
          {
            provider: "new-start",
            messenger: "street-voices",
            evaluator: "state-university",
            auditor: "county-audit",
          } as const
        )[role];
        return [
          ...fields.map((field): [string, Who, string] => [
            `${role}: ${field}`,
            { agency, role },
            entities(field),
          ]),
          [`${role}: recordOutreach`, { agency, role }, record],
        ];
      },
    ),
  ])("AV10: refuses %s", async (_what, who, query) => {
    const variables = query.startsWith("query") ? reference(CLIENT_CASE, "harbor-house") : {};
    const answer = await door.ask(who, query, variables);
    expect(answer.status).toBe(403);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toEqual([
      expect.objectContaining({ extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } }),
    ]);
    expect(door.statements()).toEqual([]);
  });
});

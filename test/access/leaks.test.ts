import { randomUUID } from "node:crypto";
import { openHub, type Hub } from "./hub";
import { EVERYBODY, CALLERS, createCredentials, type Caller, type Credentials } from "./callers";
import { verdictOf } from "./verdict";
import { createWorld, type World } from "./world";

/** Ways by which other hubs have leaked, each by its name, at this hub's own doors. */
let world: World;
let credentials: Credentials;
let hub: Hub;

beforeAll(async () => {
  [world, credentials] = await Promise.all([createWorld(), createCredentials()]);
  hub = await openHub(world, credentials);
}, 240_000);
afterAll(async () => {
  await hub?.close();
  await world?.drop();
});

const VIEW = `query ($id: ID!) { person(id: $id) { id identity { familyName } level { level }
  incidents { narrative investigationNotes { text } } intelligence { groupNexus } charges { docket }
  cases { victim { identity { familyName } } safetyPlan { text } } } }`;

const post = (caller: Caller, query: string) =>
  hub.askAs(caller, "gateway", query, { id: world.known.personId });

test.each(EVERYBODY.map((caller) => [caller.name, caller] as const))(
  "HTTP GET: %s gets by it what a POST gives, and no more",
  async (_name, caller) => {
    const search = new URLSearchParams({
      query: VIEW,
      variables: JSON.stringify({ id: world.known.personId }),
    });
    const byGet = await hub.ask("gateway", {
      authorization: credentials.own(caller),
      method: "GET",
      body: String(search),
    });
    const byPost = await post(caller, VIEW);
    expect(JSON.parse(byGet.text)).toEqual(JSON.parse(byPost.text));
  },
);

test("HTTP GET: a mutation is not carried out by it", async () => {
  hub.sent();
  const query = `mutation { confirmLevel(input: { key: "${randomUUID()}", proposalId: "${world.known.openProposalId}", level: B }) { problem } }`;
  const answer = await hub.ask("gateway", {
    authorization: credentials.own(CALLERS.detective),
    method: "GET",
    body: String(new URLSearchParams({ query })),
  });
  expect([answer.status, hub.sent()]).toEqual([405, []]);
});

test.each(["GET", "POST"] as const)("limits: %s is held to them", async (method) => {
  const query = `{ ${Array.from({ length: 30 }, (_, n) => `a${n}: providers { id }`).join(" ")} }`;
  const body = method === "GET" ? String(new URLSearchParams({ query })) : JSON.stringify({ query });
  const { text } = await hub.ask("gateway", {
    authorization: credentials.own(CALLERS.detective),
    method,
    body,
  });
  expect(text).toContain("TOO_MANY_ROOT_FIELDS");
});

test("cache crossing: the same operation of everybody at one time and in turn gives each his own answer", async () => {
  const alone = new Map<Caller, string>();
  for (const caller of EVERYBODY) alone.set(caller, (await post(caller, VIEW)).text);
  const mixed = Array.from({ length: 4 }, () => EVERYBODY).flat();
  const together = await Promise.all(
    mixed.map(async (caller) => [caller, (await post(caller, VIEW)).text] as const),
  );
  for (const [caller, text] of together) expect(text).toBe(alone.get(caller));
  expect(new Set(alone.values()).size).toBeGreaterThan(4);
});

test.each(EVERYBODY.map((caller) => [caller.name, caller] as const))(
  "introspection: %s is shown no field but those of his own view",
  async (_name, caller) => {
    const { data } = await post(caller, "{ __schema { types { name kind fields { name } } } }");
    const { types } = (data as { __schema: { types: { name: string; fields: { name: string }[] | null }[] } })
      .__schema;
    const shown = types
      .filter(({ name }) => !name.startsWith("__"))
      .flatMap(({ name, fields }) => (fields ?? []).map((field) => `${name}.${field.name}`));
    expect(shown.length).toBeGreaterThan(0);
    const forbidden = shown.filter((one) => one !== "Query.nothing" && verdictOf(one, caller.role) === "no");
    expect(forbidden).toEqual([]);
  },
);

test.each(EVERYBODY.map((caller) => [caller.name, caller] as const))(
  "did you mean: %s who misspells a field is told of none",
  async (_name, caller) => {
    const { text } = await post(caller, "{ persons { people { narativ incident intelligenc } } }");
    expect(text).not.toMatch(/did you mean|narrative|incidents|intelligence"/i);
  },
);

test.each(
  EVERYBODY.filter(({ role }) => !["detective", "coordinator"].includes(role)).map(
    (c) => [c.name, c] as const,
  ),
)(
  "a mutation that is cut: %s confirms no level, and law enforcement is not asked to",
  async (_name, caller) => {
    hub.sent();
    const query = `mutation { confirmLevel(input: { key: "${randomUUID()}", proposalId: "${world.known.openProposalId}", level: B }) { problem } }`;
    const { data } = await post(caller, query);
    expect([data, hub.sent()]).toEqual([{ confirmLevel: null }, []]);
  },
);

test("unused variables: what a cut field was asked with does not go to the agency", async () => {
  hub.sent();
  const query = `query ($id: ID!, $kind: ReviewKind) { person(id: $id) { nameForAdvocate { name } }
    incidentReviews(kind: $kind) { endCursor } }`;
  await hub.askAs(CALLERS.advocate, "gateway", query, { id: world.known.personId, kind: "DUAL_PARTY" });
  const sent = hub.sent();
  expect(sent).toHaveLength(1);
  expect(sent[0]!.body).not.toMatch(/kind|DUAL_PARTY/i);
});

test("signature replay: a request of the hub, sent again as it was or over another body, is refused", async () => {
  hub.sent();
  await post(CALLERS.detective, VIEW);
  const [first] = hub.sent();
  const signature = String(first!.headers["x-ipvi-signature"]);
  const bodies = [first!.body, first!.body.replace("narrative", "conferenceSummary")];
  for (const body of bodies) {
    const again = await hub.ask("law-enforcement", { authorization: first!.authorization, body, signature });
    expect([again.status, world.markers.in(again.text)]).toEqual([401, []]);
  }
});

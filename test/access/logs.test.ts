import {
  CALLERS,
  BAD_CREDENTIALS,
  EVERYBODY,
  createCredentials,
  type Caller,
  type Credentials,
} from "./callers";
import { openHub, SUBGRAPHS, type Hub, type Request, type SubgraphName } from "./hub";
import { askForStream, askOverSocket, type Message } from "./stream-shots";
import { createWorld, type World } from "./world";

/**
 * No protected value, token or name stands in anything that the hub's processes write (A16), nor in the answer to a request
 * that failed: asked at every door, at the level of most detail, over a world in which every value can be told from any other.
 */
const DOORS = ["gateway", ...SUBGRAPHS] as const;
type DoorName = (typeof DOORS)[number];

let world: World;
let credentials: Credentials;
let hub: Hub;
/** What went to the console or to the process's own streams. */
let spoken = "";
/** How much was written before the test at hand. */
let before = 0;
const written = () => hub.logs() + spoken;

beforeAll(async () => {
  for (const method of ["log", "info", "warn", "error", "debug", "trace"] as const)
    jest.spyOn(console, method).mockImplementation((...said: unknown[]) => {
      spoken += said.map((one) => (one instanceof Error ? String(one.stack) : JSON.stringify(one))).join(" ");
    });
  for (const stream of [process.stdout, process.stderr]) {
    const pass = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    jest.spyOn(stream, "write").mockImplementation((...args: unknown[]) => {
      spoken += String(args[0]);
      return pass(...args);
    });
  }
  [world, credentials] = await Promise.all([createWorld(), createCredentials()]);
  hub = await openHub(world, credentials);
}, 240_000);
beforeEach(() => {
  before = written().length;
});
afterAll(async () => {
  await hub?.close();
  await world?.drop();
  jest.restoreAllMocks();
});

/** What must stand nowhere, with what it is: every recorded value, every person who asks, and every token, whole and in parts. */
function secrets(): Map<string, string> {
  const found = new Map(world.markers.all.map(({ value, what }) => [value, what]));
  for (const man of [world.known, world.stranger, world.hidden])
    for (const id of [man.personId, ...man.caseIds]) found.set(id, "the id of a record");
  for (const caller of EVERYBODY) {
    found.set(caller.subject, "who asked");
    const tokens = [credentials.own(caller), ...BAD_CREDENTIALS.map((bad) => credentials.bad(caller, bad))];
    for (const token of tokens) {
      const parts = (token ?? "").replace(/^Bearer /, "").split(".");
      // The first part says how it is signed, and is the same for all.
      for (const part of [token ?? "", ...parts.slice(1)]) if (part.length > 20) found.set(part, "a token");
    }
  }
  return found;
}

function found(text: string): string[] {
  return [...secrets()].filter(([value]) => text.includes(value)).map(([value, what]) => `${what}: ${value}`);
}

/** A value that nobody but the advocate of Harbor House may have, and one of the police. */
function someMarkers(): string[] {
  const named = (what: string) => world.markers.all.find((one) => one.what === what)!.value;
  return [named("her address, advocacy side"), named("safety plan"), world.markers.all[0]!.value];
}

const MAN = `query ($id: ID!) { person(id: $id) { identity { familyName aliases } charges { title }
  incidents { narrative investigationNotes { text } } } }`;
const NAME_FOR_ADVOCATE = "query ($id: ID!) { person(id: $id) { nameForAdvocate { familyName } } }";
const CASELOAD =
  "{ myCaseload { cases { id safetyPlan { text } clientContact { address } outreach { note } } } }";
const REFERRALS = "{ myReferrals { referrals { person { id } } } }";
const VIEW = `query ($id: ID!) { person(id: $id) { identity { familyName aliases } nameForAdvocate { familyName }
  charges { title } incidents { narrative investigationNotes { text } } needs { kind } helpPromises { text }
  cases { victim { identity { familyName } } clientContact { address } outreach { note } safetyPlan { text } } } }`;

/** Somebody sees something in each; past the gateway one forbidden field costs the request. */
const DOCUMENTS: Readonly<Record<DoorName, readonly string[]>> = {
  gateway: [VIEW, CASELOAD, REFERRALS],
  "law-enforcement": [MAN, NAME_FOR_ADVOCATE, "{ persons { people { id identity { familyName } } } }"],
  advocacy: [CASELOAD, "{ releasesNamingMe { releases { case { id } } } }"],
  services: [REFERRALS, "{ providers { name } }"],
};
const entities = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Case { clientContact { address } outreach { note } } } }`;

const body = (query: string, variables: object = {}) => JSON.stringify({ query, variables });

/** Requests that hold a value that no log may have, wherever a request can hold one. */
function malformed(marker: string): Partial<Request>[] {
  const declared =
    "query ($id: ID!, $n: Int!) { persons(first: $n) { people { id } } person(id: $id) { id } }";
  return [
    { body: `{"query": "{ ${marker}` },
    { body: marker },
    { body: JSON.stringify([marker]) },
    { body: body(`{ ${marker} }`) },
    { body: body(`{ person(id: "${marker}") { ${marker}: id } `) },
    { body: body(`query ${marker} { person(id: "\\u${marker}") { id } }`) },
    { body: body(`{ persons(${marker}: "${marker}") { people { id } } }`) },
    { body: body(declared, { id: { [marker]: marker }, n: marker }) },
    { body: body(declared, { id: `${marker}\n    at ${marker} (${marker}:1:1)`, n: 1 }) },
    {
      body: body(
        `{ persons(after: "${marker}") { people { id } } myReferrals(after: "${marker}") { endCursor } }`,
      ),
    },
    { body: body(`{ advocacyAccessLog(subject: "${marker}\\u0000") { endCursor } }`) },
    { body: body(`{ ${"a{".repeat(60)} ${marker} ${"}".repeat(60)} }`) },
    { body: body("{ __typename }", { [marker]: "x".repeat(300_000) }) },
    { body: "{}", headers: { "content-type": marker } },
    { body: body("{ __typename }"), headers: { "x-ipvi-purpose": marker } },
    { body: body("{ __typename }"), headers: { "x-ipvi-break-glass": marker } },
    { body: body("{ __typename }"), authorization: `Bearer ${marker}` },
    { body: body("{ __typename }"), signature: marker },
    { body: new URLSearchParams({ query: `{ ${marker} }` }).toString(), method: "GET" },
  ];
}

const ask = (door: DoorName, caller: Caller, request: Partial<Request>) =>
  hub.ask(door, { authorization: credentials.own(caller), body: "", ...request });

async function everythingOf(door: DoorName, caller: Caller): Promise<string[]> {
  const { personId, caseIds } = world.known;
  const of = caseIds.map((id) => ({ __typename: "Case", id, assignedAgency: "harbor-house" }));
  const answers = [];
  for (const document of DOCUMENTS[door]) {
    const variables = document.includes("$id") ? { id: personId } : {};
    answers.push(await ask(door, caller, { body: body(document, variables) }));
  }
  answers.push(await ask(door, caller, { body: body(entities, { of }) }));
  return answers.map(({ text }) => text);
}

describe.each(DOORS)("A16: nothing of what is asked or answered stands in a log: %s", (door) => {
  test("what is answered, or refused to some", async () => {
    for (const caller of EVERYBODY) await everythingOf(door, caller);
    expect(found(written().slice(before))).toEqual([]);
  });

  test("who is refused, with every bad credential", async () => {
    for (const caller of EVERYBODY)
      for (const bad of BAD_CREDENTIALS)
        await ask(door, caller, {
          authorization: credentials.bad(caller, bad),
          body: body(DOCUMENTS[door][0]!, { id: world.known.personId }),
        });
    expect(found(written().slice(before))).toEqual([]);
  });

  test("what is malformed", async () => {
    for (const marker of someMarkers())
      for (const request of malformed(marker)) await ask(door, CALLERS.detective, request);
    expect(found(written().slice(before))).toEqual([]);
  });
});

describe("A16: nor of what is asked or answered as a stream", () => {
  const purpose = { "x-ipvi-purpose": "case-work" };
  const own = (caller: Caller) => ({ ...purpose, authorization: credentials.own(caller) ?? "" });
  const EVENTS = {
    "law-enforcement": [
      "subscription ($after: Cursor) { arrestAlerts(after: $after, historic: true) { person { id } } }",
    ],
    advocacy: [CASELOAD],
    services: [
      "subscription ($after: Cursor) { referralUpdates(after: $after, historic: true) { person { id } } }",
    ],
  };
  const streamOf = (name: SubgraphName, headers: Record<string, unknown>, query: string, after: string) => {
    const { url, secret } = hub.doorOf(name);
    return askForStream(url, secret, headers, { query, variables: { after } });
  };
  const asEvents = (authorization: string | undefined, query: string) =>
    hub.ask("gateway", { authorization, body: body(query), headers: { accept: "text/event-stream" } });

  test("on the gateway's sockets, and as server-sent events", async () => {
    const { url } = hub.doorOf("gateway");
    const asked = DOCUMENTS.gateway.map((query) => ({ query, variables: { id: world.known.personId } }));
    const answers: string[] = [];
    for (const caller of EVERYBODY) {
      answers.push(await askOverSocket(url, own(caller), asked));
      answers.push((await asEvents(own(caller).authorization, CASELOAD)).text);
      for (const bad of BAD_CREDENTIALS) {
        const authorization = credentials.bad(caller, bad);
        await askOverSocket(url, { ...purpose, authorization }, []);
        await asEvents(authorization, CASELOAD);
      }
    }
    // Else there was nothing that could have been written down.
    expect(found(answers.join()).length).toBeGreaterThan(0);
    expect(found(written().slice(before))).toEqual([]);
  });

  test("on the gateway's sockets, malformed", async () => {
    const { url } = hub.doorOf("gateway");
    for (const marker of someMarkers()) {
      const wrong: Message[] = [
        marker,
        `{"type":"${marker}"}`,
        { type: marker, id: marker, payload: marker },
      ];
      for (const message of wrong) await askOverSocket(url, own(CALLERS.detective), [], [message]);
      await askOverSocket(url, { ...purpose, authorization: `Bearer ${marker}` }, []);
      await askOverSocket(url, { ...own(CALLERS.detective), "x-ipvi-purpose": marker, [marker]: marker }, []);
      await askOverSocket(url, own(CALLERS.detective), [
        { query: `{ ${marker}` },
        { query: `subscription { arrestAlerts(after: "${marker}") { ${marker} } }` },
        { query: "query ($id: ID!) { person(id: $id) { id } }", variables: { id: { [marker]: marker } } },
      ]);
    }
    expect(found(written().slice(before))).toEqual([]);
  });

  test.each(SUBGRAPHS)("at an agency's stream door: %s", async (name) => {
    const after = name === "advocacy" ? "" : world.beginnings[name];
    const answers: string[] = [];
    for (const query of EVENTS[name]) {
      for (const caller of EVERYBODY) {
        answers.push(await streamOf(name, own(caller), query, after));
        for (const bad of BAD_CREDENTIALS)
          await streamOf(name, { ...purpose, authorization: credentials.bad(caller, bad) }, query, after);
      }
      for (const marker of someMarkers()) {
        await streamOf(name, own(CALLERS.detective), query, marker);
        await streamOf(name, own(CALLERS.detective), `subscription { ${marker} }`, after);
        await streamOf(name, { ...own(CALLERS.detective), "x-ipvi-purpose": marker }, query, after);
        await streamOf(name, { ...purpose, authorization: `Bearer ${marker}` }, query, after);
      }
    }
    if (name !== "advocacy") expect(found(answers.join()).length).toBeGreaterThan(0);
    expect(found(written().slice(before))).toEqual([]);
  });
});

/** Has every table of the agencies answer a read or a write with an error that quotes the row, as a broken database may. */
async function breakDatabases(): Promise<void> {
  for (const owner of world.databases.owners) {
    await world.databases.ask(
      owner,
      `CREATE FUNCTION quote_row(told jsonb) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
         RAISE EXCEPTION E'cannot read %\\n    at % (%:1:1)\\n    at the end', told, told, told
           USING DETAIL = told, HINT = told, CONSTRAINT = told, TABLE = told, ERRCODE = 'XX001';
       END $$`,
    );
    for (const table of await world.databases.tablesOf(owner)) {
      await world.databases.ask(owner, `ALTER TABLE "${table}" RENAME TO "whole_${table}"`);
      await world.databases.ask(
        owner,
        `CREATE VIEW "${table}" AS SELECT * FROM "whole_${table}" told WHERE quote_row(to_jsonb(told))`,
      );
    }
  }
}

describe("A16: a database that answers with errors in which rows are quoted", () => {
  beforeAll(breakDatabases);

  test.each(DOORS)("tells neither the log nor the caller of them: %s", async (door) => {
    const answers = [];
    for (const caller of EVERYBODY) answers.push(...(await everythingOf(door, caller)));
    const log = written().slice(before);
    // Else nothing failed.
    expect(answers.join()).toMatch(/INTERNAL_SERVER_ERROR|SUBGRAPH_ERROR/);
    expect(log).toContain("a resolver failed");
    expect(found(log)).toEqual([]);
    // Ids that stand in the request may stand in its answer.
    const told = found(answers.join()).filter((one) => !one.startsWith("the id"));
    expect(told).toEqual([]);
  });

  test("an access that cannot be recorded says no more", async () => {
    for (const owner of world.databases.owners)
      await world.databases.ask(
        owner,
        `CREATE OR REPLACE FUNCTION audit.append(contents text[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
           RAISE EXCEPTION E'%\\n    at % (%:1:1)', contents, contents, contents USING DETAIL = contents;
         END $$`,
      );
    const answers = [];
    for (const door of SUBGRAPHS)
      for (const caller of EVERYBODY) answers.push(...(await everythingOf(door, caller)));
    expect(answers.join()).toContain("ACCESS_NOT_RECORDED");
    const log = written().slice(before);
    expect(log).toContain("an access could not be recorded");
    expect(found(log)).toEqual([]);
    expect(found(answers.join())).toEqual([]);
  });
});

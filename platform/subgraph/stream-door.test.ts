import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import pino from "pino";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import type { Access } from "../access-record/access";
import { CallerRefused } from "../caller/caller";
import type { Door } from "../http/graphql-door";
import { SIGNATURE_HEADER } from "../hub-signature/message";
import { TEST_HUB_SECRET, postSigned } from "../hub-signature/signed-fetch.fixture";
import { openAgencyFeed, type AgencyFeed } from "../outbox/open-feed";
import { OUTBOX_ONLY, event, openDatabase, record } from "../outbox/outbox.fixture";
import type { OutboxEvent } from "../outbox/outbox";
import { eventsOf } from "./event-streams";
import { knock, openHubSocket, type HubSocket } from "./hub-socket.fixture";
import type { RequestContext } from "./request-context";
import { SHARED_HEADER, sharedBy } from "./shared-reading";
import { serveSubgraph } from "./serve-subgraph";

const typeDefs = parse(`
  scalar Cursor
  type Query { ok: Boolean }
  type Subscription { arrests(after: Cursor): Arrest secrets: Arrest }
  type Arrest { id: ID! key: String reading: Int }
`);
const ARRESTS = "subscription ($_hubAfter: Cursor) { arrests(after: $_hubAfter) { id key reading } }";
const LONG = 3_600_000;

interface Context extends RequestContext {
  readonly caller: string;
  /** Counts the contexts that were made. */
  readonly reading: number;
}

const log = pino({ level: "silent" });
const hidden = new Set<string>();
const failing = new Map<string, number>();
let accesses: Access[] = [];
let recordFailures = 0;
let readings = 0;
let personal: () => Promise<ReadonlySet<string>> = async () => new Set();

let place: TestDatabase;
let database: DataSource;
let feed: AgencyFeed;
let door: Door;
let socket: HubSocket;

const resolvers = {
  Query: { ok: () => true },
  Subscription: {
    arrests: {
      subscribe: (_root: unknown, args: Record<string, unknown>, context: never) =>
        eventsOf("arrest")({ args, context }),
      resolve: (told: OutboxEvent, _args: unknown, context: Context) => {
        const left = failing.get(told.id) ?? 0;
        failing.set(told.id, left - 1);
        if (left > 0) throw new Error("The database is away.");
        return hidden.has(told.key) ? null : { id: told.id, key: told.key, reading: context.reading };
      },
    },
    secrets: { subscribe: () => [], resolve: () => null },
  },
};

beforeAll(async () => {
  place = await createTestDatabase(OUTBOX_ONLY);
  database = await openDatabase(place.url);
  feed = await openAgencyFeed({
    name: "test",
    databaseUrl: place.url,
    database,
    silentAfter: LONG,
    keptFor: 1_000 * LONG,
    log,
  });
  door = await serveSubgraph<Context>({
    subgraph: { typeDefs, sdl: "", schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }) },
    policy: {
      "Query.ok": "authenticated",
      "Subscription.arrests": ["charges:F"],
      "Subscription.secrets": ["secrets:F"],
      "Arrest.id": "authenticated",
      "Arrest.key": ["charges:F"],
      "Arrest.reading": ["charges:F"],
    },
    verifyToken: async (authorization = "") => {
      const [, subject, lifetime = String(LONG)] = /^Bearer (\w+)(?: (\d+))?$/.exec(authorization) ?? [];
      if (!subject) throw new CallerRefused("TOKEN_MISSING");
      return {
        subject,
        agency: "police",
        roles: ["detective"],
        expiresAt: new Date(Date.now() + Number(lifetime)),
        token: subject,
      };
    },
    hubSecret: TEST_HUB_SECRET,
    contextOf: (caller, stated) => ({
      ...stated,
      scopes: new Set(["charges:F"]),
      caller: caller.subject,
      reading: (readings += 1),
    }),
    recordAccess: async (access) => {
      if (recordFailures > 0) {
        recordFailures -= 1;
        throw new Error("Not now.");
      }
      accesses.push(access);
    },
    feed: feed.feed,
    personalCallers: () => personal(),
    streamLimits: { streamsPerSocket: 20, longestMessage: 10_000 },
    port: 0,
    host: "127.0.0.1",
    ready: async () => true,
    log,
  });
});
afterAll(async () => {
  await door?.close();
  await feed?.close();
  await database?.destroy();
  await place?.drop();
});
beforeEach(async () => {
  accesses = [];
  socket = await openHubSocket(door.url);
});
afterEach(() => socket.close());

const headers = (authorization = "Bearer ann", purpose = "case-work") => ({
  extensions: { headers: { authorization, "x-ipvi-purpose": purpose } },
});
const withGrant = {
  extensions: { headers: { ...headers().extensions.headers, "x-ipvi-break-glass": "any" } },
};
const arrests = (after?: string, more = headers()) =>
  socket.begin({ query: ARRESTS, variables: after === undefined ? {} : { _hubAfter: after }, ...more });
const codesOf = (ending: unknown) =>
  (ending as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);

describe("who may connect", () => {
  test.each([
    ["unsigned", {}],
    ["with a signature of something else", { [SIGNATURE_HEADER]: `${Date.now()}.n.${"A".repeat(43)}` }],
  ])("S1: an upgrade %s is refused with 401 before there is a socket", async (_title, sent) => {
    const stranger = knock(door.url, sent);
    const status = await new Promise((resolve) =>
      stranger.on("unexpected-response", (_request, response) => resolve(response.statusCode)),
    );
    expect(status).toBe(401);
  });

  test.each([
    ["no token", { extensions: { headers: {} } }, "UNAUTHENTICATED"],
    ["no purpose", headers("Bearer ann", ""), "PURPOSE_REQUIRED"],
    ["nothing at all", {}, "UNAUTHENTICATED"],
    ["a break-glass grant", withGrant, "BREAK_GLASS_NOT_STREAMED"],
  ])("S2, S10: a stream with %s is refused, and the socket stays", async (_title, more, code) => {
    expect(codesOf(await socket.begin({ query: ARRESTS, ...more }).end())).toEqual([code]);
    expect((await arrests().next()).extensions.live).toBe(true);
  });

  test.each([
    ["a field that the caller may not see", "subscription { secrets { id } }", "UNAUTHORIZED_FIELD_OR_TYPE"],
    ["a query", "{ ok }", "SUBSCRIPTIONS_ONLY"],
    ["no such field", "subscription { nonsense }", "GRAPHQL_VALIDATION_FAILED"],
  ])("S2: %s is refused", async (_title, query, code) => {
    expect(codesOf(await socket.begin({ query, ...headers() }).end())).toEqual([code]);
  });

  test("S2: a subscription over HTTP is refused", async () => {
    const response = await postSigned(
      door.url,
      { query: ARRESTS },
      { headers: { authorization: "Bearer ann" } },
    );
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect(codesOf(errors)).toEqual(["SUBSCRIPTION_OVER_HTTP"]);
  });

  test("a message longer than the limit ends the socket", async () => {
    const closed = new Promise((resolve) => socket.socket.on("close", resolve));
    socket.begin({ query: "x".repeat(20_000) });
    expect(await closed).toBe(1009);
  });

  test("no more streams than the limit, and one that has ended makes room", async () => {
    const streams = Array.from({ length: 20 }, () => arrests());
    await Promise.all(streams.map((stream) => stream.next()));
    expect(codesOf(await arrests().end())).toEqual(["TOO_MANY_SUBSCRIPTIONS"]);
    streams[0]!.stop();
    for (;;) {
      const again = arrests();
      const first = await again.next().catch(() => null);
      if (first?.extensions.live) break;
    }
  });
});

describe("events", () => {
  test("S3: without `after` it says at once where it begins; then events come in order with cursor and position", async () => {
    const stream = arrests();
    const mark = await stream.next();
    expect(mark).toEqual({
      data: null,
      extensions: {
        cursor: expect.any(String) as string,
        position: expect.any(String) as string,
        live: true,
      },
    });
    const [one, two] = [event(), event()];
    await record(database, one);
    await record(database, two);
    const told = [await stream.next(), await stream.next()];
    expect(told.map(({ data }) => (data?.["arrests"] as { key: string }).key)).toEqual([one.key, two.key]);
    const positions = [mark, ...told].map(({ extensions }) => extensions.position!);
    expect([...positions].sort()).toEqual(positions);
  });

  test("S3: with `after` the past comes first, then the mark, then what is new; other topics do not come", async () => {
    const begun = await arrests().next();
    const [one, two] = [event(), event()];
    await record(database, event({ topic: "level" }));
    await record(database, one);
    const stream = arrests(begun.extensions.cursor);
    expect((await stream.next()).data).toMatchObject({ arrests: { key: one.key } });
    expect((await stream.next()).extensions.live).toBe(true);
    await record(database, two);
    expect((await stream.next()).data).toMatchObject({ arrests: { key: two.key } });
  });

  test("S4: what the caller may not see at that moment is passed over, replayed or live; later it is told", async () => {
    const begun = await arrests().next();
    const [secret, open] = [event(), event()];
    hidden.add(secret.key);
    const live = arrests();
    await live.next();
    await record(database, secret);
    await record(database, open);
    expect((await live.event()).data).toMatchObject({ arrests: { key: open.key } });
    expect((await arrests(begun.extensions.cursor).event()).data).toMatchObject({
      arrests: { key: open.key },
    });
    hidden.delete(secret.key);
    expect((await arrests(begun.extensions.cursor).event()).data).toMatchObject({
      arrests: { key: secret.key },
    });
  });

  const told = async (stream: ReturnType<typeof arrests>) =>
    (await stream.next()).data?.["arrests"] as { key: string; reading: number };

  test("S4: events that come together are read together; what comes later is read then", async () => {
    const stream = arrests();
    await stream.next();
    await record(database, event(), event());
    const [one, two] = [await told(stream), await told(stream)];
    expect(two.reading).toBe(one.reading);
    await record(database, event());
    expect((await told(stream)).reading).toBeGreaterThan(two.reading);
  });

  test("S5: an event whose reading fails is read again, and comes before the next one, which is read after it", async () => {
    const begun = await arrests().next();
    const events = [event(), event(), event()];
    for (const one of events) await record(database, one);
    const rows: { id: string }[] = await database.query("SELECT id FROM outbox.event WHERE key = $1", [
      events[1]!.key,
    ]);
    failing.set(rows[0]!.id, 3);
    const stream = arrests(begun.extensions.cursor);
    const [one, two, three] = [await told(stream), await told(stream), await told(stream)];
    expect([one, two, three].map(({ key }) => key)).toEqual(events.map(({ key }) => key));
    expect(two.reading).toBeGreaterThan(one.reading);
    expect(three.reading).toBeGreaterThan(two.reading);
  });

  test("S6: an event leaves after its access is recorded; one passed over writes nothing", async () => {
    // Nobody else's: what earlier tests have begun to read is recorded too.
    const stream = arrests(undefined, headers("Bearer sue"));
    await stream.next();
    const [secret, open] = [event(), event()];
    hidden.add(secret.key);
    recordFailures = 2;
    await record(database, secret);
    await record(database, open);
    const told = (await stream.next()).data?.["arrests"] as { id: string };
    expect(recordFailures).toBe(0);
    expect(accesses.filter(({ reader }) => reader.subject === "sue")).toEqual([
      expect.objectContaining({
        reader: expect.objectContaining({ purpose: "case-work" }) as unknown,
        fields: ["Arrest.key", "Arrest.reading", "Subscription.arrests"],
        records: [{ type: "Arrest", id: told.id, representation: null, provenance: null }],
        outcome: "answered",
      }),
    ]);
  });

  test.each([
    ["rubbish", "CURSOR_MALFORMED"],
    [Buffer.concat([Buffer.of(1), Buffer.alloc(24)]).toString("base64url"), "CURSOR_FOREIGN"],
  ])("S7: the cursor %s ends the stream with %s", async (cursor, code) => {
    expect(codesOf(await arrests(cursor).end())).toEqual([code]);
  });

  test("S7: a cursor older than what is kept ends the stream with the oldest there is", async () => {
    const stream = arrests();
    const { extensions } = await stream.next();
    await record(database, event());
    // The feed itself has passed it, and goes on.
    await stream.next();
    await database.query(
      `UPDATE outbox.floor SET (epoch, xid, position) =
         (SELECT epoch, xid, position FROM outbox.event ORDER BY epoch DESC, xid DESC, position DESC LIMIT 1)`,
    );
    const [error] = (await arrests(extensions.cursor).end()) as { extensions: Record<string, string> }[];
    expect(error?.extensions).toEqual({ code: "CURSOR_EXPIRED", oldest: expect.any(String) as string });
    expect((await arrests(error?.extensions["oldest"]).next()).extensions.live).toBe(true);
  });

  test("S8: a stream ends with TOKEN_EXPIRED when its token does, and others do not", async () => {
    const brief = arrests(undefined, headers("Bearer ann 300"));
    const lasting = arrests();
    expect(codesOf(await brief.end())).toEqual(["TOKEN_EXPIRED"]);
    await lasting.next();
    const one = event();
    await record(database, one);
    expect((await lasting.next()).data).toMatchObject({ arrests: { key: one.key } });
  });

  test("S8: a stream that the hub completes is read no more, and its subscription is gone", async () => {
    const stream = arrests();
    await stream.next();
    stream.stop();
    const other = arrests();
    await other.next();
    const before = accesses.length;
    await record(database, event());
    await other.next();
    expect(accesses.length - before).toBe(1);
  });
});

describe("audiences", () => {
  const watch = (authorization = "Bearer ann") =>
    socket.begin({
      query: "{ __typename }",
      extensions: { ...headers(authorization).extensions, watch: true },
    });
  const audience = async (stream: ReturnType<typeof watch>) => (await stream.next()).extensions.audience;

  test("S9: callers of one role and agency share one; whoever has facts of his own, and whoever gets some, has his", async () => {
    let known = new Set(["police/bob"]);
    personal = async () => known;
    const [ann, amy, bob] = [watch(), watch("Bearer amy"), watch("Bearer bob")];
    const [ofAnn, ofAmy, ofBob] = [await audience(ann), await audience(amy), await audience(bob)];
    expect(ofAnn).toBe(ofAmy);
    expect(ofBob).not.toBe(ofAnn);
    known = new Set(["police/ann"]);
    const [alone, shared] = [await audience(ann), await audience(bob)];
    expect(shared).toBe(ofAmy);
    expect([ofAnn, ofBob]).not.toContain(alone);
  });

  test("S9: while the facts cannot be read everybody is alone", async () => {
    personal = async () => new Set();
    const [cal, cat] = [watch("Bearer cal"), watch("Bearer cat")];
    const together = await audience(cal);
    expect(await audience(cat)).toBe(together);
    personal = () => Promise.reject(new Error("Away."));
    const [ofCal, ofCat] = [await audience(cal), await audience(cat)];
    expect(new Set([ofCal, ofCat, together]).size).toBe(3);
    personal = async () => new Set();
    expect(await audience(cal)).toBe(together);
  });

  describe("S12: what is read for several is told only while its reader sees what they see", () => {
    const shared = (audiences: readonly string[]) => ({
      extensions: {
        headers: { ...headers("Bearer tom").extensions.headers, [SHARED_HEADER]: sharedBy(audiences) },
      },
    });
    const police = JSON.stringify(["detective", "police"]);
    const known = new Set<string>();
    beforeEach(() => {
      known.clear();
      personal = () => Promise.resolve(new Set(known));
    });

    test("an event recorded with the fact that parts them is told to nobody by him, whom nobody has told of it yet", async () => {
      const stream = arrests(undefined, shared([police]));
      await stream.next();
      await record(database, event());
      await stream.event();
      known.add("police/tom");
      await record(database, event());
      expect(codesOf(await stream.end())).toEqual(["AUDIENCE_CHANGED"]);
      // It was read, and that is said.
      expect(accesses.filter(({ reader }) => reader.subject === "tom")).toHaveLength(2);
    });

    test("facts that cannot be read part everybody from everybody", async () => {
      personal = () => Promise.reject(new Error("Away."));
      const stream = arrests(undefined, shared([police]));
      await stream.next();
      await record(database, event());
      expect(codesOf(await stream.end())).toEqual(["AUDIENCE_CHANGED"]);
    });

    test.each([
      ["another role's audience", shared([JSON.stringify(["advocate", "police"])])],
      [
        "no value of the hub's",
        { extensions: { headers: { ...shared([]).extensions.headers, [SHARED_HEADER]: "%" } } },
      ],
    ])("%s is not his", async (_what, asked) => {
      const stream = arrests(undefined, asked);
      await stream.next();
      await record(database, event());
      expect(codesOf(await stream.end())).toEqual(["AUDIENCE_CHANGED"]);
    });

    test("over HTTP too: an answer that is not for them is an error without data", async () => {
      const ask = async (more: Record<string, string>) => {
        const given = { ...headers("Bearer tom").extensions.headers, ...more };
        const response = await postSigned(door.url, { query: "{ ok }" }, { headers: given });
        return { status: response.status, body: (await response.json()) as unknown };
      };
      const told = { status: 200, body: { data: { ok: true } } };
      expect(await ask({})).toEqual(told);
      expect(await ask({ [SHARED_HEADER]: sharedBy([police]) })).toEqual(told);
      known.add("police/tom");
      expect(await ask({ [SHARED_HEADER]: sharedBy([police]) })).toEqual({
        status: 200,
        body: { errors: [expect.objectContaining({ extensions: { code: "AUDIENCE_CHANGED" } })] },
      });
      expect(await ask({})).toEqual(told);
    });
  });

  test("S9: a watch without a token is refused; with one it ends with the token", async () => {
    expect(codesOf(await watch("").end())).toEqual(["UNAUTHENTICATED"]);
    expect(codesOf(await watch("Bearer ann 200").end())).toEqual(["TOKEN_EXPIRED"]);
  });
});

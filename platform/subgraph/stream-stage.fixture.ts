import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import pino from "pino";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import type { Access } from "../access-record/access";
import { CallerRefused } from "../caller/caller";
import type { Door } from "../http/graphql-door";
import { TEST_HUB_SECRET } from "../hub-signature/signed-fetch.fixture";
import { openAgencyFeed, type AgencyFeed } from "../outbox/open-feed";
import { OUTBOX_ONLY, openDatabase } from "../outbox/outbox.fixture";
import type { OutboxEvent } from "../outbox/outbox";
import { openDoor, type Door as DatabaseDoor } from "../postgres/door.fixture";
import { eventsOf } from "./event-streams";
import { openHubSocket, type HubSocket } from "./hub-socket.fixture";
import type { RequestContext } from "./request-context";
import { serveSubgraph } from "./serve-subgraph";

const typeDefs = parse(`
  scalar Cursor
  type Query { ok: Boolean }
  type Subscription { arrests(after: Cursor): Arrest secrets: Arrest }
  type Arrest { id: ID! key: String reading: Int }
`);
export const ARRESTS = "subscription ($_hubAfter: Cursor) { arrests(after: $_hubAfter) { id key reading } }";
const LONG = 3_600_000;

interface Context extends RequestContext {
  readonly caller: string;
  /** Counts the contexts that were made. */
  readonly reading: number;
}

const log = pino({ level: "silent" });

/** The door, and what the agency behind it is told to do. */
interface Stage {
  database: DataSource;
  /** Before the database, as the feed reads it. */
  databaseDoor: DatabaseDoor;
  door: Door;
  socket: HubSocket;
  /** Persons of whom nothing may be seen. */
  readonly hidden: Set<string>;
  /** By event: how often its reading is still to fail. */
  readonly failing: Map<string, number>;
  /** Recorded since the test began. */
  accesses: Access[];
  /** How often recording is still to fail. */
  recordFailures: number;
  personal: () => Promise<ReadonlySet<string>>;
}

export const stage: Stage = {
  ...({} as Pick<Stage, "database" | "databaseDoor" | "door" | "socket">),
  hidden: new Set(),
  failing: new Map(),
  accesses: [],
  recordFailures: 0,
  personal: async () => new Set(),
};

let readings = 0;

let place: TestDatabase;
let feed: AgencyFeed;

const resolvers = {
  Query: { ok: () => true },
  Subscription: {
    arrests: {
      subscribe: (_root: unknown, args: Record<string, unknown>, context: never) =>
        eventsOf("arrest")({ args, context }),
      resolve: (told: OutboxEvent, _args: unknown, context: Context) => {
        const left = stage.failing.get(told.id) ?? 0;
        stage.failing.set(told.id, left - 1);
        if (left > 0) throw new Error("The database is away.");
        return stage.hidden.has(told.key) ? null : { id: told.id, key: told.key, reading: context.reading };
      },
    },
    secrets: { subscribe: () => [], resolve: () => null },
  },
};

/** Has every test of a file find the door open, with a socket of its own. */
export function raiseStage(): void {
  beforeAll(async () => {
    place = await createTestDatabase(OUTBOX_ONLY);
    stage.database = await openDatabase(place.url);
    stage.databaseDoor = await openDoor(place.url);
    feed = await openAgencyFeed({
      name: "test",
      databaseUrl: stage.databaseDoor.url,
      database: stage.database,
      silentAfter: LONG,
      keptFor: 1_000 * LONG,
      log,
    });
    stage.door = await serveSubgraph<Context>({
      subgraph: {
        typeDefs,
        sdl: "",
        schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
      },
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
        if (stage.recordFailures > 0) {
          stage.recordFailures -= 1;
          throw new Error("Not now.");
        }
        stage.accesses.push(access);
      },
      feed: feed.feed,
      personalCallers: () => stage.personal(),
      streamLimits: { streamsPerSocket: 20, longestMessage: 10_000 },
      port: 0,
      host: "127.0.0.1",
      ready: async () => true,
      log,
    });
  });
  afterAll(async () => {
    await stage.door?.close();
    await feed?.close();
    await stage.databaseDoor?.close();
    await stage.database?.destroy();
    await place?.drop();
  });
  beforeEach(async () => {
    stage.accesses = [];
    stage.socket = await openHubSocket(stage.door.url);
  });
  afterEach(() => stage.socket.close());
}

export const headers = (authorization = "Bearer ann", purpose = "case-work") => ({
  extensions: { headers: { authorization, "x-ipvi-purpose": purpose } },
});
export const arrests = (after?: string, more = headers()) =>
  stage.socket.begin({ query: ARRESTS, variables: after === undefined ? {} : { _hubAfter: after }, ...more });
export const codesOf = (ending: unknown) =>
  (ending as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);

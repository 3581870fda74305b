import { raiseWalls } from "./walls";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse, type GraphQLSchema } from "graphql";
import pino from "pino";
import { Pool } from "undici";
import { startGateway } from "../../gateway/main";
import { SIGNATURE_HEADER } from "../../platform/hub-signature/message";
import { createHubSigner } from "../../platform/hub-signature/sign";
import { openHubSocket, type HubSocket } from "../../platform/subgraph/hub-socket.fixture";
import { createAgencyCall } from "../../platform/agency-call/call";
import { createTokenVerifier } from "../../platform/caller/verify-token";
import { PROJECT_ROOT } from "../../platform/project-root";
import { readInstruments } from "../../subgraphs/advocacy/instrument-files";
import { TEST_VICTIM_LETTERS } from "../../subgraphs/advocacy/letters.fixture";
import { startAdvocacy } from "../../subgraphs/advocacy/main";
import { askLawEnforcement } from "../../subgraphs/advocacy/offender-addresses";
import { askAdvocacy } from "../../subgraphs/law-enforcement/advocacy-holds";
import { readEscalation } from "../../subgraphs/law-enforcement/escalation-file";
import { readProtocol } from "../../subgraphs/law-enforcement/protocol-file";
import { TEST_LETTERS } from "../../subgraphs/law-enforcement/letters.fixture";
import { readTierRules } from "../../subgraphs/law-enforcement/tier-rules-file";
import { startLawEnforcement } from "../../subgraphs/law-enforcement/main";
import { startServices } from "../../subgraphs/services/main";
import type { Caller, Credentials } from "./callers";
import { spyOn, type SentRequest } from "./spy";
import type { World } from "./world";

export const SUBGRAPHS = ["law-enforcement", "advocacy", "services"] as const;
export type SubgraphName = (typeof SUBGRAPHS)[number];

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface GraphQLAnswer extends Answer {
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** What is sent to a door; headers besides are the caller's. */
export interface Request {
  readonly authorization: string | undefined;
  readonly body: string;
  readonly method?: "POST" | "GET";
  readonly headers?: Readonly<Record<string, string>>;
  /** To a subgraph: the hub's signature. Left out: signed as the hub does; "": not signed. */
  readonly signature?: string;
}

/** The hub with its three agencies in this process, behind real doors, with everything that passes between them told. */
export interface Hub {
  ask(to: "gateway" | SubgraphName, request: Request): Promise<Answer>;
  /** Asks for a caller with his own token. */
  askAs(
    caller: Caller,
    to: "gateway" | SubgraphName,
    query: string,
    variables?: object,
  ): Promise<GraphQLAnswer>;
  /** What is told of an agency's past to a caller, past the gateway; or that he is refused. */
  eventsAs(caller: Caller, from: SubgraphName, query: string): Promise<"refused" | unknown[]>;
  /** Where each door is, and what the hub shares with the agency behind it. */
  doorOf(name: "gateway" | SubgraphName): { readonly url: string; readonly secret: string };
  /** The requests that the gateway sent to the subgraphs since the last call. */
  sent(): SentRequest[];
  /** What the hub's processes wrote into their logs so far. */
  logs(): string;
  close(): Promise<void>;
}

const sdlOf = (subgraph: SubgraphName) =>
  readFileSync(join(PROJECT_ROOT, "schema", `${subgraph}.graphql`), "utf8");

/** The schema of one agency with the fields of the federation protocol, from what is checked in. */
export function schemaOf(subgraph: SubgraphName): GraphQLSchema {
  return buildSubgraphSchema({ typeDefs: parse(sdlOf(subgraph)) });
}

const PURPOSE = { "x-ipvi-purpose": "case-work" };

/** What the hub shares with each agency. */
export const HUB_SECRETS: Readonly<Record<SubgraphName, string>> = {
  "law-enforcement": "shared-with-law-enforcement-alone-0123456789",
  advocacy: "shared-with-advocacy-alone-0123456789",
  services: "shared-with-services-alone-0123456789",
};

/** What law enforcement and the advocacy side share. */
const HOLDS_SECRET = "shared-by-the-two-for-holds-alone-0123456789";

/** Opens the hub over a world; `walls` says which of its walls are there. */
export async function openHub(
  world: World,
  credentials: Credentials,
  walls = { gateway: true, subgraphs: true },
): Promise<Hub> {
  let written = "";
  const log = pino({ level: "trace" }, { write: (line: string) => void (written += line) });
  const verifyToken = createTokenVerifier(credentials.issuers);
  const common = (name: SubgraphName) => ({
    ...{ port: 0, host: "127.0.0.1", verifyToken, log, poolSize: 8, hubSecret: HUB_SECRETS[name] },
  });
  const feed = { silentAfter: 3_600_000, keptFor: 3_600_000_000 };
  const signers = new Map(SUBGRAPHS.map((name) => [name as string, createHubSigner(HUB_SECRETS[name])]));
  const { urls } = world.databases;
  let sent: SentRequest[] = [];

  raiseWalls(walls);
  const advocacy = await startAdvocacy({
    ...common("advocacy"),
    databases: urls.advocacy,
    letters: TEST_VICTIM_LETTERS,
    holdTerms: { longestHours: 72 },
    outreachTerms: { safeContactDays: 180, correctsWithinDays: 30, timeZone: "UTC", tasks: [] },
    instruments: readInstruments(join(PROJECT_ROOT, "site/instruments")),
    // It starts first, and asks later.
    offenderAddresses: { of: (...asked) => askLawEnforcement(addressesCall()).of(...asked) },
    holdsSecret: HOLDS_SECRET,
    releaseTerms: { defaultDays: 30, longestDays: 365, recipients: new Set(["new-start"]) },
  });
  const addressesCall = () =>
    createAgencyCall({ url: new URL("/addresses", doors["law-enforcement"].url).href, secret: HOLDS_SECRET });
  const holdsUrl = new URL("/holds", advocacy.url).href;
  const doors = {
    "law-enforcement": await startLawEnforcement({
      advocacyAgencies: ["harbor-house", "safe-passage"],
      ...common("law-enforcement"),
      databaseUrl: urls.lawEnforcement,
      feed,
      tierRules: readTierRules(join(PROJECT_ROOT, "site", "tier-rules.json")),
      agencies: new Set(["metro-police", "county-prosecutor"]),
      protocol: readProtocol(join(PROJECT_ROOT, "site", "protocol.json")),
      escalation: readEscalation(join(PROJECT_ROOT, "site", "escalation.json")),
      letters: TEST_LETTERS,
      advocacyHolds: askAdvocacy(createAgencyCall({ url: holdsUrl, secret: HOLDS_SECRET })),
      advocacySecret: HOLDS_SECRET,
    }),
    advocacy,
    services: await startServices({ ...common("services"), databaseUrl: urls.services, feed }),
  };
  const spies = await Promise.all(
    SUBGRAPHS.map(
      async (name) => [name, await spyOn(name, doors[name].url, (one) => sent.push(one))] as const,
    ),
  );
  const gateway = await startGateway({
    supergraphFile: join(PROJECT_ROOT, "schema", "supergraph.graphql"),
    addresses: Object.fromEntries(spies.map(([name, spy]) => [name, spy.url])),
    access: {
      verifyToken,
      scopesFile: join(PROJECT_ROOT, "schema", "scopes.json"),
      hubSecrets: HUB_SECRETS,
    },
    ...{ port: 0, host: "127.0.0.1", log },
  });
  const all = { gateway, ...doors };
  const pools = new Map(
    Object.entries(all).map(([name, door]) => [
      name,
      new Pool(new URL(door.url).origin, { connections: 32 }),
    ]),
  );

  const ask: Hub["ask"] = async (to, request) => {
    const { authorization, body, method = "POST" } = request;
    const target = method === "GET" ? `/graphql?${body}` : "/graphql";
    const sent = method === "POST" ? body : "";
    const headers: Record<string, string> = {
      ...PURPOSE,
      ...(method === "POST" ? { "content-type": "application/json" } : {}),
      ...(authorization === undefined ? {} : { authorization }),
      ...request.headers,
    };
    const signature = request.signature ?? signers.get(to)?.({ method, target, headers }, sent);
    if (signature) headers[SIGNATURE_HEADER] = signature;
    const answer = await pools
      .get(to)!
      .request({ method, path: target, headers, ...(method === "POST" ? { body } : {}) });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
  const sockets = new Map<SubgraphName, Promise<HubSocket>>();
  const socketOf = (name: SubgraphName) => {
    const open = sockets.get(name) ?? openHubSocket(doors[name].url, HUB_SECRETS[name]);
    sockets.set(name, open);
    return open;
  };
  return {
    eventsAs: async (caller, from, query) => {
      const headers = { ...PURPOSE, authorization: credentials.own(caller) };
      const stream = (await socketOf(from)).begin({ query, extensions: { headers } });
      const told: unknown[] = [];
      try {
        for (;;) {
          const { data, extensions } = await stream.next();
          if (extensions.live) break;
          told.push(data);
        }
      } catch (error) {
        if (String(error).includes("UNAUTHORIZED_FIELD_OR_TYPE")) return "refused";
        throw error;
      }
      stream.stop();
      return told;
    },
    ask,
    doorOf: (name) => ({ url: all[name].url, secret: name === "gateway" ? "" : HUB_SECRETS[name] }),
    askAs: async (caller, to, query, variables = {}) => {
      const body = JSON.stringify({ query, variables });
      const answer = await ask(to, { authorization: credentials.own(caller), body });
      const { data, errors = [] } = JSON.parse(answer.text) as Partial<GraphQLAnswer>;
      return { ...answer, data, errors };
    },
    sent: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    logs: () => written,
    close: async () => {
      for (const socket of sockets.values()) (await socket).close();
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      await gateway.close();
      await Promise.all(spies.map(([, spy]) => spy.close()));
      await Promise.all(Object.values(doors).map((door) => door.close()));
      raiseWalls({ gateway: true, subgraphs: true });
    },
  };
}

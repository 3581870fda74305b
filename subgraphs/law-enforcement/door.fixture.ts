import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { Client } from "pg";
import { join } from "node:path";
import pino from "pino";
import { AUDIENCE, createTokenVerifier, type VerifyToken } from "../../platform/caller/verify-token";
import { TEST_HUB_SECRET, postSigned } from "../../platform/hub-signature/signed-fetch.fixture";
import { ROLES } from "../../policy/matrix";
import type { AdvocacyHolds } from "./advocacy-holds";
import type { Protocol } from "./domain/protocol";
import { RULES as TEST_ESCALATION } from "./domain/escalation.fixture";
import { TEST_LETTERS } from "./letters.fixture";
import { startLawEnforcement } from "./main";
import { readTierRules } from "./tier-rules-file";

/** The partners as far as they knock here; the last one may hold every role at once, so that it can ask everything. */
const ROLES_OF_AGENCIES = {
  "metro-police": ["detective", "coordinator"],
  "county-prosecutor": ["prosecutor"],
  "county-probation": ["probation"],
  "harbor-house": ["advocate"],
  "safe-passage": ["advocate"],
  "new-start": ["provider"],
  "street-voices": ["messenger"],
  "state-university": ["evaluator"],
  "county-audit": ["auditor"],
  everything: ROLES,
};

/** Nobody answers for the advocacy side, so that nothing is released. */
const SILENT: AdvocacyHolds = { ask: () => Promise.resolve(null) };

/** The site's protocol, and B as it must be. */
export const TEST_PROTOCOL: Protocol = {
  id: "test-protocol",
  version: 1,
  levels: {
    A: { means: [], withinHours: null, gated: true },
    B: { means: ["call-in", "custom-notification"], withinHours: null, gated: true },
    C: { means: ["notification"], withinHours: 48, gated: false },
    D: { means: ["letter"], withinHours: 168, gated: false },
  },
  failedAttempts: 2,
  panel: { members: 3, agencies: 2 },
  releaseHoldsHours: 24,
};

/** Who asks: roles at an agency. */
export interface Who {
  readonly agency: keyof typeof ROLES_OF_AGENCIES;
  readonly roles: readonly string[];
  readonly subject?: string;
}

/** One answer, as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

export interface TestDoor {
  readonly url: string;
  ask(
    who: Who | null,
    query: string,
    variables?: Record<string, unknown>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  tokenOf(who: Who): Promise<string>;
  readonly verifyToken: VerifyToken;
  /** How many statements the database got since the last call, those of the access record and the feed aside. */
  statements(): number;
  close(): Promise<void>;
}

/** Taken before any door is watched: a second one must not call the first one's watcher. */
const original = Reflect.get(Client.prototype, "query") as (...args: unknown[]) => unknown;
/** The record of accesses is written, and the feed read, on connections of their own, in statements of their own schemas. */
function isOfServer(statement: unknown): boolean {
  const text = typeof statement === "string" ? statement : (statement as { text: string }).text;
  return /audit\.|outbox\.|^LISTEN /.test(text);
}

function countStatements(): { taken(): number; stop(): void } {
  let seen = 0;
  const spy = jest.spyOn(Client.prototype, "query") as unknown as jest.SpyInstance<unknown, unknown[]>;
  spy.mockImplementation(function (this: Client, ...args: unknown[]) {
    if (!isOfServer(args[0])) seen += 1;
    return Reflect.apply(original, this, args);
  });
  return {
    taken() {
      const taken = seen;
      seen = 0;
      return taken;
    },
    stop: () => spy.mockRestore(),
  };
}

export const TEST_ADVOCACY_SECRET = "shared-with-advocacy-alone-by-this-test-01";

/** The subgraph behind its real door, with keys made here and every statement counted. */
export async function openTestDoor(
  databaseUrl: string,
  now: Date | (() => Date),
  advocacyHolds: AdvocacyHolds = SILENT,
): Promise<TestDoor> {
  const keys = await generateKeyPair("EdDSA");
  const jwk = { ...(await exportJWK(keys.publicKey)), alg: "EdDSA" };
  const issuers = Object.entries(ROLES_OF_AGENCIES).map(([agency, roles]) => ({
    issuer: `https://id.${agency}.example`,
    agency,
    roles,
    keys: { keys: [jwk] },
  }));
  const verifyToken = createTokenVerifier(issuers);
  const count = countStatements();
  const door = await startLawEnforcement({
    databaseUrl,
    port: 0,
    host: "127.0.0.1",
    verifyToken,
    hubSecret: TEST_HUB_SECRET,
    feed: { silentAfter: 3_600_000, keptFor: 3_600_000_000 },
    agencies: new Set(Object.keys(ROLES_OF_AGENCIES)),
    tierRules: readTierRules(join(__dirname, "../../site/tier-rules.json")),
    protocol: TEST_PROTOCOL,
    advocacyAgencies: ["harbor-house", "safe-passage"],
    escalation: TEST_ESCALATION,
    advocacyHolds,
    advocacySecret: TEST_ADVOCACY_SECRET,
    letters: TEST_LETTERS,
    log: pino({ level: "silent" }),
    // One connection: a pool that opens a second one under way would change the count.
    poolSize: 1,
    now: typeof now === "function" ? now : () => now,
  });

  async function tokenOf({ agency, roles, subject = "someone" }: Who): Promise<string> {
    return new SignJWT({ roles })
      .setProtectedHeader({ alg: "EdDSA" })
      .setSubject(subject)
      .setIssuer(`https://id.${agency}.example`)
      .setAudience(AUDIENCE)
      .setExpirationTime("5m")
      .sign(keys.privateKey);
  }

  return {
    url: door.url,
    tokenOf,
    verifyToken,
    async ask(who, query, variables = {}, more = {}) {
      const headers = { ...(who ? { authorization: `Bearer ${await tokenOf(who)}` } : {}), ...more };
      const response = await postSigned(door.url, { query, variables }, { headers });
      const text = await response.text();
      return { status: response.status, text, ...(JSON.parse(text) as Omit<Answer, "status" | "text">) };
    },
    statements: () => count.taken(),
    close: async () => {
      await door.close();
      count.stop();
    },
  };
}

import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { Client } from "pg";
import pino from "pino";
import { AUDIENCE, createTokenVerifier } from "../../platform/caller/verify-token";
import { TEST_HUB_SECRET, postSigned } from "../../platform/hub-signature/signed-fetch.fixture";
import { startServices } from "./main";

/** The partners as far as they knock here. */
const ROLES_OF_AGENCIES = {
  "harbor-house": ["advocate"],
  "safe-passage": ["advocate"],
  "metro-police": ["detective", "coordinator"],
  "county-prosecutor": ["prosecutor"],
  "county-probation": ["probation"],
  "new-start": ["provider"],
  "open-door": ["provider"],
  "street-voices": ["messenger"],
  "state-university": ["evaluator"],
  "county-audit": ["auditor"],
};
export type Agency = keyof typeof ROLES_OF_AGENCIES;

/** Who asks: a role at an agency. */
export interface Who {
  readonly agency: Agency;
  readonly role: string;
  readonly subject?: string;
}

/** One answer, as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors?: readonly { readonly path?: unknown; readonly extensions: { readonly code: string } }[];
}

export interface TestDoor {
  readonly url: string;
  /** The value of the authorization header. */
  tokenOf(who: Who): Promise<string>;
  ask(who: Who, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Every statement since the last call, by the door or by the test; those of the access record aside. */
  statements(): { readonly database: string; readonly text: string }[];
  close(): Promise<void>;
}

/** Taken before any door is watched: a second one must not call the first one's watcher. */
const original = Reflect.get(Client.prototype, "query") as (...args: unknown[]) => unknown;

function watchStatements(): { taken(): { database: string; text: string }[]; stop(): void } {
  let seen: { database: string; text: string }[] = [];
  const spy = jest.spyOn(Client.prototype, "query") as unknown as jest.SpyInstance<unknown, unknown[]>;
  spy.mockImplementation(function (this: Client, ...args: unknown[]) {
    const [first] = args;
    const text = typeof first === "string" ? first : (first as { text: string }).text;
    // The record of accesses is written on a connection of its own, in statements of its own schema.
    if (!/audit\.|outbox\.|^LISTEN /.test(text)) seen.push({ database: this.database ?? "", text });
    return Reflect.apply(original, this, args);
  });
  return {
    taken() {
      const taken = seen;
      seen = [];
      return taken;
    },
    stop: () => spy.mockRestore(),
  };
}

/** The subgraph behind its real door, with keys of the agencies' own and every statement watched. */
export async function openTestDoor(databaseUrl: string, now: Date): Promise<TestDoor> {
  const keys = await generateKeyPair("EdDSA");
  const jwk = { ...(await exportJWK(keys.publicKey)), alg: "EdDSA" };
  const issuers = Object.entries(ROLES_OF_AGENCIES).map(([agency, roles]) => ({
    issuer: `https://id.${agency}.example`,
    agency,
    roles,
    keys: { keys: [jwk] },
  }));
  const watch = watchStatements();
  const door = await startServices({
    databaseUrl,
    port: 0,
    host: "127.0.0.1",
    verifyToken: createTokenVerifier(issuers),
    hubSecret: TEST_HUB_SECRET,
    feed: { silentAfter: 3_600_000, keptFor: 3_600_000_000 },
    log: pino({ level: "silent" }),
    poolSize: 2,
    now: () => now,
  });
  watch.taken();
  async function tokenOf({ agency, role, subject = `${role}-1` }: Who): Promise<string> {
    const token = await new SignJWT({ roles: [role] })
      .setProtectedHeader({ alg: "EdDSA" })
      .setSubject(subject)
      .setIssuer(`https://id.${agency}.example`)
      .setAudience(AUDIENCE)
      .setExpirationTime("5m")
      .sign(keys.privateKey);
    return `Bearer ${token}`;
  }
  return {
    url: door.url,
    tokenOf,
    async ask(who, query, variables = {}) {
      const headers = { authorization: await tokenOf(who) };
      const response = await postSigned(door.url, { query, variables }, { headers });
      const text = await response.text();
      return { status: response.status, text, ...(JSON.parse(text) as Omit<Answer, "status" | "text">) };
    },
    statements: () => watch.taken(),
    close: async () => {
      await door.close();
      watch.stop();
    },
  };
}

import { join } from "node:path";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { Client } from "pg";
import pino from "pino";
import { AUDIENCE, createTokenVerifier } from "../../platform/caller/verify-token";
import { TEST_HUB_SECRET, postSigned } from "../../platform/hub-signature/signed-fetch.fixture";
import { TEST_VICTIM_LETTERS } from "./letters.fixture";
import { startAdvocacy } from "./main";
import type { OffenderAddresses } from "./offender-addresses";
import { readInstruments } from "./instrument-files";
import { readOutreach } from "./outreach-file";

/** The partners as far as they knock here; Quiet Cove is an advocacy agency whose database was never set up. */
const ROLES_OF_AGENCIES = {
  "harbor-house": ["advocate"],
  "safe-passage": ["advocate"],
  "quiet-cove": ["advocate"],
  "metro-police": ["detective", "coordinator"],
  "county-prosecutor": ["prosecutor"],
  "county-probation": ["probation"],
  "new-start": ["provider"],
  "street-voices": ["messenger"],
  "state-university": ["evaluator"],
  "county-audit": ["auditor"],
};
export const TEST_HOLDS_SECRET = "shared-with-law-enforcement-for-holds-0123456789";
const RELEASE_TERMS = {
  defaultDays: 30,
  longestDays: 90,
  recipients: new Set(["metro-police", "county-prosecutor", "county-probation", "new-start"]),
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
  ask(who: Who, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Every statement since the last call, by the door or by the test; those that write the access record aside. */
  statements(): { readonly database: string; readonly text: string }[];
  close(): Promise<void>;
}

const askDatabase = Reflect.get(Client.prototype, "query") as (...args: unknown[]) => unknown;

/** Of two doors at once, the one opened last hears the statements of both. */
function watchStatements(): { taken(): { database: string; text: string }[]; stop(): void } {
  let seen: { database: string; text: string }[] = [];
  const spy = jest.spyOn(Client.prototype, "query") as unknown as jest.SpyInstance<unknown, unknown[]>;
  spy.mockImplementation(function (this: Client, ...args: unknown[]) {
    const [first] = args;
    const text = typeof first === "string" ? first : (first as { text: string }).text;
    // The record of accesses is written on a connection of its own; reading it is a statement like any other.
    if (!/audit\.(?:append|make_month)/.test(text)) seen.push({ database: this.database ?? "", text });
    return Reflect.apply(askDatabase, this, args);
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
export async function openTestDoor(
  databases: Record<string, string>,
  now: () => Date,
  offenderAddresses: OffenderAddresses = { of: () => Promise.resolve(null) },
): Promise<TestDoor> {
  const keys = await generateKeyPair("EdDSA");
  const jwk = { ...(await exportJWK(keys.publicKey)), alg: "EdDSA" };
  const issuers = Object.entries(ROLES_OF_AGENCIES).map(([agency, roles]) => ({
    issuer: `https://id.${agency}.example`,
    agency,
    roles,
    keys: { keys: [jwk] },
  }));
  const watch = watchStatements();
  const door = await startAdvocacy({
    databases,
    port: 0,
    host: "127.0.0.1",
    verifyToken: createTokenVerifier(issuers),
    hubSecret: TEST_HUB_SECRET,
    releaseTerms: RELEASE_TERMS,
    holdTerms: { longestHours: 72 },
    outreachTerms: {
      ...readOutreach(join(__dirname, "../../site/outreach.json")),
      ...{ safeContactDays: 180, timeZone: "UTC" },
    },
    instruments: readInstruments(join(__dirname, "../../site/instruments")),
    offenderAddresses,
    letters: TEST_VICTIM_LETTERS,
    holdsSecret: TEST_HOLDS_SECRET,
    log: pino({ level: "silent" }),
    poolSize: 2,
    now,
  });
  watch.taken();
  return {
    url: door.url,
    async ask({ agency, role, subject = `${role}-1` }, query, variables = {}) {
      const token = await new SignJWT({ roles: [role] })
        .setProtectedHeader({ alg: "EdDSA" })
        .setSubject(subject)
        .setIssuer(`https://id.${agency}.example`)
        .setAudience(AUDIENCE)
        .setExpirationTime("5m")
        .sign(keys.privateKey);
      const headers = { authorization: `Bearer ${token}` };
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

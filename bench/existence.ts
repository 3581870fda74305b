import "reflect-metadata";
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { Client } from "pg";
import pino from "pino";
import { Pool } from "undici";
import { AUDIENCE, createTokenVerifier } from "../platform/caller/verify-token";
import { SIGNATURE_HEADER } from "../platform/hub-signature/message";
import { createHubSigner } from "../platform/hub-signature/sign";
import { startCluster } from "../platform/postgres/cluster";
import { databaseUrl, ensureDatabase } from "../platform/postgres/databases";
import { TEST_VICTIM_LETTERS } from "../subgraphs/advocacy/letters.fixture";
import { startAdvocacy } from "../subgraphs/advocacy/main";
import { migrate } from "../subgraphs/advocacy/store/database";
import { compare, type Comparison } from "./existence/compare";

/*
 * Whether the time of an answer tells who is a client: asked of the advocacy subgraph by a prosecutor whom no release
 * names, over one connection kept open, one request at a time, which is the best that somebody who listens can have.
 * Each round asks once for a client with records and releases to others, once for a stranger and once for another
 * stranger, in an order drawn anew. Client against stranger is what must not differ; stranger against stranger shows what
 * chance does; the agency's own advocate, who may know, shows that a difference would be seen.
 * Usage: npm run bench:existence [-- ROUNDS]
 */

const CASES = 2_000;
const WARM_UP = 500;
/** The share of pairs in which a client's answer is the later one may be this far from one half. */
const GOAL = 0.02;
const SECRET = "a-secret-of-the-measurement-alone-0123456789";

const QUERY = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case {
  client { id } clientContact { phone } outreach { note } riskAssessments { band } } } }`;

/** Clients with everything, each with leave given to others; answers their cases. */
async function fill(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const ids = Array.from({ length: CASES }, () => randomUUID());
    await client.query("INSERT INTO case_assignment SELECT unnest($1::uuid[]), now()", [ids]);
    await client.query(
      `WITH c AS (INSERT INTO client (case_id, preferred_name, phone)
                  SELECT unnest($1::uuid[]), 'n', 'p' RETURNING id, case_id),
            r AS (INSERT INTO risk_assessment (case_id, client_id, instrument, instrument_version, answers, assessed_at, assessed_by)
                  SELECT case_id, id, 'checklist', '1', '{"1": "yes"}', now(), 'a' FROM c)
       INSERT INTO outreach (case_id, kind, outcome, made_at, made_by)
       SELECT case_id, kind, 'reached', now(), 'a' FROM c, unnest('{visit,call}'::text[]) kind`,
      [ids],
    );
    await client.query(
      `INSERT INTO release (case_id, discloser, recipient_agency, recipient_subject, recipient_name, elements, purpose,
                            starts_at, expires_at, language, explained_by, signed_copy, recorded_at, recorded_by,
                            mutation_key, input_digest)
       SELECT case_id, 'harbor-house', agency, 'somebody-else', 'n', '{client,outreach-advocacy}', 'p', now(),
              now() + interval '30 days', 'en', 'a', 's', now(), 'a', gen_random_uuid()::text, ''
       FROM unnest($1::uuid[]) case_id, unnest('{metro-police,county-prosecutor}'::text[]) agency`,
      [ids],
    );
    await client.query("ANALYZE");
    return ids;
  } finally {
    await client.end();
  }
}

type AskAs = (role: "prosecutor" | "advocate", caseId: string) => Promise<number>;

/** Opens the subgraph's door over the database; answers how to ask it, in milliseconds. */
async function open(url: string): Promise<{ ask: AskAs; close: () => Promise<void> }> {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: "EdDSA" }] };
  const agencies = { prosecutor: "county-prosecutor", advocate: "harbor-house" };
  const issuerOf = (agency: string) => `https://id.${agency}.example`;
  const door = await startAdvocacy({
    databases: { "harbor-house": url },
    port: 0,
    host: "127.0.0.1",
    verifyToken: createTokenVerifier(
      Object.entries(agencies).map(([role, agency]) => ({
        issuer: issuerOf(agency),
        agency,
        roles: [role],
        keys,
      })),
    ),
    hubSecret: SECRET,
    letters: TEST_VICTIM_LETTERS,
    holdTerms: { longestHours: 72 },
    outreachTerms: { safeContactDays: 180, correctsWithinDays: 30, timeZone: "UTC", tasks: [] },
    instruments: [],
    offenderAddresses: { of: () => Promise.resolve(null) },
    holdsSecret: `for-holds-${SECRET}`,
    releaseTerms: { defaultDays: 30, longestDays: 365, recipients: new Set() },
    log: pino({ level: "silent" }),
    poolSize: 8,
  });
  const tokens: Record<string, string> = {};
  for (const [role, agency] of Object.entries(agencies)) {
    tokens[role] = await new SignJWT({ roles: [role] })
      .setProtectedHeader({ alg: "EdDSA" })
      .setSubject(`${role}-1`)
      .setIssuer(issuerOf(agency))
      .setAudience(AUDIENCE)
      .setExpirationTime("12h")
      .sign(privateKey);
  }
  const sign = createHubSigner(SECRET);
  const { origin, pathname } = new URL(door.url);
  const pool = new Pool(origin, { connections: 1 });
  const ask: AskAs = async (role, caseId) => {
    const r = [{ __typename: "Case", id: caseId, assignedAgency: "harbor-house" }];
    const body = JSON.stringify({ query: QUERY, variables: { r } });
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${tokens[role]}`,
      "x-ipvi-purpose": "case-work",
    };
    const signature = sign({ method: "POST", target: pathname, headers }, body);
    const before = performance.now();
    const answer = await pool.request({
      path: pathname,
      method: "POST",
      headers: { ...headers, [SIGNATURE_HEADER]: signature },
      body,
    });
    const text = await answer.body.text();
    const taken = performance.now() - before;
    if (answer.statusCode !== 200) throw new Error(`The subgraph answered ${answer.statusCode}: ${text}`);
    return taken;
  };
  return {
    ask,
    close: async () => {
      await pool.close();
      await door.close();
    },
  };
}

/** The times of each kind, round by round. */
async function measure(
  ask: AskAs,
  role: "prosecutor" | "advocate",
  clients: readonly string[],
  rounds: number,
) {
  const times = { client: [] as number[], stranger: [] as number[], another: [] as number[] };
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const asked = [
      ["client", clients[randomInt(clients.length)]!],
      ["stranger", randomUUID()],
      ["another", randomUUID()],
    ] as ["client" | "stranger" | "another", string][];
    for (let left = asked.length; left > 0; left -= 1) {
      const [[kind, caseId]] = asked.splice(randomInt(left), 1) as [
        ["client" | "stranger" | "another", string],
      ];
      const taken = await ask(role, caseId);
      if (round >= 0) times[kind].push(taken);
    }
  }
  return times;
}

function say(title: string, { medians, later, margin }: Comparison): void {
  const us = (ms: number) => `${(ms * 1000).toFixed(0)} us`;
  console.log(
    `${title}: medians ${us(medians[0])} and ${us(medians[1])}; the first is the later one in ` +
      `${(later * 100).toFixed(1)} % of pairs (chance: 50 +/- ${(margin * 100).toFixed(1)} %)`,
  );
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 5_000);
  const home = await mkdtemp(join(tmpdir(), "bench-existence-"));
  await chmod(home, 0o711);
  const superuserPassword = randomBytes(18).toString("base64url");
  const cluster = await startCluster({ dataDirectory: join(home, "data"), superuserPassword });
  try {
    const spec = { database: "harbor_house", role: "bench", password: superuserPassword };
    await ensureDatabase(cluster.superuserUrl(), spec);
    const url = databaseUrl(cluster.superuserUrl(), spec);
    await migrate(url);
    const clients = await fill(url);
    const { ask, close } = await open(url);
    try {
      console.log(`${rounds} rounds, ${CASES} clients`);
      const outsider = await measure(ask, "prosecutor", clients, rounds);
      const insider = await measure(ask, "advocate", clients, Math.ceil(rounds / 10));
      const found = compare(outsider.client, outsider.stranger);
      say("client and stranger, to a prosecutor without a release", found);
      say("stranger and another stranger, to the same", compare(outsider.stranger, outsider.another));
      say("client and stranger, to the agency's own advocate", compare(insider.client, insider.stranger));
      const met = Math.abs(found.later - 0.5) <= GOAL;
      console.log(`goal: within ${GOAL * 100} % of one half: ${met ? "met" : "MISSED"}`);
      if (!met) process.exitCode = 1;
    } finally {
      await close();
    }
  } finally {
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

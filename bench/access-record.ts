import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { randomBytes, randomUUID } from "node:crypto";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { Client } from "pg";
import { Pool } from "undici";
import { AUDIENCE } from "../platform/caller/verify-token";
import { SIGNATURE_HEADER } from "../platform/hub-signature/message";
import { createHubSigner } from "../platform/hub-signature/sign";
import { startCluster } from "../platform/postgres/cluster";
import { databaseUrl, ensureDatabase } from "../platform/postgres/databases";
import { migrate } from "../subgraphs/services/store/database";
import type { Serve } from "./access-record/server";

/*
 * What the access record costs a subgraph: the services, over durable PostgreSQL on this machine, with the record and
 * without, each a process of its own, asked in turn by one client at concurrency 1 and 32. CPU is of the subgraph's process
 * and of PostgreSQL's, by the requests answered; each price is the median over rounds of the difference within a round.
 * Linux only: PostgreSQL's CPU is read from /proc.
 * Usage: npm run bench:access-record [-- ROUNDS [SECONDS]]
 */

const PERSONS = 2_000;
const SECRET = "a-secret-of-the-measurement-alone-0123456789";
const QUERY = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person {
  id needs { kind } referrals { service state } helpPromises { text state } } } }`;

interface Figures {
  /** ms per request. */
  readonly node: number;
  readonly postgres: number;
  readonly median: number;
  readonly late: number;
  readonly perSecond: number;
}

async function fill(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const ids = Array.from({ length: PERSONS }, () => randomUUID());
    await client.query("INSERT INTO provider (agency, name, capacity) VALUES ('new-start', 'New Start', 9)");
    await client.query(
      "INSERT INTO need (person_id, kind, stated_at) SELECT unnest($1::uuid[]), 'housing', now()",
      [ids],
    );
    await client.query(
      `INSERT INTO referral (person_id, provider_agency, service, state, consented_at, referred_at)
       SELECT id, 'new-start', service, 'accepted', now(), now()
       FROM unnest($1::uuid[]) id, unnest('{employment,housing}'::text[]) service`,
      [ids],
    );
    await client.query(
      `INSERT INTO help_promise (person_id, text, due_on, owner_agency)
       SELECT unnest($1::uuid[]), 'a promise', current_date, 'new-start'`,
      [ids],
    );
    await client.query("ANALYZE");
    return ids;
  } finally {
    await client.end();
  }
}

const TICKS_PER_SECOND = 100;

/** ms that PostgreSQL's processes have had, of the server on this data folder; those of a process that ended are lost. */
function postgresCpu(dataDirectory: string): number {
  const [pid = ""] = readFileSync(join(dataDirectory, "postmaster.pid"), "utf8").split("\n");
  let ticks = 0;
  for (const process of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${process}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (process === pid || fields[1] === pid) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended meanwhile.
    }
  }
  return (ticks * 1000) / TICKS_PER_SECOND;
}

interface Contestant {
  readonly name: string;
  readonly server: ChildProcess;
  readonly pool: Pool;
  readonly pathname: string;
}

async function start(name: string, serve: Serve): Promise<Contestant> {
  const server = fork(join(__dirname, "access-record", "server.js"), { stdio: "inherit" });
  server.send(serve);
  const [url] = (await once(server, "message")) as [string];
  const { origin, pathname } = new URL(url);
  return { name, server, pathname, pool: new Pool(origin, { connections: 32 }) };
}

async function nodeCpu({ server }: Contestant): Promise<number> {
  server.send("cpu");
  const [milliseconds] = (await once(server, "message")) as [number];
  return milliseconds;
}

const middle = (values: readonly number[], at = 0.5) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * at)] ?? NaN;

async function main(): Promise<void> {
  const [rounds = 7, seconds = 2] = process.argv.slice(2).map(Number);
  const home = await mkdtemp(join(tmpdir(), "ipvi-access-record-"));
  await chmod(home, 0o711);
  const cluster = await startCluster({
    dataDirectory: join(home, "data"),
    superuserPassword: randomBytes(18).toString("base64url"),
  });
  const contestants: Contestant[] = [];
  try {
    const spec = { database: "services", role: "services", password: randomBytes(18).toString("base64url") };
    await ensureDatabase(cluster.superuserUrl(), spec);
    const url = databaseUrl(cluster.superuserUrl(), spec);
    await migrate(url);
    const ids = await fill(url);
    const { privateKey, publicKey } = await generateKeyPair("EdDSA");
    const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: "EdDSA" }] };
    const token = await new SignJWT({ roles: ["coordinator"] })
      .setProtectedHeader({ alg: "EdDSA" })
      .setSubject("coordinator-1")
      .setIssuer("https://id.metro-police.example")
      .setAudience(AUDIENCE)
      .setExpirationTime("2h")
      .sign(privateKey);
    for (const recorded of [true, false])
      contestants.push(
        await start(recorded ? "recorded" : "not recorded", {
          ...{ databaseUrl: url, keys, hubSecret: SECRET, recorded },
        }),
      );

    const sign = createHubSigner(SECRET);
    let asked = 0;
    async function ask({ pool, pathname }: Contestant, persons: number): Promise<string> {
      const r = Array.from({ length: persons }, () => ({ __typename: "Person", id: ids[asked++ % PERSONS] }));
      const body = JSON.stringify({ query: QUERY, variables: { r } });
      const headers = {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "x-ipvi-purpose": "case-work",
      };
      const signature = sign({ method: "POST", target: pathname, headers }, body);
      const answer = await pool.request({
        ...{ path: pathname, method: "POST", body },
        headers: { ...headers, [SIGNATURE_HEADER]: signature },
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 200 || text.includes('"errors"')) throw new Error(`Not answered: ${text}`);
      return text;
    }

    async function measure(one: Contestant, persons: number, concurrency: number): Promise<Figures> {
      const times: number[] = [];
      const before = [await nodeCpu(one), postgresCpu(cluster.dataDirectory)] as const;
      const began = performance.now();
      await Promise.all(
        Array.from({ length: concurrency }, async () => {
          while (performance.now() - began < seconds * 1000) {
            const sent = performance.now();
            await ask(one, persons);
            times.push(performance.now() - sent);
          }
        }),
      );
      const taken = performance.now() - began;
      const after = [await nodeCpu(one), postgresCpu(cluster.dataDirectory)] as const;
      return {
        node: (after[0] - before[0]) / times.length,
        postgres: (after[1] - before[1]) / times.length,
        median: middle(times),
        late: middle(times, 0.99),
        perSecond: (times.length * 1000) / taken,
      };
    }

    const answers = [];
    for (const one of contestants) {
      asked = 0;
      answers.push(await ask(one, 50));
    }
    if (answers[0] !== answers[1]) throw new Error("The two do not answer alike.");

    console.log(
      `load before: ${loadavg()
        .map((load) => load.toFixed(1))
        .join(" ")}`,
    );
    for (const persons of [1, 50])
      for (const concurrency of [1, 32]) {
        const found: Figures[][] = [[], []];
        for (let round = -1; round < rounds; round += 1)
          for (const at of round % 2 === 0 ? [0, 1] : [1, 0]) {
            const figures = await measure(contestants[at]!, persons, concurrency);
            if (round >= 0) found[at]!.push(figures);
          }
        console.log(`\n${persons} person(s) a request, concurrency ${concurrency}`);
        const of = (at: number, key: keyof Figures) => found[at]!.map((one) => one[key]);
        for (const [at, { name }] of contestants.entries())
          console.log(
            `  ${name.padEnd(13)} CPU ${middle(of(at, "node")).toFixed(3)} ms, PostgreSQL ${middle(of(at, "postgres")).toFixed(3)} ms, ` +
              `median ${middle(of(at, "median")).toFixed(2)} ms, p99 ${middle(of(at, "late")).toFixed(1)} ms, ` +
              `${middle(of(at, "perSecond")).toFixed(0)} requests/s`,
          );
        const price = (key: keyof Figures) =>
          middle(of(0, key).map((value, round) => value - of(1, key)[round]!));
        console.log(
          `  price         CPU ${price("node").toFixed(3)} ms (${((price("node") / middle(of(1, "node"))) * 100).toFixed(0)} %), ` +
            `PostgreSQL ${price("postgres").toFixed(3)} ms, median ${price("median").toFixed(2)} ms`,
        );
      }
    console.log(
      `\nload after: ${loadavg()
        .map((load) => load.toFixed(1))
        .join(" ")}`,
    );
  } finally {
    for (const { pool, server } of contestants) {
      await pool.close();
      server.kill();
    }
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

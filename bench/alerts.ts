import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { withCity } from "./hub-with-city";
import { developmentToken } from "../cli/commands/token";
import { databaseOf, findDatabases } from "../cli/processes/databases";
import { readSitePartners } from "../cli/processes/site-partners";
import { filesOf, readSettings } from "../cli/settings";
import { watchEvents } from "../cli/watch/watch-events";
import { PURPOSE_HEADER } from "../platform/caller/purpose";
import { append } from "../platform/outbox/append";
import { openLawEnforcementDatabase } from "../subgraphs/law-enforcement/store/database";

/*
 * How long after an arrest was recorded an advocate's client has the alert: the whole hub as `npm start` starts it, with
 * embedded PostgreSQL and durable commits. From the end of the commit to the event in the client, which asks for fields of
 * two agencies. Usage: npm run bench:alerts [-- SECONDS [PER_SECOND]]
 */

const ALERTS = `subscription ($after: Cursor) {
  arrestAlerts(after: $after) { id person { id nameForAdvocate { name } } cases { id client { id } } summary { title arrestDate } }
}`;
const ROLE = "advocate";
/** The first alerts plan the operation and warm what is cold. */
const WARM_UP = 20;

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(0);

async function measure(gatewayUrl: string, seconds: number, perSecond: number): Promise<void> {
  const settings = readSettings();
  const partners = readSitePartners(filesOf(settings).partners);
  const { urls } = await findDatabases(settings, partners, process.env);
  const database = await openLawEnforcementDatabase(databaseOf(partners, urls, "law-enforcement"), {
    poolSize: 4,
  });
  const persons = await database.query<{ personId: string }[]>(
    `SELECT DISTINCT person_id AS "personId" FROM case_file WHERE assigned_agency = 'harbor-house'`,
  );
  const committed = new Map<string, number>();
  const arrived = new Map<string, number>();
  const over = new AbortController();
  const token = await developmentToken({ role: ROLE, agency: "harbor-house", hours: "8" });
  const watching = watchEvents({
    url: gatewayUrl.replace("http", "ws"),
    query: ALERTS,
    variables: {},
    after: undefined,
    connectionParams: async () => ({ authorization: `Bearer ${token}`, [PURPOSE_HEADER]: "alert-response" }),
    onEvent: (event) =>
      arrived.set((event as { arrestAlerts: { id: string } }).arrestAlerts.id, performance.now()),
    onNotice: (notice) => console.error(notice),
    signal: over.signal,
  });

  async function arrest(personId: string): Promise<void> {
    const arrestId = randomUUID();
    const rows = await database.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO arrest (id, source, source_key, person_id, arrested_on, offence_code)
         VALUES ($1::uuid, 'bench', $1::text, $2, current_date, '13A')`,
        [arrestId, personId],
      );
      await append(manager, [
        {
          ...{ topic: "arrest", key: personId, facts: { change: "recorded", arrestId } },
          ...{ occurredAt: new Date(), historic: false, provenance: "local" },
        },
      ]);
      return manager.query<{ id: string }[]>("SELECT id FROM outbox.event WHERE facts->>'arrestId' = $1", [
        arrestId,
      ]);
    });
    committed.set(rows[0]!.id, performance.now());
  }

  // Until it is told, the client is not there yet.
  while (arrived.size < WARM_UP) {
    await arrest(persons[committed.size % persons.length]!.personId);
    await sleep(100);
  }
  committed.clear();
  const begin = performance.now();
  const writes = [];
  for (let number = 0; number < seconds * perSecond; number++) {
    await sleep(begin + (number * 1_000) / perSecond - performance.now());
    writes.push(arrest(persons[number % persons.length]!.personId));
  }
  await Promise.all(writes);
  while (![...committed.keys()].every((id) => arrived.has(id))) await sleep(50);
  over.abort();
  await watching;
  await database.destroy();

  // An alert may be there before the writer has heard that its commit is done.
  const ms = [...committed].map(([id, since]) => Math.max(0, arrived.get(id)! - since)).sort((a, b) => a - b);
  console.log(
    `${ms.length} arrests at ${perSecond}/s, each told: p50 ${at(ms, 0.5)} ms, p99 ${at(ms, 0.99)} ms, longest ${at(ms, 1)} ms`,
  );
}

async function main(): Promise<void> {
  const [seconds = 60, perSecond = 10] = process.argv.slice(2).map(Number);
  await withCity(200, (url) => measure(url, seconds, perSecond));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

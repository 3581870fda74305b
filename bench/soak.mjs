// A long time of mixed requests: does the gateway keep to its memory, answer everything and leave nothing behind?
// Usage: npm run soak -- [--minutes 10] [--requests 100000]. docs/benchmarks.md says what is sent and what must hold.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Agent } from "undici";
import { makeIssuer, SCOPES } from "./gateways/issuer.mjs";
import { ask, start, stop } from "./gateways/processes.mjs";
import { makeData, randomFrom } from "./gateways/supergraph/data.mjs";
import { composeSupergraph, SUBGRAPHS } from "./gateways/supergraph/schemas.mjs";
import { requestsOf } from "./soak/requests.mjs";

/** What a quarter's median may be above the second's. The first is left out: caches still fill. */
const MOST_GROWTH = 0.1;
/** ms; shorter runs say nothing of memory, only of answers, rejections and sockets. */
const MEMORY_FROM = 4 * 60_000;
/** Requests under way at once; what comes beyond waits, as in the queue of a client. */
const MOST_UNDER_WAY = 200;

const ROLES = {
  detective: SCOPES,
  advocate: [
    "tier:F",
    "custody:F",
    "conditions:F",
    "warrants:L8",
    "outreach-advocacy:O",
    "client:O",
    "client-contact:O",
  ],
  provider: ["needs:F", "referrals:F", "service-attendance:F"],
  auditor: [],
};

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, requests: { type: "string", default: "100000" } },
});
const duration = Number(values.minutes) * 60_000;
const count = Number(values.requests);
if (!(duration > 0) || !(count > 0)) throw new Error("Give --minutes and --requests as numbers above 0.");

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const megabytes = (bytes) => (bytes / 1_048_576).toFixed(1);
const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);

async function startSubgraph(name, port) {
  const started = await start("../soak/subgraph.mjs", {
    title: name,
    env: { SOAK_SUBGRAPH: name, SOAK_PORT: String(port) },
  });
  return { child: started.child, address: started.message.address };
}

/** Sends one request and says what came of it, wrong or right. */
async function send(agent, origin, { name, request, right, leavesAfter }, told) {
  const departure = new AbortController();
  if (leavesAfter !== undefined) setTimeout(() => departure.abort(), leavesAfter);
  try {
    const { statusCode, body } = await agent.request({ origin, ...request, signal: departure.signal });
    const text = await body.text();
    add(told.answers, `${name}: ${statusCode}`);
    if (!right.includes(statusCode)) add(told.wrong, `${name}: ${statusCode} ${text.slice(0, 200)}`);
    const answer = JSON.parse(text);
    if (answer.data === undefined && answer.errors === undefined)
      add(told.wrong, `${name}: neither data nor errors`);
    if (text.includes('"SUBGRAPH_UNAVAILABLE"')) told.partial += 1;
  } catch (error) {
    if (departure.signal.aborted) add(told.answers, `${name}: left`);
    else add(told.wrong, `${name}: ${error.code ?? error.message}`);
  }
}

/** A subgraph now and then goes away for a moment, one after another, until the end. */
async function restartSubgraphs(subgraphs, end) {
  const every = Math.min(30_000, duration / 4);
  let restarts = 0;
  for (; performance.now() + every < end; restarts += 1) {
    await wait(every);
    const name = SUBGRAPHS[restarts % SUBGRAPHS.length];
    const { child, address } = subgraphs.get(name);
    await stop(child);
    await wait(Math.min(500, every / 4));
    subgraphs.set(name, await startSubgraph(name, new URL(address).port));
  }
  return restarts;
}

/** Until the last answer. */
async function sample(gateway, isOver) {
  const samples = [];
  while (!isOver()) {
    await wait(Math.min(5_000, duration / 8));
    samples.push(await ask(gateway, "sample"));
  }
  return samples;
}

/** As many requests as are due by now, until all are sent and answered. */
async function load(url, requests, told) {
  const { origin } = new URL(url);
  const agent = new Agent({ connections: 64, keepAliveTimeout: 60_000 });
  const underWay = new Set();
  const begin = performance.now();
  let said = begin;
  for (let sent = 0; sent < count;) {
    if (performance.now() - said > 60_000) {
      said = performance.now();
      console.log(`${((said - begin) / 60_000).toFixed(1)} minutes, ${sent} requests`);
    }
    const due = Math.min(count, Math.ceil((count * (performance.now() - begin)) / duration));
    for (; sent < due && underWay.size < MOST_UNDER_WAY; sent += 1) {
      const one = send(agent, origin, requests.next().value, told).finally(() => underWay.delete(one));
      underWay.add(one);
    }
    await wait(5);
  }
  await Promise.all(underWay);
  await agent.close();
}

/** One line for each quarter, and whether the last is flat against the second. */
function memoryVerdict(samples) {
  const quarters = [0, 1, 2, 3].map((n) =>
    samples.slice(Math.floor((samples.length * n) / 4), Math.floor((samples.length * (n + 1)) / 4)),
  );
  let isFlat = true;
  for (const what of ["rss", "heapUsed"]) {
    const medians = quarters.map((quarter) => median(quarter.map((one) => one[what])));
    const growth = medians[3] / medians[1] - 1;
    if (growth > MOST_GROWTH) isFlat = false;
    console.log(
      `${what}: medians of the quarters ${medians.map(megabytes).join(", ")} MB; the last to the second ` +
        `${growth >= 0 ? "+" : ""}${(growth * 100).toFixed(1)} % (at most +${MOST_GROWTH * 100} %)`,
    );
  }
  return isFlat;
}

const folder = mkdtempSync(join(tmpdir(), "soak-"));
const subgraphs = new Map();
let gateway;
try {
  for (const name of SUBGRAPHS) subgraphs.set(name, await startSubgraph(name, 0));
  const addresses = Object.fromEntries([...subgraphs].map(([name, { address }]) => [name, address]));
  const { issuer, scopes, tokens } = makeIssuer(ROLES);
  const supergraphFile = join(folder, "supergraph.graphql");
  const scopesFile = join(folder, "scopes.json");
  writeFileSync(supergraphFile, await composeSupergraph(addresses, true));
  writeFileSync(scopesFile, JSON.stringify(scopes));
  const started = await start("../soak/gateway.mjs", {
    title: "gateway",
    args: ["--expose-gc"],
    env: { SOAK_GIVEN: JSON.stringify({ supergraphFile, scopesFile, addresses, issuer }) },
  });
  gateway = started.child;
  let ended = false;
  gateway.once("exit", () => (ended = true));

  const { entities } = makeData()["law-enforcement"];
  const requests = requestsOf({
    persons: [...entities.Person.keys()],
    conferences: [...entities.Conference.keys()],
    tokens,
    random: randomFrom(7),
  });
  const told = { answers: new Map(), wrong: new Map(), partial: 0 };
  const begin = performance.now();
  const end = begin + duration;
  let isOver = false;
  const [samples, restarts] = await Promise.all([
    sample(gateway, () => isOver),
    restartSubgraphs(subgraphs, end),
    load(started.message.url, requests, told).finally(() => (isOver = true)),
  ]);
  const seconds = (performance.now() - begin) / 1000;
  const { left, complaints } = await ask(gateway, "close");

  const total = [...told.answers.values()].reduce((sum, n) => sum + n, 0);
  console.log(`${count} requests in ${seconds.toFixed(0)} s, ${(total / seconds).toFixed(0)} answers/s`);
  for (const [what, n] of [...told.answers].sort()) console.log(`  ${what} ${n}`);
  console.log(`${restarts} restarts of a subgraph; ${told.partial} answers were without one`);
  const judged = duration >= MEMORY_FROM;
  const isFlat = memoryVerdict(samples);
  const verdicts = [
    [judged ? "memory flat" : "memory not judged: too short", !judged || isFlat, []],
    ["no wrong answer", told.wrong.size === 0, [...told.wrong].map(([what, n]) => `${what} (${n})`)],
    ["no unhandled rejection, exception or warning", complaints.length === 0 && !ended, complaints],
    ["no socket left", left === 0, left === 0 ? [] : [`${left} open`]],
  ];
  for (const [what, holds, details] of verdicts) {
    console.log(`${holds ? "yes" : "NO "}  ${what}`);
    for (const detail of details.slice(0, 20)) console.log(`       ${detail}`);
  }
  process.exitCode = verdicts.every(([, holds]) => holds) ? 0 : 1;
} catch (error) {
  // Said before the processes end, which may make the rest fail too.
  console.error(error);
  process.exitCode = 1;
} finally {
  if (gateway) await stop(gateway);
  for (const { child } of subgraphs.values()) await stop(child);
  rmSync(folder, { recursive: true });
}

// The runner: node bench/fanout/run.mjs [--only floor,hub] [--subscribers 1000,10000] [--agencies 20] [--events 1,2,5,10]
// [--seconds 5] [--rounds 3] [--profile] [--out NAME]. docs/benchmarks.md says what is measured.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { ask, busyOfMachine, cpuOf, isMeasurable, start, stop } from "../gateways/processes.mjs";
import { machine } from "../gateways/report.mjs";
import { contestants } from "./contestants.mjs";
import { makeIssuers } from "./issuer.mjs";
import { pageOf, summarise } from "./report.mjs";
import { SCOPES, SUBGRAPHS, schemaOf } from "./schemas.mjs";

const root = dirname(dirname(import.meta.dirname));
/** ms after the last event for what is still under way: above it, it was not carried. */
const PATIENCE = 30_000;
/** ms without one delivery: nothing more comes. */
const SILENCE = 8_000;
/** ms for connections and timers to come to rest before memory is read. */
const REST = 1_500;
/** Unmeasured deliveries before the rest, so that the code is compiled; and events for them at most, for small audiences. */
const WARM_UP = { deliveries: 10_000, events: 10 };
/** File descriptors that a process needs beside its subscribers; a gateway may have a second one for each of these. */
const SPARE_DESCRIPTORS = 200;

const { values: flags } = parseArgs({
  options: {
    only: { type: "string" },
    subscribers: { type: "string", default: "1000,10000" },
    agencies: { type: "string", default: "20" },
    events: { type: "string", default: "1,2,5,10" },
    seconds: { type: "string", default: "5" },
    rounds: { type: "string" },
    profile: { type: "boolean", default: false },
    out: { type: "string" },
  },
});
const numbers = (text) => text.split(",").map(Number);
const names = flags.only?.split(",") ?? Object.keys(contestants);
for (const name of names)
  if (!(name in contestants))
    throw new Error(`There is no contestant ${name}; there are ${Object.keys(contestants).join(", ")}.`);
const sizes = numbers(flags.subscribers);
const rates = numbers(flags.events);
const seconds = Number(flags.seconds);
const agencies = Number(flags.agencies);
const rounds = Number(flags.rounds ?? (flags.only || flags.profile ? 1 : 3));
/** A part of the whole is printed, not kept, unless it is given a name. */
const out = flags.out ?? (process.argv.length === 2 ? "fanout" : undefined);

if (!isMeasurable()) throw new Error("The bench reads CPU time from /proc: it runs on Linux only.");
const descriptors = Number(
  /Max open files +(\d+|unlimited)/
    .exec(readFileSync("/proc/self/limits", "utf8"))[1]
    .replace("unlimited", "1000000000"),
);
if (descriptors < Math.max(...sizes) + SPARE_DESCRIPTORS)
  throw new Error(
    `${Math.max(...sizes)} subscribers need ${Math.max(...sizes) + SPARE_DESCRIPTORS} open files a process (ulimit -n), and ${descriptors} are allowed.`,
  );
await build(root);

const folder = mkdtempSync(join(tmpdir(), "bench-fanout-"));
const running = [];
const stopAll = () => Promise.all(running.map((one) => stop(one)));
process.once("SIGINT", () => void stopAll().then(() => process.exit(130)));

async function ordered(child, order) {
  const { result, error, problems } = await ask(child, order);
  if (error)
    throw new Error(`${error}${Object.keys(problems).length > 0 ? ` ${JSON.stringify(problems)}` : ""}`);
  return result;
}

async function prepare() {
  const subgraphs = await start("../fanout/subgraphs.mjs", { title: "subgraphs" });
  const load = await start("../fanout/load.mjs", { title: "load" });
  running.push(subgraphs.child, load.child);
  const { addresses } = subgraphs.message;
  const { compose } = createRequire(import.meta.url)("../../dist/cli/generate/compose.js");
  const supergraph = { secured: join(folder, "supergraph.graphql"), plain: join(folder, "plain.graphql") };
  for (const kind of ["secured", "plain"]) {
    const services = SUBGRAPHS.map((name) => ({
      name,
      url: addresses[name],
      typeDefs: schemaOf(name, kind === "secured"),
    }));
    writeFileSync(supergraph[kind], compose(services));
  }
  const [role] = Object.keys(SCOPES);
  const scopesFile = join(folder, "scopes.json");
  writeFileSync(scopesFile, JSON.stringify(SCOPES));
  const { issuers, tokenOf } = makeIssuers(agencies, role);
  const tokens = Array.from({ length: Math.max(...sizes) }, (_, n) => tokenOf(n));
  const given = { addresses, supergraph, scopesFile, issuers, folder };
  return { subgraphs: subgraphs.child, load: load.child, given, tokens };
}

/** Sends events at a pace and waits until everybody has them, or no more come. */
async function stream(bench, subscribers, rate, events) {
  const { load, subgraphs } = bench;
  const deliveries = subscribers * events;
  const { now } = await ordered(load, { order: "expect", deliveries });
  await ask(subgraphs, { rate, events });
  const sent = performance.now();
  let before = { received: -1, at: sent };
  for (;;) {
    const { received } = await ordered(load, { order: "received" });
    const at = performance.now();
    if (received > before.received) before = { received, at };
    const isStuck = at - sent > PATIENCE || at - before.at > SILENCE;
    if (received >= deliveries || isStuck) break;
    await sleep(20);
  }
  const result = await ordered(load, { order: "result" });
  return { ...result, deliveries, seconds: (result.lastAt - now) / 1000 };
}

async function measure(bench, contestant, about, rate) {
  const { subscribers } = about;
  const events = Math.max(1, Math.round(rate * seconds));
  const watched = [bench.subgraphs.pid, bench.load.pid];
  const { cpu } = await ask(contestant.child, "cpu");
  const before = watched.map(cpuOf);
  const counted = await ask(bench.subgraphs, "counts");
  const busy = busyOfMachine();
  const began = performance.now();
  const result = await stream(bench, subscribers, rate, events);
  const used = (await ask(contestant.child, "cpu")).cpu - cpu;
  const elapsed = performance.now() - began;
  const [ofSubgraphs, ofLoad] = watched.map((pid, n) => cpuOf(pid) - before[n]);
  const others = busyOfMachine() - busy - used / 1000 - ofSubgraphs - ofLoad;
  const counts = await ask(bench.subgraphs, "counts");
  const lost = result.deliveries - result.received;
  return {
    ...about,
    rate,
    events,
    received: result.received,
    lost,
    /** Events a second that reached all: of those sent until the last one arrived. */
    sustained: result.received / subscribers / Math.max(result.seconds, events / rate),
    p50: result.p50,
    p99: result.p99,
    most: result.most,
    /** Microseconds. */
    cpu: used / result.received,
    loadCpu: (ofLoad * 1000) / result.received,
    subgraphsCpu: (ofSubgraphs * 1000) / result.received,
    entityRequests: (counts.entityRequests - counted.entityRequests) / events,
    upstreams: counts.running,
    elsewhere: Math.max(0, others / elapsed),
    problems: result.problems,
  };
}

function lineOf(one) {
  return (
    `round ${one.round + 1}/${rounds} ${one.contestant.padEnd(9)} ${one.subscribers} x ${one.rate}/s: ` +
    `${one.sustained.toFixed(2)} events/s, p50 ${one.p50.toFixed(1)}, p99 ${one.p99.toFixed(1)} ms, ` +
    `${one.cpu.toFixed(1)} us CPU per delivery, ${one.entityRequests.toFixed(1)} entity requests per event, ` +
    `${one.upstreams} upstream (load ${one.loadCpu.toFixed(1)}, subgraphs ${one.subgraphsCpu.toFixed(1)} us; others ${one.elsewhere.toFixed(2)} CPUs)` +
    (one.lost > 0 ? ` LOST ${one.lost}` : "") +
    (Object.keys(one.problems).length > 0 ? ` ${JSON.stringify(one.problems)}` : "")
  );
}

/** A fresh process each time: what one size of audience left behind is not seen in the next. */
async function turn(bench, name, subscribers, round, measured) {
  const { file, env } = contestants[name];
  const profiling = flags.profile && name === "hub";
  const { child, message } = await start(file, {
    title: name,
    args: ["--expose-gc", ...(profiling ? ["--cpu-prof", "--cpu-prof-dir", join(folder, "profile")] : [])],
    env: { ...env, BENCH_GIVEN: JSON.stringify(bench.given) },
  });
  running.push(child);
  try {
    const before = await ask(child, "memory");
    const began = performance.now();
    await ordered(bench.load, {
      order: "connect",
      url: message.url,
      tokens: bench.tokens.slice(0, subscribers),
    });
    const connecting = performance.now() - began;
    await sleep(REST);
    const after = await ask(child, "memory");
    const megabytes = (part) => (after[part] - before[part]) / 2 ** 20;
    const idle = { rss: megabytes("rss"), heap: megabytes("heapUsed"), external: megabytes("external") };
    const about = { contestant: name, subscribers, round, idle, connecting };
    console.error(
      `round ${round + 1}/${rounds} ${name.padEnd(9)} ${subscribers} idle: ${idle.rss.toFixed(0)} MB more resident ` +
        `(heap ${idle.heap.toFixed(0)}, outside it ${idle.external.toFixed(0)}), let in within ${(connecting / 1000).toFixed(1)} s`,
    );
    const warmUp = Math.min(WARM_UP.events, Math.ceil(WARM_UP.deliveries / subscribers));
    await stream(bench, subscribers, 10, warmUp);
    for (const rate of rates) {
      const one = await measure(bench, { child }, about, rate);
      measured.push(one);
      console.error(lineOf(one));
      // Behind by seconds already: at a higher rate it only falls further behind.
      if (one.lost > 0) break;
    }
  } finally {
    await ordered(bench.load, { order: "leave" });
    await stop(child);
  }
}

async function main() {
  const about = { date: new Date().toISOString(), ...machine(), rounds, seconds, agencies };
  const bench = await prepare();
  const measured = [];
  const absent = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const subscribers of sizes) {
      // Each round begins with another contestant: none always follows the same one.
      for (let n = 0; n < names.length; n += 1) {
        const name = names[(n + round) % names.length];
        const key = `${contestants[name].title}, ${subscribers} subscribers`;
        if (absent[key]) continue;
        try {
          await turn(bench, name, subscribers, round, measured);
        } catch (error) {
          absent[key] = error.message.split("\n").slice(0, 12).join("\n");
          console.error(`${key}: ${absent[key]}`);
        }
      }
    }
  }
  const summary = summarise(measured);
  const titles = Object.fromEntries(Object.entries(contestants).map(([name, { title }]) => [name, title]));
  const text = pageOf({ about, measured, summary, titles, absent });
  console.log(text);
  if (out) {
    const results = join(dirname(import.meta.dirname), "results");
    mkdirSync(results, { recursive: true });
    writeFileSync(
      join(results, `${out}.json`),
      `${JSON.stringify({ about, absent, summary, rounds: measured }, null, 1)}\n`,
    );
    writeFileSync(join(results, `${out}.md`), `${text.trimEnd()}\n`);
  }
  const failed = measured.some(
    (one) => one.contestant === "hub" && (one.lost > 0 || Object.keys(one.problems).length > 0),
  );
  if (failed || Object.keys(absent).some((key) => key.startsWith(contestants.hub.title)))
    process.exitCode = 1;
}

try {
  await main();
} finally {
  await stopAll();
  if (flags.profile) {
    const profile = join(folder, "profile");
    for (const file of readdirSync(profile)) console.log(`Profile: ${join(profile, file)}`);
  } else rmSync(folder, { recursive: true, force: true });
}

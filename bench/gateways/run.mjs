// The runner: node bench/gateways/run.mjs [--only floor,hub] [--query Q2] [--concurrency 1,32] [--seconds 3]
// [--rounds 5] [--quick] [--profile] [--out NAME]. docs/benchmarks.md says what is measured.
import { deepStrictEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { contestants } from "./contestants.mjs";
import { makeIssuer } from "./issuer.mjs";
import { ask, busyOfMachine, cpuOf, isMeasurable, memoryOf, start, stop } from "./processes.mjs";
import { bodyOf, operations } from "./queries.mjs";
import { goals, goalsTable, machine, overview, summarise, tables } from "./report.mjs";
import { composeSupergraph } from "./supergraph/schemas.mjs";

const root = dirname(dirname(import.meta.dirname));
/** Requests of one measurement at most, so that a fast machine does not fill memory with latencies. */
const MOST = 100_000;
/** Unmeasured requests before the first round, so that a slow contestant is compiled as well as a fast one. */
const WARM_UP = { requests: { Q1: 4_000, Q2: 400, Q3: 6_000 }, seconds: 12 };
/** Seconds before each measurement, unmeasured: caches and the clock of the CPU are as in steady work. */
const LEAD_IN = 0.3;
const CHECKED_IDS = 5;

const { values: flags } = parseArgs({
  options: {
    only: { type: "string" },
    query: { type: "string" },
    concurrency: { type: "string" },
    seconds: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    out: { type: "string" },
  },
});

function chosen(flag, all, what) {
  const names = flag?.split(",") ?? all;
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Error(`There is no ${what} ${unknown}; there are ${all.join(", ")}.`);
  return names;
}

const quickNames = ["floor", "hub", "hub-open", "apollo"];
const names = chosen(
  flags.only ?? (flags.profile ? "hub" : flags.quick ? quickNames.join(",") : undefined),
  Object.keys(contestants),
  "contestant",
);
const queries = chosen(flags.query, Object.keys(operations), "query");
const concurrencies = (flags.concurrency ?? (flags.profile ? "32" : "1,32")).split(",").map(Number);
const seconds = Number(flags.seconds ?? (flags.profile ? 10 : flags.quick ? 2 : 3));
const rounds = Number(flags.rounds ?? (flags.quick || flags.profile || flags.only || flags.query ? 1 : 5));
/** A part of the whole is printed, not kept, unless it is given a name. */
const isWhole = !flags.only && !flags.query && !flags.concurrency && !flags.profile;
const out = flags.out ?? (isWhole ? (flags.quick ? "gateways-quick" : "gateways") : undefined);

if (!isMeasurable()) throw new Error("The bench reads CPU time from /proc: it runs on Linux only.");
await build(root);

const folder = mkdtempSync(join(tmpdir(), "bench-gateways-"));
const running = [];
const stopAll = () => Promise.all(running.map((one) => stop(one)));
process.once("SIGINT", () => void stopAll().then(() => process.exit(130)));

function leavesOf(value) {
  if (value === null || typeof value !== "object") return 1;
  return Object.values(value).reduce((sum, inner) => sum + leavesOf(inner), 0);
}

async function prepare() {
  const subgraphs = await start("subgraphs.mjs", {});
  running.push(subgraphs.child);
  const { addresses, ids } = subgraphs.message;
  const { issuer, scopes, tokens } = makeIssuer();
  const files = {
    secured: join(folder, "supergraph.graphql"),
    plain: join(folder, "supergraph-plain.graphql"),
    scopes: join(folder, "scopes.json"),
  };
  writeFileSync(files.secured, await composeSupergraph(addresses, true));
  writeFileSync(files.plain, await composeSupergraph(addresses, false));
  writeFileSync(files.scopes, JSON.stringify(scopes));
  const given = { addresses, supergraph: files, scopesFile: files.scopes, issuer, folder };
  const requests = Object.fromEntries(
    queries.map((query) => [
      query,
      ids[operations[query].ids].map((id, n) => ({
        body: bodyOf(query, id),
        token: tokens[n % tokens.length],
      })),
    ]),
  );
  const load = await loadProcess();
  return { subgraphs, load, given, requests };
}

async function loadProcess() {
  const { fork } = await import("node:child_process");
  const child = fork(join(import.meta.dirname, "load.mjs"), { serialization: "advanced" });
  running.push(child);
  return child;
}

async function answerOf(url, { body, token }) {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
      "x-ipvi-purpose": "case-work",
    },
    body,
  });
  return response.json();
}

/** Asks for some ids of each query; what the floor says is right. Throws when an answer differs. */
async function check(name, url, requests, right) {
  for (const query of queries) {
    for (let n = 0; n < CHECKED_IDS; n += 1) {
      const answer = await answerOf(url, requests[query][n]);
      if (answer.errors) throw new Error(`${query}: ${JSON.stringify(answer.errors[0])}`);
      const key = `${query} ${n}`;
      right[key] ??= answer.data;
      try {
        deepStrictEqual(answer.data, right[key]);
      } catch (error) {
        throw new Error(`${query}: its answer is not the floor's\n${error.message}`);
      }
    }
  }
}

async function open(name, { given, requests }, right) {
  const { file, env } = contestants[name];
  const profiling = flags.profile && name.startsWith("hub");
  const args = profiling ? ["--cpu-prof", "--cpu-prof-dir", join(folder, "profile")] : [];
  const contestant = await start(file, {
    title: name,
    args,
    env: { ...env, BENCH_GIVEN: JSON.stringify(given) },
  });
  running.push(contestant.child);
  const { url, pid } = contestant.message;
  try {
    await check(name, url, requests, right);
  } catch (error) {
    await stop(contestant.child);
    throw error;
  }
  return { name, url, child: contestant.child, pid: pid ?? contestant.child.pid, lengths: {} };
}

/** One measurement: the load runs, and the kernel says what each process used. */
async function measure(bench, contestant, query, concurrency, duration, most = MOST) {
  const { load, subgraphs, requests } = bench;
  const watched = [contestant.pid, subgraphs.child.pid, load.pid];
  contestant.lengths[query] ??= [];
  const before = watched.map(cpuOf);
  const busy = busyOfMachine();
  const { result, error } = await ask(load, {
    url: contestant.url,
    requests: requests[query],
    concurrency,
    seconds: duration,
    most,
    lengths: contestant.lengths[query],
  });
  if (error) throw new Error(`${contestant.name}: ${error}`);
  const used = watched.map((pid, n) => cpuOf(pid) - before[n]);
  const others = busyOfMachine() - busy - used.reduce((a, b) => a + b, 0);
  contestant.lengths[query] = result.lengths;
  return {
    contestant: contestant.name,
    query,
    concurrency,
    requests: result.requests,
    rps: result.requests / result.seconds,
    p50: result.p50,
    p99: result.p99,
    cpu: used[0] / result.requests,
    subgraphsCpu: used[1] / result.requests,
    loadCpu: used[2] / result.requests,
    /** CPUs that processes outside the bench kept busy meanwhile. */
    elsewhere: Math.max(0, others / 1000 / result.seconds),
    memory: memoryOf(contestant.pid),
    problems: result.problems,
  };
}

function lineOf(one, rounds) {
  return (
    `round ${one.round + 1}/${rounds} ${one.query} x${one.concurrency} ${one.contestant.padEnd(10)} ` +
    `${one.cpu.toFixed(3)} ms CPU, ${one.rps.toFixed(0)} rps, p50 ${one.p50.toFixed(2)}, p99 ${one.p99.toFixed(2)} ms ` +
    `(subgraphs ${one.subgraphsCpu.toFixed(3)}, load ${one.loadCpu.toFixed(3)}; others ${one.elsewhere.toFixed(2)} CPUs)`
  );
}

async function main() {
  const about = { date: new Date().toISOString(), ...machine(), rounds, seconds };
  const bench = await prepare();
  const opened = [];
  const absent = {};
  const right = {};
  // The floor says what is right, also where it is not measured.
  const floor = await open("floor", bench, right);
  for (const name of names) {
    try {
      opened.push(name === "floor" ? floor : await open(name, bench, right));
    } catch (error) {
      absent[name] = error.message.split("\n").slice(0, 12).join("\n");
      console.error(`${contestants[name].title} takes no part: ${absent[name]}`);
    }
  }
  if (!opened.includes(floor)) await stop(floor.child);
  const sizes = Object.fromEntries(
    queries.map((query) => [
      query,
      { leaves: leavesOf(right[`${query} 0`]), bytes: JSON.stringify({ data: right[`${query} 0`] }).length },
    ]),
  );
  /** One that breaks down under load leaves the run; its rounds so far stay. */
  async function attempt(contestant, work) {
    if (absent[contestant.name]) return;
    try {
      await work();
    } catch (error) {
      absent[contestant.name] = `broke down: ${error.message}`;
      console.error(`${contestants[contestant.name].title} ${absent[contestant.name]}`);
    }
  }

  for (const contestant of opened) {
    await attempt(contestant, async () => {
      for (const query of queries)
        await measure(bench, contestant, query, 32, WARM_UP.seconds, WARM_UP.requests[query]);
    });
  }
  const measured = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queries) {
      for (const concurrency of concurrencies) {
        // Each round begins with another contestant: none always follows the same one.
        for (let n = 0; n < opened.length; n += 1) {
          const contestant = opened[(n + round) % opened.length];
          await attempt(contestant, async () => {
            await measure(bench, contestant, query, concurrency, LEAD_IN);
            const one = { round, ...(await measure(bench, contestant, query, concurrency, seconds)) };
            measured.push(one);
            console.error(lineOf(one, rounds));
          });
        }
      }
    }
  }
  const { counts } = await ask(bench.subgraphs.child, "counts");
  const order = names.filter((name) => opened.some((one) => one.name === name));
  const summary = summarise(measured).sort(
    (a, b) => order.indexOf(a.contestant) - order.indexOf(b.contestant),
  );
  const reached = goals(measured);
  const titles = Object.fromEntries(Object.entries(contestants).map(([name, { title }]) => [name, title]));
  const busy = measured.reduce((sum, one) => sum + one.elsewhere, 0) / Math.max(1, measured.length);
  const text = [
    `# Gateways compared, ${about.date.slice(0, 10)}`,
    "",
    `Commit ${about.commit}; Node ${about.node}, ${about.cpu}, ${about.memoryGB} GB. ${rounds} interleaved round(s) of ${seconds} s; medians, ranges in brackets.`,
    `CPU is of the gateway's own process, all threads. Programs outside the bench kept ${busy.toFixed(2)} CPUs busy meanwhile` +
      (busy > 0.15 ? ": requests/s and latencies are too low; CPU per request suffers less." : "."),
    "",
    ...(names.length > 1 ? [overview(summary, titles), ""] : []),
    tables(measured, summary, titles, sizes),
    ...(reached.length > 0 ? ["### Goals", "", goalsTable(reached), ""] : []),
    ...Object.entries(absent).map(([name, why]) => `Not run: ${titles[name]}: ${why.split("\n")[0]}`),
  ].join("\n");
  console.log(text);
  if (out) {
    const results = join(dirname(import.meta.dirname), "results");
    mkdirSync(results, { recursive: true });
    const kept = { about, counts, sizes, absent, goals: reached, summary, rounds: measured };
    writeFileSync(join(results, `${out}.json`), `${JSON.stringify(kept, null, 1)}\n`);
    writeFileSync(join(results, `${out}.md`), `${text.trimEnd()}\n`);
  }
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

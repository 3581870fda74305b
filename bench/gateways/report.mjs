// Medians, ranges and the table.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { operations } from "./queries.mjs";

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const spread = (values) => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
});

/** The commit measured, with a "+" when the gateway's sources were changed since. */
function commit() {
  const git = (...args) => spawnSync("git", args, { cwd: import.meta.dirname, encoding: "utf8" });
  const { status, stdout } = git("rev-parse", "--short", "HEAD");
  if (status !== 0) return "unknown";
  const changed = git("status", "--porcelain", "--", ":/gateway", ":/platform").stdout !== "";
  return `${stdout.trim()}${changed ? "+" : ""}`;
}

export function machine() {
  return {
    commit: commit(),
    node: process.version,
    cpu: `${cpus().length} x ${cpus()[0].model.trim()}`,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    loadBefore: Number(readFileSync("/proc/loadavg", "utf8").split(" ")[0]),
  };
}

/** Rounds of the same contestant, query and concurrency put together. */
export function summarise(rounds) {
  const groups = new Map();
  for (const round of rounds) {
    const key = `${round.query} ${round.concurrency} ${round.contestant}`;
    groups.set(key, [...(groups.get(key) ?? []), round]);
  }
  return [...groups.values()].map((group) => {
    const { query, concurrency, contestant } = group[0];
    const of = (name) => spread(group.map((round) => round[name]));
    return {
      query,
      concurrency,
      contestant,
      rounds: group.length,
      requests: group.reduce((sum, round) => sum + round.requests, 0),
      cpu: of("cpu"),
      rps: of("rps"),
      p50: of("p50"),
      p99: of("p99"),
      subgraphsCpu: of("subgraphsCpu"),
      loadCpu: of("loadCpu"),
      elsewhere: of("elsewhere"),
      memory: of("memory"),
      problems: group.reduce((all, round) => {
        for (const [what, n] of Object.entries(round.problems)) all[what] = (all[what] ?? 0) + n;
        return all;
      }, {}),
    };
  });
}

const digits = (value) =>
  value >= 100
    ? value.toFixed(0)
    : value >= 10
      ? value.toFixed(1)
      : value >= 1
        ? value.toFixed(2)
        : value.toFixed(3);
const ranged = ({ median: m, least, most }) =>
  least === most ? digits(m) : `${digits(m)} (${digits(least)}-${digits(most)})`;

/** One table a query and concurrency; the ratio to the floor is of CPU per request, within each round. */
export function tables(rounds, summary, titles, sizes) {
  const parts = [];
  for (const query of Object.keys(operations)) {
    for (const concurrency of [...new Set(summary.map((row) => row.concurrency))]) {
      const rows = summary.filter((row) => row.query === query && row.concurrency === concurrency);
      if (rows.length === 0) continue;
      const { leaves, bytes } = sizes[query];
      parts.push(
        `### ${query}: ${operations[query].what} (${leaves} leaves, ${digits(bytes / 1000)} KB), concurrency ${concurrency}`,
        "",
        "| Gateway | CPU ms/request | to the floor | requests/s | p50 ms | p99 ms | memory MB |",
        "|---|---|---|---|---|---|---|",
        ...rows.map((row) => {
          const toFloor = ratioOf(rounds, row.contestant, "floor", query, concurrency);
          const cells = [
            titles[row.contestant],
            ranged(row.cpu),
            toFloor ? `${digits(toFloor.median)}x` : "",
            ranged(row.rps),
            ranged(row.p50),
            ranged(row.p99),
            row.memory.median.toFixed(0),
          ];
          return `| ${cells.join(" | ")} |`;
        }),
        "",
      );
      const broken = rows.filter((row) => Object.keys(row.problems).length > 0);
      for (const row of broken) parts.push(`${titles[row.contestant]}: ${JSON.stringify(row.problems)}`, "");
    }
  }
  return parts.join("\n");
}

/**
 * How one contestant's CPU per request stands to another's: the ratio within each round, where both met the same
 * machine, then the median.
 */
function ratioOf(rounds, one, other, query, concurrency) {
  const cpuOf = (contestant) =>
    rounds
      .filter((r) => r.contestant === contestant && r.query === query && r.concurrency === concurrency)
      .map((r) => [r.round, r.cpu]);
  const others = new Map(cpuOf(other));
  const ratios = cpuOf(one).flatMap(([round, cpu]) => (others.has(round) ? [cpu / others.get(round)] : []));
  return ratios.length === 0 ? undefined : spread(ratios);
}

/** CPU per request of everybody at a glance: medians, a column a query and concurrency. */
export function overview(summary, titles) {
  const columns = [
    ...new Map(summary.map((row) => [`${row.query} x${row.concurrency}`, row])).entries(),
  ].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  const contestants = [...new Set(summary.map((row) => row.contestant))];
  const cell = (contestant, { query, concurrency }) => {
    const row = summary.find(
      (r) => r.contestant === contestant && r.query === query && r.concurrency === concurrency,
    );
    return row ? digits(row.cpu.median) : "";
  };
  return [
    `| CPU ms/request | ${columns.map(([title]) => title).join(" | ")} |`,
    `|---|${"---|".repeat(columns.length)}`,
    ...contestants.map(
      (name) => `| ${[titles[name], ...columns.map(([, column]) => cell(name, column))].join(" | ")} |`,
    ),
  ].join("\n");
}

/** The goals of the engine, on CPU per request of the same run; only those whose parties took part. */
export function goals(rounds) {
  const wanted = [
    ["at least 5x less than @apollo/gateway", "Q1", "apollo", 1 / 5],
    ["at least 5x less than @apollo/gateway", "Q2", "apollo", 1 / 5],
    ["less than Mercurius", "Q1", "mercurius", 1],
    ["less than Mercurius", "Q2", "mercurius", 1],
    ["less than Mercurius", "Q3", "mercurius", 1],
    ["within 2x of the floor", "Q1", "floor", 2],
    ["within 1.3x of the floor", "Q2", "floor", 1.3],
    ["no more than the Rust gateway", "Q1", "grafbase", 1],
  ];
  return wanted.flatMap(([goal, query, other, most]) =>
    [...new Set(rounds.map((round) => round.concurrency))].flatMap((concurrency) => {
      const ratio = ratioOf(rounds, "hub", other, query, concurrency);
      return ratio ? [{ goal, query, concurrency, most, ratio, reached: ratio.median <= most }] : [];
    }),
  );
}

export function goalsTable(list) {
  return [
    "| Goal: CPU per request, authorization on | query | concurrency | ours / theirs | at most | |",
    "|---|---|---|---|---|---|",
    ...list.map(
      (g) =>
        `| ${g.goal} | ${g.query} | ${g.concurrency} | ${ranged(g.ratio)} | ${digits(g.most)} | ${g.reached ? "reached" : "not reached"} |`,
    ),
  ].join("\n");
}

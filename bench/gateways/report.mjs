// Medians, ranges and the table.
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

export function machine() {
  return {
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
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const ranged = ({ median: m, least, most }) => `${digits(m)} (${digits(least)}-${digits(most)})`;

/** One table a query and concurrency; the ratio is to the floor, CPU per request. */
export function tables(summary, titles, sizes) {
  const parts = [];
  for (const query of Object.keys(operations)) {
    for (const concurrency of [...new Set(summary.map((row) => row.concurrency))]) {
      const rows = summary.filter((row) => row.query === query && row.concurrency === concurrency);
      if (rows.length === 0) continue;
      const floor = rows.find((row) => row.contestant === "floor")?.cpu.median;
      const { leaves, bytes } = sizes[query];
      parts.push(
        `### ${query}: ${operations[query].what} (${leaves} leaves, ${digits(bytes / 1000)} KB), concurrency ${concurrency}`,
        "",
        "| Gateway | CPU ms/request | to the floor | requests/s | p50 ms | p99 ms | memory MB |",
        "|---|---|---|---|---|---|---|",
        ...rows.map((row) =>
          [
            "",
            titles[row.contestant],
            ranged(row.cpu),
            floor ? `${digits(row.cpu.median / floor)}x` : "",
            ranged(row.rps),
            ranged(row.p50),
            ranged(row.p99),
            digits(row.memory.median),
            "",
          ]
            .join(" | ")
            .trim(),
        ),
        "",
      );
      const broken = rows.filter((row) => Object.keys(row.problems).length > 0);
      for (const row of broken) parts.push(`${titles[row.contestant]}: ${JSON.stringify(row.problems)}`, "");
    }
  }
  return parts.join("\n");
}

/** The goals of the engine, on CPU per request of the same run; only those whose parties took part. */
export function goals(summary) {
  const cpu = (contestant, query, concurrency) =>
    summary.find(
      (row) => row.contestant === contestant && row.query === query && row.concurrency === concurrency,
    )?.cpu.median;
  const wanted = [
    ["at least 5x less CPU than @apollo/gateway on Q1", "Q1", "apollo", 1 / 5],
    ["at least 5x less CPU than @apollo/gateway on Q2", "Q2", "apollo", 1 / 5],
    ["less CPU than Mercurius on Q1", "Q1", "mercurius", 1],
    ["less CPU than Mercurius on Q2", "Q2", "mercurius", 1],
    ["less CPU than Mercurius on Q3", "Q3", "mercurius", 1],
    ["within 2x of the floor on Q1", "Q1", "floor", 2],
    ["within 1.3x of the floor on Q2", "Q2", "floor", 1.3],
    ["Q1 no slower than the Rust gateway", "Q1", "grafbase", 1],
  ];
  return wanted.flatMap(([goal, query, other, most]) =>
    [...new Set(summary.map((row) => row.concurrency))].flatMap((concurrency) => {
      const ours = cpu("hub", query, concurrency);
      const theirs = cpu(other, query, concurrency);
      if (ours === undefined || theirs === undefined) return [];
      return [{ goal, concurrency, ours, theirs, ratio: ours / theirs, reached: ours / theirs <= most }];
    }),
  );
}

export function goalsTable(list) {
  return [
    "| Goal (authorization on, CPU per request) | concurrency | ours ms | theirs ms | ours / theirs | |",
    "|---|---|---|---|---|---|",
    ...list.map(
      (g) =>
        `| ${g.goal} | ${g.concurrency} | ${digits(g.ours)} | ${digits(g.theirs)} | ${digits(g.ratio)} | ${g.reached ? "reached" : "not reached"} |`,
    ),
  ].join("\n");
}

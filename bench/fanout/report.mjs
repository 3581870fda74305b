// Medians over the rounds, and the page of tables.
import { median } from "../gateways/report.mjs";

const FIGURES = [
  "sustained",
  "p50",
  "p99",
  "cpu",
  "loadCpu",
  "entityRequests",
  "upstreams",
  "elsewhere",
  "lost",
];

/** Rounds of the same contestant, number of subscribers and rate put together. */
export function summarise(measured) {
  const groups = new Map();
  for (const one of measured) {
    const key = `${one.contestant} ${one.subscribers} ${one.rate}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const { contestant, subscribers, rate } = group[0];
    const of = (figure) => median(group.map(figure));
    return {
      contestant,
      subscribers,
      rate,
      rounds: group.length,
      ...Object.fromEntries(FIGURES.map((figure) => [figure, of((one) => one[figure])])),
      idleRss: of((one) => one.idle.rss),
      idleHeap: of((one) => one.idle.heap),
    };
  });
}

const short = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** How the CPU of one stands to the floor's: the ratio within each round, then the median. */
function toFloor(measured, row) {
  const same = (one) => one.subscribers === row.subscribers && one.rate === row.rate;
  const floors = new Map(
    measured.filter((one) => one.contestant === "floor" && same(one)).map((one) => [one.round, one.cpu]),
  );
  const ratios = measured
    .filter((one) => one.contestant === row.contestant && same(one) && floors.has(one.round))
    .map((one) => one.cpu / floors.get(one.round));
  return ratios.length === 0 ? "" : `${short(median(ratios))}x`;
}

function tableOf(measured, rows, titles) {
  return [
    "| Gateway | events/s sent | reached all | p50 ms | p99 ms | CPU us/delivery | to the floor | entity requests/event | streams upstream |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rows.map((row) => {
      const cells = [
        titles[row.contestant],
        row.rate,
        row.lost > 0 ? `${short(row.sustained)}, ${row.lost} lost` : short(row.sustained),
        short(row.p50),
        short(row.p99),
        short(row.cpu),
        toFloor(measured, row),
        short(row.entityRequests),
        row.upstreams,
      ];
      return `| ${cells.join(" | ")} |`;
    }),
  ];
}

function memoryOf(rows, titles) {
  const first = new Map();
  for (const row of rows) if (!first.has(row.contestant)) first.set(row.contestant, row);
  return [
    "| Gateway | MB for all, idle | of it heap | KB a subscriber |",
    "|---|---|---|---|",
    ...[...first.values()].map(
      ({ contestant, subscribers, idleRss, idleHeap }) =>
        `| ${titles[contestant]} | ${short(idleRss)} | ${short(idleHeap)} | ${short((idleRss * 1024) / subscribers)} |`,
    ),
  ];
}

export function pageOf({ about, measured, summary, titles, absent }) {
  const busy = measured.reduce((sum, one) => sum + one.elsewhere, 0) / Math.max(1, measured.length);
  const order = Object.keys(titles);
  const sorted = [...summary].sort(
    (a, b) => a.rate - b.rate || order.indexOf(a.contestant) - order.indexOf(b.contestant),
  );
  const sizes = [...new Set(summary.map(({ subscribers }) => subscribers))];
  return [
    `# Fan-out compared, ${about.date.slice(0, 10)}`,
    "",
    `Commit ${about.commit}; Node ${about.node}, ${about.cpu}, ${about.memoryGB} GB. ${about.rounds} interleaved round(s) of ${about.seconds} s, subscribers of ${about.agencies} agencies; medians.`,
    `CPU is of the gateway's own process, all threads. Programs outside the bench kept ${busy.toFixed(2)} CPUs busy meanwhile` +
      (busy > 0.15 ? ": rates and latencies are worse than the gateway's own; CPU suffers less." : "."),
    "",
    ...sizes.flatMap((size) => {
      const rows = sorted.filter(({ subscribers }) => subscribers === size);
      return [
        `### ${size} subscribers`,
        "",
        ...tableOf(measured, rows, titles),
        "",
        ...memoryOf(rows, titles),
        "",
      ];
    }),
    ...Object.entries(absent).map(([what, why]) => `Not carried: ${what}: ${why.split("\n")[0]}`),
  ].join("\n");
}

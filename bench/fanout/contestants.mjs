// Who takes part: a name for the command line, a title for the table, the module that serves, and what it is told.
export const contestants = {
  floor: { title: "Hand-written floor", file: "../fanout/contestants/floor.mjs" },
  hub: { title: "This gateway, authorization on", file: "../fanout/contestants/hub.mjs" },
  hive: { title: "Hive Gateway, JavaScript planner", file: "contestants/hive-streams.mjs" },
  "hive-rust": {
    title: "Hive Gateway, Rust planner",
    file: "contestants/hive-streams.mjs",
    env: { BENCH_PLANNER: "rust" },
  },
  mercurius: { title: "Mercurius gateway", file: "contestants/mercurius-streams.mjs" },
};

// Who takes part: a name for the command line, a title for the table, the module that serves, and what it is told.
export const contestants = {
  floor: { title: "Hand-written floor", file: "contestants/floor.mjs" },
  hub: { title: "This gateway, authorization on", file: "contestants/hub.mjs" },
  "hub-open": {
    title: "This gateway, authorization off",
    file: "contestants/hub.mjs",
    env: { BENCH_OPEN: "1" },
  },
  apollo: {
    title: "@apollo/gateway",
    file: "contestants/apollo.mjs",
    env: { APOLLO_TELEMETRY_DISABLED: "true" },
  },
  mercurius: { title: "Mercurius gateway", file: "contestants/mercurius.mjs" },
  hive: { title: "Hive Gateway, JavaScript planner", file: "contestants/hive.mjs" },
  "hive-rust": {
    title: "Hive Gateway, Rust planner",
    file: "contestants/hive.mjs",
    env: { BENCH_PLANNER: "rust" },
  },
  grafbase: { title: "Grafbase (Rust)", file: "contestants/grafbase.mjs" },
};

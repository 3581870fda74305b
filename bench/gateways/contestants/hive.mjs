// Hive Gateway's runtime on node:http; BENCH_PLANNER=rust takes its planner written in Rust in place of schema stitching.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { announce, given } from "./announce.mjs";

const planner =
  process.env.BENCH_PLANNER === "rust"
    ? { unifiedGraphHandler: (await import("@graphql-hive/router-runtime")).unifiedGraphHandler }
    : {};
const gateway = createGatewayRuntime({
  supergraph: readFileSync(given.supergraph.plain, "utf8"),
  logging: false,
  ...planner,
});
const server = createServer(gateway);
server.listen(0, "127.0.0.1", () => announce(`http://127.0.0.1:${server.address().port}/graphql`));

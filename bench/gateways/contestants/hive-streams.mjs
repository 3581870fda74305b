// Hive Gateway's runtime with its own graphql-ws options, for bench/fanout; BENCH_PLANNER=rust as in hive.mjs. Upstream it
// reads server-sent events: its transport for WebSockets is a package of its own.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createGatewayRuntime, getGraphQLWSOptions } from "@graphql-hive/gateway-runtime";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { announce, given } from "../../fanout/announce.mjs";

const planner =
  process.env.BENCH_PLANNER === "rust"
    ? { unifiedGraphHandler: (await import("@graphql-hive/router-runtime")).unifiedGraphHandler }
    : {};
const gateway = createGatewayRuntime({
  supergraph: readFileSync(given.supergraph.plain, "utf8"),
  logging: false,
  ...planner,
});
// Before it has its schema it answers operations on sockets with errors.
await gateway.getSchema();
const server = createServer(gateway);
const sockets = new WebSocketServer({ server, path: "/graphql", perMessageDeflate: false });
useServer(
  getGraphQLWSOptions(gateway, ({ extra }) => ({
    req: extra.request,
    request: new Request("http://127.0.0.1/graphql"),
    socket: extra.socket,
  })),
  sockets,
);
server.listen(0, "127.0.0.1", 4_096, () => announce(`http://127.0.0.1:${server.address().port}/graphql`));

// One subgraph in a process of its own, which may be ended and started again on the same port.
import { serveSubgraph } from "../gateways/subgraph.mjs";
import { makeData } from "../gateways/supergraph/data.mjs";

const [name, port] = [process.env.SOAK_SUBGRAPH, Number(process.env.SOAK_PORT)];
process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
process.send({ address: await serveSubgraph(name, makeData()[name], port) });

// The three subgraphs: one process, three ports. The records never change, so each request body is executed once and its
// answer remembered: any gateway's own operations are answered right, and the subgraphs cost the measurement little.
import { counts, serveSubgraph } from "./subgraph.mjs";
import { makeData } from "./supergraph/data.mjs";
import { SUBGRAPHS } from "./supergraph/schemas.mjs";

const data = makeData();
const addresses = {};
for (const name of SUBGRAPHS) addresses[name] = await serveSubgraph(name, data[name]);
const law = data["law-enforcement"].entities;
process.on("message", () => process.send({ counts }));
process.on("disconnect", () => process.exit(0));
process.send({
  addresses,
  ids: { persons: [...law.Person.keys()], conferences: [...law.Conference.keys()] },
});

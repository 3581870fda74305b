import { buildSubgraph } from "../../../platform/subgraph/subgraph-schema";
import { lawEnforcementDefinition } from "./definition";

test("the schema builds without a database, twice to the same text", async () => {
  const first = await buildSubgraph(lawEnforcementDefinition());
  const second = await buildSubgraph(lawEnforcementDefinition());
  expect(first.sdl).toContain("type Person");
  expect(second.sdl).toBe(first.sdl);
});

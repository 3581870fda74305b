import { lexicographicSortSchema, parse, print, printSchema } from "graphql";
import { maySeeOf } from "../../gateway/authorization/prune";
import { requirementsOf } from "../../gateway/authorization/requirements";
import { viewOf } from "../../gateway/authorization/view";
import { createPlanner } from "../../gateway/engine/plan";
import { buildSubgraph, type SubgraphDefinition } from "../../platform/subgraph/subgraph-schema";
import { grantedTo } from "../../policy/granted";
import { breakGlassOf } from "../../policy/break-glass";
import { ROLES } from "../../policy/matrix";
import { advocacyDefinition } from "../../subgraphs/advocacy/graphql/definition";
import { lawEnforcementDefinition } from "../../subgraphs/law-enforcement/graphql/definition";
import { servicesDefinition } from "../../subgraphs/services/graphql/definition";
import type { SubgraphName } from "../settings";
import { compose } from "./compose";
import { refuseUnplannable, refuseUnsafe } from "./refuse-unsafe";
import { visibilityPage } from "./visibility-page";

/** Each subgraph as it is served by default on this machine. */
const SERVED: Readonly<Record<SubgraphName, { url: string; definition: () => SubgraphDefinition<never> }>> = {
  "law-enforcement": { url: "http://127.0.0.1:4101/graphql", definition: lawEnforcementDefinition },
  advocacy: { url: "http://127.0.0.1:4102/graphql", definition: advocacyDefinition },
  services: { url: "http://127.0.0.1:4103/graphql", definition: servicesDefinition },
};

/**
 * Derives every file of `schema/` from the agencies' classes and policies and the visibility matrix: path below
 * `schema/` to content. The same code always gives the same bytes.
 *
 * @throws Error when a field has no policy row, a key is not opaque, the subgraphs do not compose, or the planner
 * would get a requirement wrong.
 */
export async function schemaFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const services = [];
  const policies = [];
  for (const [name, { url, definition }] of Object.entries(SERVED)) {
    const defined = definition();
    const { sdl, typeDefs } = await buildSubgraph(defined);
    refuseUnsafe(name, typeDefs);
    files.set(`${name}.graphql`, sdl);
    services.push({ name, url, typeDefs });
    policies.push({ agency: name, policy: defined.policy });
  }

  const supergraph = compose(services);
  refuseUnplannable(supergraph);
  files.set("supergraph.graphql", supergraph);
  const { apiSchema } = createPlanner(supergraph);
  const requirements = requirementsOf(parse(supergraph));
  for (const role of ROLES) {
    const view = viewOf(apiSchema, maySeeOf(requirements, grantedTo([role])));
    files.set(`views/${role}.graphql`, `${print(parse(printSchema(lexicographicSortSchema(view))))}\n`);
  }
  const scopes = Object.fromEntries(ROLES.map((role) => [role, [...grantedTo([role])].sort()]));
  files.set("scopes.json", `${JSON.stringify(scopes, null, 2)}\n`);
  const breakGlass = Object.fromEntries(ROLES.map((role) => [role, breakGlassOf(role)]));
  files.set("break-glass.json", `${JSON.stringify(breakGlass, null, 2)}\n`);
  files.set("visibility.md", visibilityPage(policies));
  return files;
}

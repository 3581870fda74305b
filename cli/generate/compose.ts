import { composeServices } from "@apollo/composition";
import type { DocumentNode } from "graphql";
import { argumentsInRequires } from "./field-sets";

export interface ComposedService {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

/**
 * Composes subgraphs into a supergraph. The port to Apollo's composition: nothing else touches it.
 *
 * @throws Error with every composition error, each on a line of its own. Arguments inside @requires are one too, though
 * Apollo allows them: its planner can mix up two that differ in nothing else, and say nothing.
 */
export function compose(services: readonly ComposedService[]): string {
  const refused = services.flatMap(({ name, typeDefs }) =>
    argumentsInRequires(typeDefs).map(
      ({ coordinate, field }) => `[${name}] ${coordinate} requires ${field} with arguments: give it none.`,
    ),
  );
  const result = composeServices([...services]);
  const errors = [...refused, ...(result.errors ?? []).map((e) => e.message)];
  if (errors.length > 0 || result.supergraphSdl === undefined) {
    throw new Error(`The subgraphs do not compose:\n  ${errors.join("\n  ")}`);
  }
  return result.supergraphSdl;
}

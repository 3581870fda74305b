import { composeServices } from "@apollo/composition";
import type { DocumentNode } from "graphql";

export interface ComposedService {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

/**
 * Composes subgraphs into a supergraph. The port to Apollo's composition: nothing else touches it.
 *
 * @throws Error with every composition error, each on a line of its own.
 */
export function compose(services: readonly ComposedService[]): string {
  const result = composeServices([...services]);
  if (result.errors) {
    throw new Error(`The subgraphs do not compose:\n  ${result.errors.map((e) => e.message).join("\n  ")}`);
  }
  return result.supergraphSdl;
}

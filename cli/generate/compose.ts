import { composeServices } from "@apollo/composition";
import type { DocumentNode } from "graphql";
import { argumentsInRequires } from "./field-sets";

export interface ComposedService {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

/**
 * Composes subgraphs as Apollo does. The port to its composition: nothing else touches it.
 *
 * @throws Error with every composition error, each on a line of its own.
 */
export function composeAny(services: readonly ComposedService[], refused: readonly string[] = []): string {
  const result = composeServices([...services]);
  const errors = [...refused, ...(result.errors ?? []).map((e) => e.message)];
  if (errors.length > 0 || result.supergraphSdl === undefined) {
    throw new Error(`The subgraphs do not compose:\n  ${errors.join("\n  ")}`);
  }
  return result.supergraphSdl;
}

/**
 * Composes the hub's own subgraphs.
 *
 * @throws Error with every composition error. Arguments inside @requires are one too, though Apollo allows them: its planner
 * can mix up two that differ in nothing else, and say nothing. The engine keeps them apart; another gateway would not.
 */
export function compose(services: readonly ComposedService[]): string {
  const refused = services.flatMap(({ name, typeDefs }) =>
    argumentsInRequires(typeDefs).map(
      ({ coordinate, field }) => `[${name}] ${coordinate} requires ${field} with arguments: give it none.`,
    ),
  );
  return composeAny(services, refused);
}

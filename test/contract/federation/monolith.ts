import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { MaySee } from "../../../gateway/authorization/prune";
import { resolveWhole, type Args, type KnownWorld } from "./resolve";
import { type Fact, type Facts } from "./world";

export interface Monolith {
  readonly known: KnownWorld;
  readonly schema: GraphQLSchema;
  readonly facts: Facts;
  readonly maySee: MaySee;
}

/** The merged schema executed by graphql-js alone: what every client should get. What may not be seen is an error there. */
export async function executeMonolith(
  { known, schema, facts, maySee }: Monolith,
  document: DocumentNode,
  variables: Args,
): Promise<ExecutionResult> {
  return execute({
    schema,
    document,
    variableValues: variables,
    fieldResolver: (source: Fact | undefined, args: Args, _context, { parentType, fieldName }) => {
      if (!maySee(parentType.name, fieldName)) throw new Error("Not for this caller.");
      return resolveWhole(known, facts, parentType.name, source ?? {}, fieldName, args);
    },
    typeResolver: ({ __typename }: Fact) => {
      if (__typename !== undefined && !maySee(__typename, "__typename"))
        throw new Error("Not for this caller.");
      return __typename;
    },
  });
}

import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from "graphql";
import { resolveWhole, type Args, type KnownWorld } from "./resolve";
import { type Fact, type Facts } from "./world";

/** The merged schema executed by graphql-js alone: what every client should get. */
export async function executeMonolith(
  known: KnownWorld,
  schema: GraphQLSchema,
  facts: Facts,
  document: DocumentNode,
  variables: Args,
): Promise<ExecutionResult> {
  return execute({
    schema,
    document,
    variableValues: variables,
    fieldResolver: (source: Fact | undefined, args: Args, _context, info) =>
      resolveWhole(known, facts, info.parentType.name, source ?? {}, info.fieldName, args),
    typeResolver: (value: Fact) => value.__typename,
  });
}

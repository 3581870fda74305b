import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  GraphQLDirective,
  Kind,
  parse,
  print,
  specifiedDirectives,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import {
  buildSchema,
  createResolversMap,
  getMetadataStorage,
  type BuildSchemaOptions,
  type PubSub,
} from "type-graphql";
import { applyPolicy } from "../policy/apply-policy";
import type { PolicyTable } from "../policy/policy-table";
import { printWithDirectives } from "./print-with-directives";

const FEDERATION_LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@authenticated", "@requiresScopes"]
)`;

/** Turns a representation (`{ __typename, id }`) into the entity, as its agency lets this caller see it. */
export type ReferenceResolver<Context> = (reference: { id: string }, context: Context) => unknown;

export interface SubgraphDefinition<Context> {
  readonly resolvers: BuildSchemaOptions["resolvers"];
  /** Object types that no resolver returns, such as entities that another agency owns. */
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type
  readonly orphanedTypes: Function[];
  readonly references: Readonly<Record<string, ReferenceResolver<Context>>>;
  readonly policy: PolicyTable;
}

export interface SubgraphSchema {
  /** What is composed into the supergraph: directives and all. */
  readonly typeDefs: DocumentNode;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/** Subscriptions read the agency's outbox (`eventsOf`); type-graphql asks for a bus of its own all the same. */
const NO_PUB_SUB: PubSub = {
  publish: () => {
    throw new Error("Events leave by the outbox only.");
  },
  subscribe: () => {
    throw new Error("A subscription subscribes to eventsOf its topics.");
  },
};

/**
 * Builds one agency's subgraph from its type-graphql classes and its policy.
 *
 * @throws Error when a field has no policy row, or a row no field (see applyPolicy).
 */
export async function buildSubgraph<Context>(
  definition: SubgraphDefinition<Context>,
): Promise<SubgraphSchema> {
  // What is a property is read by graphql-js itself: an answer of a conference has some ten thousand of them.
  for (const field of getMetadataStorage().fields) field.simple ??= field.name === field.schemaName;
  const classes = await buildSchema({
    resolvers: definition.resolvers,
    orphanedTypes: definition.orphanedTypes,
    directives: specifiedDirectives as GraphQLDirective[],
    pubSub: NO_PUB_SUB,
    validate: false,
    skipCheck: true,
  });
  const withPolicy = applyPolicy(printWithDirectives(classes), definition.policy);
  const typeDefs: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [...parse(FEDERATION_LINK).definitions, ...withPolicy.definitions],
  };
  const resolvers = createResolversMap(classes) as Record<string, Record<string, unknown>>;
  for (const [type, resolve] of Object.entries(definition.references)) {
    resolvers[type] = {
      ...resolvers[type],
      __resolveReference: (reference: { id: string }, context: Context) => resolve(reference, context),
    };
  }
  // The map is graphql-js's own shape; buildSubgraphSchema's type is narrower than what it takes.
  const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });
  return { typeDefs, sdl: `${print(typeDefs)}\n`, schema };
}

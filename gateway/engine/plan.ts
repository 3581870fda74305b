import {
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
  operationFromDocument,
  possibleRuntimeTypes,
} from "@apollo/federation-internals";
import {
  QueryPlanner,
  type FetchNode as ApolloFetchNode,
  type PlanNode as ApolloPlanNode,
  type QueryPlanSelectionNode,
  type SubscriptionNode as ApolloSubscriptionNode,
} from "@apollo/query-planner";
import { OperationTypeNode, type DocumentNode, type GraphQLSchema } from "graphql";
import { localMembersOf, withLocalMembers } from "./local-members";
import type { FetchNode, PlanNode, RequiredSelection, SubscriptionNode } from "./plan-nodes";
import { subscriptionWithVariantsAsked, withVariantsAsked } from "./required-variants";
import type { TypesOf } from "./rewrites";
import { supergraphForPlanner } from "./supergraph-for-planner";

/** The port to the planner: nothing else in the hub touches Apollo's planning packages. */
export interface Planner {
  /** What clients may ask for: no join directives, nothing @inaccessible. */
  readonly apiSchema: GraphQLSchema;
  /** Subgraph name to the address the supergraph gives it. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** The concrete types of any type of the supergraph, @inaccessible ones included. */
  readonly typesOf: TypesOf;
  /** Plans one valid operation; undefined when nothing need be fetched. */
  plan(document: DocumentNode, operationName: string | undefined): PlanNode | SubscriptionNode | undefined;
}

function requiredSelection(node: QueryPlanSelectionNode): RequiredSelection {
  if (node.kind === "Field") {
    return {
      kind: "Field",
      name: node.name,
      alias: node.alias,
      selections: node.selections?.map(requiredSelection),
    };
  }
  return {
    kind: "InlineFragment",
    typeCondition: node.typeCondition,
    selections: node.selections.map(requiredSelection),
  };
}

function fetchNode(node: ApolloFetchNode): FetchNode {
  return {
    kind: "Fetch",
    serviceName: node.serviceName,
    operation: node.operation,
    isMutation: node.operationKind === OperationTypeNode.MUTATION,
    operationName: node.operationName,
    variableUsages: node.variableUsages ?? [],
    requires: node.requires?.map(requiredSelection),
    inputRewrites: node.inputRewrites ?? [],
    outputRewrites: node.outputRewrites ?? [],
    contextRewrites: node.contextRewrites ?? [],
  };
}

function planNode(node: ApolloPlanNode): PlanNode {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return { kind: node.kind, nodes: node.nodes.map(planNode) };
    case "Flatten":
      return { kind: "Flatten", path: node.path.map(String), node: planNode(node.node) };
    case "Condition":
      return {
        kind: "Condition",
        condition: node.condition,
        ifClause: node.ifClause && planNode(node.ifClause),
        elseClause: node.elseClause && planNode(node.elseClause),
      };
    case "Fetch":
      return fetchNode(node);
    case "Defer":
      throw new Error("The engine cannot execute a Defer plan.");
  }
}

function subscriptionNode({ primary, rest }: ApolloSubscriptionNode): SubscriptionNode {
  return { kind: "Subscription", primary: fetchNode(primary), rest: rest && planNode(rest) };
}

function concreteTypesOf(supergraph: Supergraph): TypesOf {
  const concrete = new Map<string, ReadonlySet<string>>();
  for (const type of [...supergraph.schema.interfaceTypes(), ...supergraph.schema.unionTypes()]) {
    // An interface object carries its interface's own name as __typename.
    concrete.set(type.name, new Set([type.name, ...possibleRuntimeTypes(type).map((t) => t.name)]));
  }
  return (name) => concrete.get(name) ?? new Set([name]);
}

/**
 * A planner over one supergraph.
 *
 * @throws Error when the supergraph uses a feature the engine must understand and does not.
 */
export function createPlanner(supergraphSdl: string): Planner {
  const options = { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES };
  const supergraph = Supergraph.build(supergraphSdl, options);
  const planned = supergraphForPlanner(supergraphSdl);
  // The given one is validated; in the other, what is required with arguments only is external for nothing.
  supergraph.subgraphs();
  const plannedSupergraph = Supergraph.build(planned.document, { ...options, validateSupergraph: false });
  const planner = new QueryPlanner(plannedSupergraph);
  const plannedSchema = plannedSupergraph.apiSchema();
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  const localMembers = localMembersOf(planned.document);
  return {
    apiSchema: schema,
    subgraphs: new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url])),
    typesOf: concreteTypesOf(supergraph),
    plan: (document, operationName) => {
      const named = operationName === undefined ? {} : { operationName };
      const operation = operationFromDocument(plannedSchema, document, { ...named, validate: false });
      const { node } = planner.buildQueryPlan(operation);
      if (node?.kind === "Subscription")
        return subscriptionWithVariantsAsked(subscriptionNode(node), planned);
      if (!node) return undefined;
      return withLocalMembers(withVariantsAsked(planNode(node), planned), document, schema, localMembers);
    },
  };
}

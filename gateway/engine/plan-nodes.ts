/**
 * A query plan as the engine understands it: which requests to make, in which order, and where answers go. The shape
 * is that of Apollo's query planner; another planner fits by producing the same.
 */
export type PlanNode = SequenceNode | ParallelNode | FetchNode | FlattenNode | ConditionNode;

/** A plan whose first fetch is a stream: `rest` completes each of its events. */
export interface SubscriptionNode {
  readonly kind: "Subscription";
  readonly primary: FetchNode;
  readonly rest: PlanNode | undefined;
}

export interface SequenceNode {
  readonly kind: "Sequence";
  readonly nodes: readonly PlanNode[];
}

export interface ParallelNode {
  readonly kind: "Parallel";
  readonly nodes: readonly PlanNode[];
}

/** One request to one subgraph; with `requires` it asks for entities by their representations. */
export interface FetchNode {
  readonly kind: "Fetch";
  readonly serviceName: string;
  readonly operation: string;
  readonly isMutation: boolean;
  readonly operationName: string | undefined;
  readonly variableUsages: readonly string[];
  readonly requires: readonly RequiredSelection[] | undefined;
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
  readonly contextRewrites: readonly ContextRewrite[];
}

/** Runs its node for every object at the path; "@" stands for each element of a list. */
export interface FlattenNode {
  readonly kind: "Flatten";
  readonly path: readonly string[];
  readonly node: PlanNode;
}

/** @skip and @include as far as they decide whether a request is made at all. */
export interface ConditionNode {
  readonly kind: "Condition";
  readonly condition: string;
  readonly ifClause: PlanNode | undefined;
  readonly elseClause: PlanNode | undefined;
}

export type RequiredSelection =
  | {
      readonly kind: "Field";
      readonly name: string;
      readonly alias: string | undefined;
      readonly selections: readonly RequiredSelection[] | undefined;
    }
  | {
      readonly kind: "InlineFragment";
      readonly typeCondition: string | undefined;
      readonly selections: readonly RequiredSelection[];
    };

/** A change to a representation before it is sent, or to an answer before it is merged. */
export type Rewrite =
  | { readonly kind: "ValueSetter"; readonly path: readonly string[]; readonly setValueTo: unknown }
  | { readonly kind: "KeyRenamer"; readonly path: readonly string[]; readonly renameKeyTo: string };

/** Where the value of a @fromContext argument stands, seen from the entity, and the variable it is sent as. */
export interface ContextRewrite {
  readonly path: readonly string[];
  readonly renameKeyTo: string;
}

/** The names of the subgraphs that a plan asks, each once. */
export function subgraphsOf(node: PlanNode | SubscriptionNode | undefined): string[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case "Fetch":
      return [node.serviceName];
    case "Flatten":
      return subgraphsOf(node.node);
    case "Sequence":
    case "Parallel":
      return [...new Set(node.nodes.flatMap(subgraphsOf))];
    case "Condition":
      return [...new Set([...subgraphsOf(node.ifClause), ...subgraphsOf(node.elseClause)])];
    case "Subscription":
      return [...new Set([...subgraphsOf(node.primary), ...subgraphsOf(node.rest)])];
  }
}

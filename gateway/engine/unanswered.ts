import { Kind, parse, type SelectionSetNode } from "graphql";
import { engineError, type EngineError } from "./errors";
import type { PlanNode } from "./plan-nodes";
import { clientPath } from "./planned-keys";

function keysOf(set: SelectionSetNode): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [(selection.alias ?? selection.name).value];
    return selection.kind === Kind.INLINE_FRAGMENT ? keysOf(selection.selectionSet) : [];
  });
}

function rootKeysAsked(node: PlanNode): string[] {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.flatMap(rootKeysAsked);
    case "Condition":
      return [node.ifClause, node.elseClause].flatMap((clause) => (clause ? rootKeysAsked(clause) : []));
    case "Flatten":
      return [];
    case "Fetch": {
      if (node.requires) return [];
      const [operation] = parse(node.operation, { noLocation: true }).definitions;
      return operation?.kind === Kind.OPERATION_DEFINITION ? keysOf(operation.selectionSet) : [];
    }
  }
}

/**
 * Errors for the root fields that a plan leaves out. The planner does so, and says nothing, where it sees no type that the
 * field could have: an interface that its subgraph has no implementer of. A null without a reason would be taken for a fact.
 */
export function unansweredErrors(plan: PlanNode | undefined, rootKeys: readonly string[]): EngineError[] {
  const asked = new Set(plan ? rootKeysAsked(plan) : []);
  return rootKeys
    .filter((key) => !asked.has(key))
    .map((key) =>
      engineError("UNANSWERABLE", "No agency's server can answer this as it is asked.", clientPath([key])),
    );
}

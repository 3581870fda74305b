import { Kind, visit, type DocumentNode } from "graphql";

/** The planner's own variable of every entity fetch. */
const RESERVED = "representations";
/** What a client's variable of that name is called in what the subgraphs are asked. */
const RENAMED = "representations_of_client";

/** Renames a client's variable that would collide with the planner's own. */
export function withoutReservedVariable(document: DocumentNode): DocumentNode {
  return visit(document, {
    Variable: (variable) =>
      variable.name.value === RESERVED
        ? { ...variable, name: { kind: Kind.NAME, value: RENAMED } }
        : undefined,
  });
}

/** The variables' values under the names that the plan knows them by. */
export function renamedVariables(
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.hasOwn(variables, RESERVED) ? { ...variables, [RENAMED]: variables[RESERVED] } : variables;
}

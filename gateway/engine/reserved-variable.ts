import { Kind, visit, type DocumentNode, type VariableDefinitionNode } from "graphql";

/** The planner's own variable of every entity fetch. */
const RESERVED = "representations";

/** Gives a client's variable that is called as the planner's own another name in what the subgraphs are asked. */
export interface Renaming {
  document(document: DocumentNode): DocumentNode;
  values(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

const NOTHING_TO_RENAME: Renaming = { document: (document) => document, values: (variables) => variables };

/** The renaming for an operation with these variables: to a name that none of them has. */
export function renamingOf(definitions: readonly VariableDefinitionNode[]): Renaming {
  const names = new Set(definitions.map((definition) => definition.variable.name.value));
  if (!names.has(RESERVED)) return NOTHING_TO_RENAME;
  let renamed = `${RESERVED}_`;
  while (names.has(renamed)) renamed += "_";
  return {
    document: (document) =>
      visit(document, {
        Variable: (variable) =>
          variable.name.value === RESERVED
            ? { ...variable, name: { kind: Kind.NAME, value: renamed } }
            : undefined,
      }),
    values: (variables) =>
      Object.hasOwn(variables, RESERVED) ? { ...variables, [renamed]: variables[RESERVED] } : variables,
  };
}

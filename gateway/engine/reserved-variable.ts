import { Kind, visit, type DocumentNode, type VariableDefinitionNode } from "graphql";

/** The planner's own variables: of every entity fetch, and of arguments from a context. */
const RESERVED = /^(representations$|contextualArgument_)/;

/** Gives a client's variables that are called as the planner's own other names in what the subgraphs are asked. */
export interface Renaming {
  document(document: DocumentNode): DocumentNode;
  values(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

const NOTHING_TO_RENAME: Renaming = { document: (document) => document, values: (variables) => variables };

/** The renaming for an operation with these variables: to names that none of them has. */
export function renamingOf(definitions: readonly VariableDefinitionNode[]): Renaming {
  const names = new Set(definitions.map((definition) => definition.variable.name.value));
  const renamed = new Map<string, string>();
  for (const name of [...names].filter((one) => RESERVED.test(one))) {
    let other = `own_${name}`;
    while (names.has(other)) other += "_";
    names.add(other);
    renamed.set(name, other);
  }
  if (renamed.size === 0) return NOTHING_TO_RENAME;
  return {
    document: (document) =>
      visit(document, {
        Variable: (variable) => {
          const value = renamed.get(variable.name.value);
          return value === undefined ? undefined : { ...variable, name: { kind: Kind.NAME, value } };
        },
      }),
    values: (variables) =>
      Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [renamed.get(name) ?? name, value]),
      ),
  };
}

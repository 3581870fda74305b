import {
  Kind,
  TypeInfo,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { meetsAlternatives, type Requirements } from "./requirements";

export interface Pruned {
  /** What may be planned; undefined when nothing is left to fetch. */
  readonly document: DocumentNode | undefined;
  /** Each cut field once, at the top of what was cut; "@" stands for the elements of a list. */
  readonly removedPaths: readonly (readonly string[])[];
}

/** Never asked for by a client: a leaf that keeps an object's place when every field of it was cut. */
const PLACE_KEEPER: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } }],
};

export type MaySee = (typeName: string, fieldName: string) => boolean;

/** What these scopes may see of each type. Introspection says nothing of anybody and is always answered. */
export function maySeeOf(requirements: Requirements, scopes: ReadonlySet<string>): MaySee {
  return (type, field) =>
    field.startsWith("__") ||
    type.startsWith("__") ||
    meetsAlternatives(requirements.get(`${type}.${field}`), scopes);
}

function removedPathsOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  maySee: MaySee,
): string[][] {
  const paths = new Map<string, string[]>();
  function inSet(set: SelectionSetNode, typeName: string, path: readonly string[]): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) inField(selection, typeName, path);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        inSet(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, path);
      } else {
        const fragment = fragments.get(selection.name.value);
        if (fragment) inSet(fragment.selectionSet, fragment.typeCondition.name.value, path);
      }
    }
  }
  function inField(field: FieldNode, typeName: string, path: readonly string[]): void {
    const here = [...path, (field.alias ?? field.name).value];
    if (!maySee(typeName, field.name.value)) {
      paths.set(JSON.stringify(here), here);
      return;
    }
    const type = schema.getType(typeName);
    const definition =
      isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    if (!field.selectionSet || !definition) return;
    let inner: GraphQLOutputType = definition.type;
    const elements: string[] = [];
    while (isListType(inner) || isNonNullType(inner)) {
      if (isListType(inner)) elements.push("@");
      inner = inner.ofType;
    }
    inSet(field.selectionSet, inner.name, [...here, ...elements]);
  }
  const root = schema.getRootType(operation.operation);
  if (root) inSet(operation.selectionSet, root.name, []);
  return [...paths.values()];
}

/** Leaves out the variables and fragments that the operation no longer uses: they too could say something. */
export function withoutUnused(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
    ),
  );
  const usedFragments = new Set<string>();
  const usedVariables = new Set<string>();
  const open = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    const inside = node.kind === Kind.OPERATION_DEFINITION ? { ...node, variableDefinitions: [] } : node;
    visit(inside, {
      Variable: (variable) => void usedVariables.add(variable.name.value),
      FragmentSpread: (spread) => {
        const fragment = fragments.get(spread.name.value);
        if (!fragment || usedFragments.has(spread.name.value)) return;
        usedFragments.add(spread.name.value);
        open(fragment);
      },
    });
  };
  open(operation);
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...operation,
        variableDefinitions: (operation.variableDefinitions ?? []).filter((v) =>
          usedVariables.has(v.variable.name.value),
        ),
      },
      ...[...fragments.values()].filter((fragment) => usedFragments.has(fragment.name.value)),
    ],
  };
}

/**
 * Cuts one valid operation down to what the caller may see, before it is planned: a subgraph is never asked for the
 * rest, and a mutation that is cut does not run. Introspection is cut as well: the gateway answers it itself.
 */
export function prune(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  maySee: MaySee,
): Pruned {
  const fragments = new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
    ),
  );
  const removedPaths = removedPathsOf(schema, operation, fragments, maySee);
  const typeInfo = new TypeInfo(schema);
  const cut = visit(
    { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] } as DocumentNode,
    visitWithTypeInfo(typeInfo, {
      Field: (field) => {
        const parent = typeInfo.getParentType();
        const name = field.name.value;
        const isIntrospection = name === "__schema" || name === "__type";
        const known = isCompositeType(parent);
        return isIntrospection || !known || !maySee(parent.name, name) ? null : undefined;
      },
      // Fragments first: then what they leave empty is emptied where they are spread.
      SelectionSet: {
        leave: (set) => (set.selections.length === 0 ? PLACE_KEEPER : undefined),
      },
    }),
  );
  const kept = cut.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION)!;
  const root = schema.getRootType(operation.operation);
  const remaining = withoutUnused(cut, kept);
  const fetchesNothing = isObjectType(root) && asksOnlyTypename(kept.selectionSet, remaining);
  return { document: fetchesNothing ? undefined : remaining, removedPaths };
}

/** True when a root selection set asks for nothing but `__typename`, which needs no subgraph. */
function asksOnlyTypename(set: SelectionSetNode, document: DocumentNode): boolean {
  return set.selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === "__typename";
    if (selection.kind === Kind.INLINE_FRAGMENT) return asksOnlyTypename(selection.selectionSet, document);
    const fragment = document.definitions.find(
      (d) => d.kind === Kind.FRAGMENT_DEFINITION && d.name.value === selection.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION && asksOnlyTypename(fragment.selectionSet, document);
  });
}

import {
  Kind,
  TypeInfo,
  doTypesOverlap,
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
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { mayRead, type Requirements } from "./requirements";

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

/** Of an interface's field: whether it may be seen of every implementer. `__typename`: whether the type may be seen at all. */
export type MaySee = (typeName: string, fieldName: string) => boolean;

/** What these scopes may see of each type. Introspection says nothing of anybody and is always answered. */
export function maySeeOf(requirements: Requirements, scopes: ReadonlySet<string>): MaySee {
  return (type, field) => {
    const coordinate = `${type}.${field}`;
    if (type.startsWith("__") || field === "__schema" || field === "__type") return true;
    if (field === "__typename" && !requirements.has(coordinate)) return true;
    return mayRead(requirements, coordinate, scopes);
  };
}

/** Of a field that may not be seen of every implementer: those of whom it may. */
function permittedOf(
  schema: GraphQLSchema,
  typeName: string,
  fieldName: string,
  maySee: MaySee,
): readonly GraphQLObjectType[] {
  const type = schema.getType(typeName);
  if (!isInterfaceType(type)) return [];
  return schema.getPossibleTypes(type).filter(({ name }) => maySee(name, fieldName));
}

/** True when the field may be seen of every implementer but those of whom nothing may: they say so themselves. */
function lacksOnlyHidden(
  schema: GraphQLSchema,
  typeName: string,
  fieldName: string,
  maySee: MaySee,
): boolean {
  const type = schema.getType(typeName);
  return (
    isInterfaceType(type) &&
    schema.getPossibleTypes(type).every(({ name }) => maySee(name, fieldName) || !maySee(name, "__typename"))
  );
}

/** The field, asked only of those types. */
function askedOf(types: readonly GraphQLObjectType[], field: FieldNode): InlineFragmentNode {
  const selections = types.map(({ name }): InlineFragmentNode => ({
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  }));
  return { kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections } };
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
    if (field.name.value === "__typename") return;
    if (!maySee(typeName, field.name.value)) {
      const permitted = permittedOf(schema, typeName, field.name.value, maySee);
      if (permitted.length === 0 || !lacksOnlyHidden(schema, typeName, field.name.value, maySee))
        paths.set(JSON.stringify(here), here);
      for (const one of permitted) inField(field, one.name, path);
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
 * rest, and a mutation that is cut does not run. A field of an interface goes on being asked of the implementers of whom
 * it may be seen. Introspection is cut as well: the gateway answers it itself.
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
  const fits = (parent: GraphQLCompositeType | null | undefined, condition: NamedTypeNode | undefined) => {
    const type = condition && schema.getType(condition.name.value);
    return !parent || !isCompositeType(type) || doTypesOverlap(schema, parent, type);
  };
  const typeInfo = new TypeInfo(schema);
  const cut = visit(
    { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] } as DocumentNode,
    visitWithTypeInfo(typeInfo, {
      Field: (field) => {
        const parent = typeInfo.getParentType();
        const name = field.name.value;
        const isIntrospection = name === "__schema" || name === "__type";
        if (isIntrospection || !isCompositeType(parent)) return null;
        // Which type it is, is decided with the object itself.
        if (name === "__typename" || maySee(parent.name, name)) return undefined;
        const permitted = permittedOf(schema, parent.name, name, maySee);
        return permitted.length === 0 ? null : askedOf(permitted, field);
      },
      // Where a field is asked of one implementer, what it returns may be of fewer types than the interface's: a fragment on
      // another is no longer valid there, and the planner reads it as if it were.
      InlineFragment: ({ typeCondition }) =>
        fits(typeInfo.getParentType(), typeCondition) ? undefined : null,
      FragmentSpread: ({ name }) =>
        fits(typeInfo.getParentType(), fragments.get(name.value)?.typeCondition) ? undefined : null,
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

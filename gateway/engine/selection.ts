import {
  Kind,
  isAbstractType,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** The client's operation with what its shape depends on: fragments, and the variables of @skip and @include. */
export interface Selections {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly conditions: Readonly<Record<string, unknown>>;
}

function conditionHolds(selection: SelectionNode, conditions: Selections["conditions"]): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== "skip" && name !== "include") continue;
    const value = directive.arguments?.find((argument) => argument.name.value === "if")?.value;
    const isTrue =
      value?.kind === Kind.VARIABLE
        ? conditions[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    if (isTrue === (name === "skip")) return false;
  }
  return true;
}

/**
 * The document with @skip and @include carried out. The planner is given no conditions: it loses some of those inside each
 * other, and makes one representation for fields that are asked for and fields that are left out.
 */
export function withoutConditions(
  document: DocumentNode,
  conditions: Selections["conditions"],
): DocumentNode {
  const settle = <T extends SelectionNode>(selection: T): T | null | undefined => {
    if (!selection.directives?.length) return undefined;
    if (!conditionHolds(selection, conditions)) return null;
    const others = selection.directives.filter(
      ({ name }) => name.value !== "skip" && name.value !== "include",
    );
    return { ...selection, directives: others };
  };
  return visit(document, {
    Field: (field) => settle(field),
    InlineFragment: (fragment) => settle(fragment),
    FragmentSpread: (spread) => settle(spread),
  });
}

function applies(
  selections: Selections,
  typeCondition: string | undefined,
  type: GraphQLObjectType | GraphQLInterfaceType,
): boolean {
  if (typeCondition === undefined || typeCondition === type.name) return true;
  const condition = selections.schema.getType(typeCondition);
  return isAbstractType(condition) && selections.schema.isSubType(condition, type);
}

/**
 * The fields that a set of selection sets asks of one type, by response key, in the order graphql-js answers
 * them: first use first, fragments opened where they stand.
 */
export function fieldsOf(
  selections: Selections,
  sets: readonly SelectionSetNode[],
  type: GraphQLObjectType | GraphQLInterfaceType,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const opened = new Set<string>();
  function collect(set: SelectionSetNode): void {
    for (const selection of set.selections) {
      if (!conditionHolds(selection, selections.conditions)) continue;
      switch (selection.kind) {
        case Kind.FIELD: {
          const key = (selection.alias ?? selection.name).value;
          const same = fields.get(key);
          if (same) same.push(selection);
          else fields.set(key, [selection]);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (applies(selections, selection.typeCondition?.name.value, type)) collect(selection.selectionSet);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = selections.fragments.get(selection.name.value);
          if (!fragment || opened.has(selection.name.value)) break;
          opened.add(selection.name.value);
          if (applies(selections, fragment.typeCondition.name.value, type)) collect(fragment.selectionSet);
          break;
        }
      }
    }
  }
  sets.forEach(collect);
  return fields;
}

import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { FetchNode, PlanNode, RequiredSelection, SubscriptionNode } from "./plan-nodes";
import type { Needs, SupergraphForPlanner } from "./supergraph-for-planner";

type Variants = SupergraphForPlanner["variants"];

/** The operation as the subgraph knows it: each variant is its field with its arguments, under the variant's name. */
function operationOf(source: string, variants: Variants): string {
  let met = false;
  const document = visit(parse(source, { noLocation: true }), {
    Field: (field): FieldNode | undefined => {
      const variant = variants.get(field.name.value);
      if (!variant) return undefined;
      met = true;
      return {
        ...field,
        alias: field.alias ?? field.name,
        name: { kind: Kind.NAME, value: variant.field },
        arguments: variant.arguments,
      };
    },
  });
  return met ? stripIgnoredCharacters(print(document)) : source;
}

/** A representation calls a variant what the subgraph that requires it does. */
function requiredOf(selection: RequiredSelection, variants: Variants): RequiredSelection {
  if (selection.kind === "InlineFragment") {
    return { ...selection, selections: selection.selections.map((one) => requiredOf(one, variants)) };
  }
  const variant = variants.get(selection.name);
  return {
    ...selection,
    name: variant?.field ?? selection.name,
    alias: selection.alias ?? (variant ? selection.name : undefined),
    selections: selection.selections?.map((one) => requiredOf(one, variants)),
  };
}

/** The keys that each path of a representation could be filled from. */
function sourcesOf(selections: readonly RequiredSelection[]): Map<string, Set<string>> {
  const sources = new Map<string, Set<string>>();
  const note = (inner: readonly RequiredSelection[], path: string): void => {
    for (const selection of inner) {
      if (selection.kind === "InlineFragment") note(selection.selections, path);
      else {
        const here = path === "" ? selection.name : `${path}.${selection.name}`;
        const keys = sources.get(here) ?? new Set();
        sources.set(here, keys.add(selection.alias ?? selection.name));
        note(selection.selections ?? [], here);
      }
    }
  };
  note(selections, "");
  return sources;
}

/** Fields that one representation can serve. */
interface Group {
  readonly needs: Map<string, string>;
  readonly fields: Set<FieldNode>;
}

function entitySet(operation: OperationDefinitionNode): SelectionSetNode | undefined {
  const [entities] = operation.selectionSet.selections;
  return entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
}

function groupsOf(
  set: SelectionSetNode,
  needsOf: (type: string, field: string) => Needs | undefined,
): Group[] {
  const groups: Group[] = [];
  const place = (selections: readonly SelectionNode[], type: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        place(selection.selectionSet.selections, selection.typeCondition?.name.value ?? type);
      }
      if (selection.kind !== Kind.FIELD) continue;
      const needs = needsOf(type, selection.name.value) ?? new Map<string, string>();
      let group = groups.find((one) =>
        [...needs].every(([path, key]) => (one.needs.get(path) ?? key) === key),
      );
      if (!group) groups.push((group = { needs: new Map(), fields: new Set() }));
      for (const [path, key] of needs) group.needs.set(path, key);
      group.fields.add(selection);
    }
  };
  place(set.selections, "");
  return groups;
}

function onlyFields(set: SelectionSetNode, fields: ReadonlySet<FieldNode>): SelectionSetNode {
  return {
    ...set,
    selections: set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return fields.has(selection) ? [selection] : [];
      if (selection.kind !== Kind.INLINE_FRAGMENT) return [selection];
      const selectionSet = onlyFields(selection.selectionSet, fields);
      return selectionSet.selections.length > 0 ? [{ ...selection, selectionSet }] : [];
    }),
  };
}

/** Leaves out what other groups need under the same name. */
function onlyNeeded(
  selections: readonly RequiredSelection[],
  needs: Needs,
  sources: ReadonlyMap<string, ReadonlySet<string>>,
  path = "",
): RequiredSelection[] {
  return selections.flatMap((selection): RequiredSelection[] => {
    if (selection.kind === "InlineFragment") {
      return [{ ...selection, selections: onlyNeeded(selection.selections, needs, sources, path) }];
    }
    const here = path === "" ? selection.name : `${path}.${selection.name}`;
    const isDisputed = (sources.get(here)?.size ?? 0) > 1;
    if (isDisputed && needs.get(here) !== (selection.alias ?? selection.name)) return [];
    const inner = selection.selections && onlyNeeded(selection.selections, needs, sources, here);
    return [{ ...selection, selections: inner }];
  });
}

/** Two that require the same field with different arguments cannot be asked for by one representation: each has its own. */
function fetchWithVariantsAsked(node: FetchNode, supergraph: SupergraphForPlanner): PlanNode {
  const { variants } = supergraph;
  const operation = operationOf(node.operation, variants);
  const requires = node.requires?.map((selection) => requiredOf(selection, variants));
  const whole: FetchNode = { ...node, operation, requires };
  const sources = sourcesOf(requires ?? []);
  if (!requires || ![...sources.values()].some((keys) => keys.size > 1)) return whole;

  const document = parse(operation, { noLocation: true });
  const definition = document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION);
  const set = definition && entitySet(definition);
  if (!set) return whole;
  const groups = groupsOf(set, (type, field) => supergraph.needsOf(node.serviceName, type, field));
  const nodes = groups.map(({ needs, fields }): FetchNode => {
    const asked = visit(document, {
      SelectionSet: (one) => (one === set ? onlyFields(set, fields) : undefined),
    });
    return {
      ...whole,
      operation: stripIgnoredCharacters(print(asked)),
      requires: onlyNeeded(requires, needs, sources),
    };
  });
  return { kind: "Parallel", nodes };
}

/** Puts the fields and their arguments back into a plan, in place of the variants that the planner knows. */
export function withVariantsAsked(node: PlanNode, supergraph: SupergraphForPlanner): PlanNode {
  if (supergraph.variants.size === 0) return node;
  const inside = (child: PlanNode) => withVariantsAsked(child, supergraph);
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return { ...node, nodes: node.nodes.map(inside) };
    case "Flatten":
      return { ...node, node: inside(node.node) };
    case "Condition":
      return {
        ...node,
        ifClause: node.ifClause && inside(node.ifClause),
        elseClause: node.elseClause && inside(node.elseClause),
      };
    case "Fetch":
      return fetchWithVariantsAsked(node, supergraph);
  }
}

/** The same for a subscription: what its stream is asked for has no representation. */
export function subscriptionWithVariantsAsked(
  { primary, rest, ...node }: SubscriptionNode,
  supergraph: SupergraphForPlanner,
): SubscriptionNode {
  const operation = operationOf(primary.operation, supergraph.variants);
  return { ...node, primary: { ...primary, operation }, rest: rest && withVariantsAsked(rest, supergraph) };
}

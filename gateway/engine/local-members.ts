import {
  Kind,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  print,
  stripIgnoredCharacters,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionSetNode,
} from "graphql";
import type { FetchNode, PlanNode } from "./plan-nodes";
import { fieldsOf, type Selections } from "./selection";
import { argumentOf, graphsOf } from "./supergraph-for-planner";

/** What one subgraph alone knows of unions. */
interface Local {
  /** The members that not every subgraph with the union has, and the fields that this one has of each. */
  readonly unions: Map<string, Map<string, ReadonlySet<string>>>;
  /** Coordinates that have another type in this subgraph than in the supergraph: a single member, it may be. */
  readonly typedOtherwise: Set<string>;
}

/** By subgraph. */
export type LocalMembers = ReadonlyMap<string, Local>;

function isLocal(field: FieldDefinitionNode, graph: string): boolean {
  const owners = (field.directives ?? []).filter((directive) => directive.name.value === "join__field");
  if (owners.length === 0) return true;
  const refusals = ["external", "requires", "usedOverridden", "overrideLabel"];
  return owners.some(
    (owner) =>
      argumentOf(owner, "graph") === graph && refusals.every((name) => argumentOf(owner, name) === undefined),
  );
}

function typedOtherwiseIn(supergraph: DocumentNode, graph: string): Set<string> {
  const coordinates = new Set<string>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const isOther = field.directives?.some(
        (one) => argumentOf(one, "graph") === graph && argumentOf(one, "type") !== undefined,
      );
      if (isOther) coordinates.add(`${type.name.value}.${field.name.value}`);
    }
  }
  return coordinates;
}

/** Reads it from a supergraph. */
export function localMembersOf(supergraph: DocumentNode): LocalMembers {
  const objects = new Map(
    supergraph.definitions.flatMap((d) =>
      d.kind === Kind.OBJECT_TYPE_DEFINITION ? [[d.name.value, d] as const] : [],
    ),
  );
  const graphs = [...graphsOf(supergraph)];
  const local = new Map(
    graphs.map(([subgraph, graph]): [string, Local] => [
      subgraph,
      { unions: new Map(), typedOtherwise: typedOtherwiseIn(supergraph, graph) },
    ]),
  );
  for (const union of supergraph.definitions) {
    if (union.kind !== Kind.UNION_TYPE_DEFINITION) continue;
    const applied = (name: string) => (union.directives ?? []).filter((d) => d.name.value === name);
    const tellers = new Set(applied("join__type").map((d) => argumentOf(d, "graph")));
    for (const member of union.types ?? []) {
      const name = member.name.value;
      const having = applied("join__unionMember").filter((d) => argumentOf(d, "member") === name);
      if (having.length === tellers.size) continue;
      for (const [subgraph, graph] of graphs) {
        if (!having.some((d) => argumentOf(d, "graph") === graph)) continue;
        const fields = (objects.get(name)?.fields ?? []).filter((field) => isLocal(field, graph));
        const { unions } = local.get(subgraph)!;
        const members = unions.get(union.name.value) ?? new Map<string, ReadonlySet<string>>();
        unions.set(union.name.value, members.set(name, new Set(fields.map((field) => field.name.value))));
      }
    }
  }
  return local;
}

class Restoring {
  restored = false;
  constructor(
    private readonly selections: Selections,
    private readonly local: Local,
  ) {}

  /** What a fetch asks of a type, with what the client asks of members and the fetch does not. */
  set(
    asked: SelectionSetNode,
    type: GraphQLNamedType | undefined,
    client: SelectionSetNode[],
  ): SelectionSetNode {
    const selections = asked.selections.map((selection) => {
      if (selection.kind === Kind.FIELD) return this.field(selection, type, client);
      if (selection.kind !== Kind.INLINE_FRAGMENT) return selection;
      const on = selection.typeCondition
        ? this.selections.schema.getType(selection.typeCondition.name.value)
        : type;
      return { ...selection, selectionSet: this.set(selection.selectionSet, on, client) };
    });
    return { ...asked, selections: [...selections, ...this.missing(asked, type, client)] };
  }

  private field(field: FieldNode, type: GraphQLNamedType | undefined, client: SelectionSetNode[]): FieldNode {
    if (!field.selectionSet || !(isObjectType(type) || isInterfaceType(type))) return field;
    if (this.local.typedOtherwise.has(`${type.name}.${field.name.value}`)) return field;
    const definition = type.getFields()[field.name.value];
    const same = fieldsOf(this.selections, client, type).get((field.alias ?? field.name).value);
    if (!definition || !same) return field;
    const inner = same.flatMap(({ selectionSet }) => selectionSet ?? []);
    return { ...field, selectionSet: this.set(field.selectionSet, getNamedType(definition.type), inner) };
  }

  private missing(
    asked: SelectionSetNode,
    type: GraphQLNamedType | undefined,
    client: SelectionSetNode[],
  ): InlineFragmentNode[] {
    if (!isUnionType(type)) return [];
    return [...(this.local.unions.get(type.name) ?? [])].flatMap(([name, known]) => {
      const member = this.selections.schema.getType(name);
      const isAsked = asked.selections.some(
        (one) => one.kind === Kind.INLINE_FRAGMENT && one.typeCondition?.name.value === name,
      );
      if (isAsked || !isObjectType(member)) return [];
      const fields = [...fieldsOf(this.selections, client, member).values()]
        .map(([first]) => first!)
        .filter((one) => known.has(one.name.value) && !one.selectionSet && !one.arguments?.length);
      if (fields.length === 0) return [];
      this.restored = true;
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
          selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
        },
      ];
    });
  }
}

/**
 * Puts back what a plan's first fetches leave out of unions. The planner takes a shared field to give only what all of the
 * subgraphs that share it could give, and asks for nothing of other members; but the subgraph that is asked may well give its
 * own, and can say of them what it knows. Plain fields without arguments; the rest is as the planner has it.
 */
export function withLocalMembers(
  plan: PlanNode,
  document: DocumentNode,
  schema: GraphQLSchema,
  local: LocalMembers,
): PlanNode {
  const operation = document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION);
  const fragments = document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION);
  if (!operation || [...local.values()].every(({ unions }) => unions.size === 0)) return plan;
  const selections: Selections = {
    schema,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    conditions: {},
  };
  const ofFetch = (node: FetchNode): FetchNode => {
    const known = local.get(node.serviceName);
    if (node.requires || !known?.unions.size) return node;
    const restoring = new Restoring(selections, known);
    const fetched = parse(node.operation, { noLocation: true });
    const definitions = fetched.definitions.map((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
      const root = schema.getRootType(definition.operation) ?? undefined;
      const selectionSet = restoring.set(definition.selectionSet, root, [operation.selectionSet]);
      return { ...definition, selectionSet };
    });
    if (!restoring.restored) return node;
    return { ...node, operation: stripIgnoredCharacters(print({ ...fetched, definitions })) };
  };
  const inside = (node: PlanNode): PlanNode => {
    switch (node.kind) {
      case "Sequence":
      case "Parallel":
        return { ...node, nodes: node.nodes.map(inside) };
      case "Fetch":
        return ofFetch(node);
      case "Flatten":
      case "Condition":
        return node;
    }
  };
  return inside(plan);
}

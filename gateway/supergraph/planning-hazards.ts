import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from "graphql";

type WithFields = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** A field that one subgraph makes of others of the same object. */
interface Made {
  readonly type: string;
  readonly field: string;
  readonly graph: string;
  readonly of: ReadonlySet<string>;
}

function hasFields(definition: DefinitionNode): definition is WithFields {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

function argument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((one) => one.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

function named(directives: readonly ConstDirectiveNode[] | undefined, name: string): ConstDirectiveNode[] {
  return (directives ?? []).filter((directive) => directive.name.value === name);
}

function typeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : typeOf(type.type);
}

/** The fields of the object itself that a field set reads, those under type conditions included. */
function fieldsOf(set: SelectionSetNode): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : [];
  });
}

function fieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`Not a set of fields: ${text}`);
  return definition.selectionSet;
}

function madeFieldsOf(types: readonly WithFields[]): Made[] {
  return types.flatMap((type) =>
    (type.fields ?? []).flatMap((field) =>
      named(field.directives, "join__field").flatMap((join): Made[] => {
        const [graph, requires] = [argument(join, "graph"), argument(join, "requires")];
        if (graph === undefined || requires === undefined) return [];
        const of = new Set(fieldsOf(fieldSet(requires)));
        return [{ type: type.name.value, field: field.name.value, graph, of }];
      }),
    ),
  );
}

/** The subgraphs that answer with an object of the type when something else than its key is asked: `graph type`. */
function answeredWith(document: DocumentNode, types: readonly WithFields[]): Set<string> {
  const within = new Map<string, string[]>();
  const into = (whole: string, part: string) => within.set(whole, [...(within.get(whole) ?? [whole]), part]);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION)
      definition.types?.forEach((member) => into(definition.name.value, member.name.value));
    if (hasFields(definition)) {
      for (const { name } of definition.interfaces ?? []) {
        into(name.value, definition.name.value);
        into(definition.name.value, name.value);
      }
    }
  }
  const answered = new Set<string>();
  for (const type of types) {
    const all = named(type.directives, "join__type").map((join) => argument(join, "graph"));
    for (const field of type.fields ?? []) {
      const joins = named(field.directives, "join__field").filter((join) =>
        join.arguments?.every(({ name }) => name.value !== "external"),
      );
      const graphs =
        named(field.directives, "join__field").length === 0
          ? all
          : joins.map((join) => argument(join, "graph"));
      const returned = typeOf(field.type);
      for (const one of within.get(returned) ?? [returned])
        for (const graph of graphs) answered.add(`${graph ?? ""} ${one}`);
    }
  }
  return answered;
}

/** Types that a subgraph knows by several keys, so that a plan may pass through it: `graph type`. */
function passedThrough(types: readonly WithFields[]): Set<string> {
  const keys = new Map<string, Set<string>>();
  for (const type of types) {
    for (const join of named(type.directives, "join__type")) {
      const [graph, key] = [argument(join, "graph"), argument(join, "key")];
      if (graph === undefined || key === undefined) continue;
      const at = `${graph} ${type.name.value}`;
      keys.set(at, (keys.get(at) ?? new Set()).add(key));
    }
  }
  return new Set([...keys].filter(([, of]) => of.size > 1).map(([at]) => at));
}

/** True when the field is made, over however many subgraphs, of the other. */
function isMadeOf(all: readonly Made[], one: Made, other: Made, seen = new Set<Made>()): boolean {
  if (one === other) return true;
  if (seen.has(one)) return false;
  seen.add(one);
  return all.some(
    (next) => next.type === one.type && one.of.has(next.field) && isMadeOf(all, next, other, seen),
  );
}

/**
 * Chains of @requires that @apollo/query-planner 2.14.4 plans wrongly and says nothing: one subgraph makes a field of
 * another subgraph's field, which that one makes of something itself. Where a plan stands in that other subgraph with the
 * object in hand, it reads the field there without what it is made of. It stands there when the subgraph answers with
 * such an object, knows it by several keys, or makes another field of the chain's end.
 *
 * Returns a sentence for each, in the order of the supergraph; none: the requirements are planned well.
 */
export function planningHazards(supergraph: DocumentNode): string[] {
  const types = supergraph.definitions.filter(hasFields);
  const made = madeFieldsOf(types);
  const answered = answeredWith(supergraph, types);
  const passed = passedThrough(types);
  const nameOf = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    for (const value of definition.values ?? [])
      for (const join of named(value.directives, "join__graph"))
        nameOf.set(value.name.value, argument(join, "name") ?? value.name.value);
  }
  const name = (graph: string) => nameOf.get(graph) ?? graph;

  return made.flatMap((last) =>
    made.flatMap((first) => {
      if (first.type !== last.type || first.graph === last.graph || !last.of.has(first.field)) return [];
      const at = `${first.graph} ${first.type}`;
      const returns = made.some(
        (other) =>
          other.type === last.type &&
          other.graph === first.graph &&
          other !== first &&
          isMadeOf(made, other, last),
      );
      if (!answered.has(at) && !passed.has(at) && !returns) return [];
      return [
        `${last.type}.${last.field} of ${name(last.graph)} requires ${first.type}.${first.field}, which ${name(first.graph)} makes of ${[...first.of].join(", ")}: ` +
          `where ${name(first.graph)} has the object in hand, the planner reads it without that, silently. Let ${last.type}.${last.field} ` +
          `require ${[...first.of].join(", ")} instead.`,
      ];
    }),
  );
}

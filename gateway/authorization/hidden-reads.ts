import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type SelectionSetNode,
} from "graphql";
import { namesOf, argumentOf, textArgumentOf } from "./linked-names";
import { NOBODY, implies, type ScopeAlternatives } from "./scope-alternatives";
import type { SupergraphField, SupergraphType } from "./supergraph-types";

type Types = ReadonlyMap<string, SupergraphType>;
type Asked = ReadonlyMap<string, readonly ScopeAlternatives[]>;

/** A selection that is read of a type, whoever asked for what. */
interface Read {
  readonly type: string;
  readonly selection: string;
}

function selectionOf(text: string): SelectionSetNode {
  const [definition] = parse(text.trim().startsWith("{") ? text : `{ ${text} }`, {
    noLocation: true,
  }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`Not a set of fields: ${text}`);
  return definition.selectionSet;
}

/** Every coordinate that reading a selection of a type reads, under each type that may stand there. */
function coordinatesOf(types: Types, { type, selection }: Read): Set<string> {
  const found = new Set<string>();
  const inSet = (set: SelectionSetNode, name: string): void => {
    for (const one of set.selections) {
      if (one.kind === Kind.FRAGMENT_SPREAD) throw new Error(`Not a set of fields: ${selection}`);
      if (one.kind === Kind.INLINE_FRAGMENT) inSet(one.selectionSet, one.typeCondition?.name.value ?? name);
      else {
        for (const concrete of types.get(name)?.concrete ?? [name]) {
          found.add(`${concrete}.${one.name.value}`);
          const returned = types.get(concrete)?.fields.get(one.name.value)?.returns;
          if (one.selectionSet && returned !== undefined) inSet(one.selectionSet, returned);
        }
      }
    }
  };
  inSet(selectionOf(selection), type);
  return found;
}

function contextArgumentsOf(value: ConstValueNode | undefined): { context: string; selection: string }[] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.map((one) => {
    const field = (name: string) => {
      const text = one.kind === Kind.OBJECT && one.fields.find((f) => f.name.value === name)?.value;
      if (!text || text.kind !== Kind.STRING) throw new Error("A context argument without its " + name + ".");
      return text.value;
    };
    return { context: field("context"), selection: field("selection") };
  });
}

/** What a supergraph says of how fields are fetched. */
function createReads(supergraph: DocumentNode, types: Types) {
  const named = (spec: string, directive: string) => {
    const names = namesOf(supergraph, spec, directive);
    return (directives: readonly ConstDirectiveNode[]) => directives.filter((d) => names.has(d.name.value));
  };
  const [ofField, ofType, ofContext] = [
    named("join", "field"),
    named("join", "type"),
    named("context", "context"),
  ];
  const providers = (context: string) =>
    [...types.values()].filter(({ directives }) =>
      ofContext(directives).some((one) => textArgumentOf(one, "name") === context),
    );

  /** The keys by which subgraphs that have the field find its object; none where one subgraph has all there is. */
  function keysOf(type: SupergraphType, field: SupergraphField): string[] {
    const joins = ofType(type.directives);
    if (new Set(joins.map((join) => textArgumentOf(join, "graph"))).size < 2) return [];
    const fetched = ofField(field.directives).filter((join) => {
      const external = argumentOf(join, "external");
      return external?.kind !== Kind.BOOLEAN || !external.value;
    });
    const graphs = new Set(fetched.map((join) => textArgumentOf(join, "graph")));
    return joins.flatMap((join) => {
      const [graph, key] = [textArgumentOf(join, "graph"), textArgumentOf(join, "key")];
      return key !== undefined && (graphs.size === 0 || graphs.has(graph)) ? [key] : [];
    });
  }

  return (type: SupergraphType, field: SupergraphField): Read[] => [
    ...ofField(field.directives).flatMap((join): Read[] => {
      const requires = textArgumentOf(join, "requires");
      const contexts = contextArgumentsOf(argumentOf(join, "contextArguments"));
      return [
        ...(requires === undefined ? [] : [{ type: type.name, selection: requires }]),
        ...contexts.flatMap(({ context, selection }) =>
          providers(context).map(({ name }) => ({ type: name, selection })),
        ),
      ];
    }),
    ...keysOf(type, field).map((key) => ({ type: type.name, selection: key })),
  ];
}

/**
 * Fields that make the gateway read others in their caller's name: by @requires, by @fromContext, or by the key under which
 * their object is looked up. Each of those must ask no more than the field itself, or whoever may see the field has the
 * other fetched. A chain is told of link by link.
 *
 * Returns a part of a sentence for each that asks for more, with both coordinates.
 */
export function hiddenReads(supergraph: DocumentNode, types: Types, asked: Asked): string[] {
  const readsOf = createReads(supergraph, types);
  const told = new Set<string>();
  for (const type of types.values()) {
    for (const [name, field] of type.fields) {
      const reads = readsOf(type, field);
      for (const concrete of type.concrete) {
        const at = `${concrete}.${name}`;
        const own = asked.get(at);
        // A field without a requirement is told of as that.
        if (!own) continue;
        for (const read of reads) {
          const of = read.type === type.name ? { ...read, type: concrete } : read;
          for (const other of coordinatesOf(types, of)) {
            if (other.endsWith(".__typename")) continue;
            const more = (asked.get(other) ?? [NOBODY]).some(
              (one) => !own.some((enough) => implies(enough, one)),
            );
            if (more) told.add(`lets ${at} be read without what it reads: ${other} asks for more`);
          }
        }
      }
    }
  }
  return [...told];
}

import {
  Kind,
  execute,
  getNamedType,
  isCompositeType,
  isObjectType,
  isUnionType,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { call, fieldOf, gather, typesAbove, type Args, type KnownWorld } from "./resolve";
import type { SubgraphSdl } from "./sdl";
import { isFact, type Fact, type Facts } from "./world";

/** A fact as a subgraph has it in hand: with the representation it was asked by, and what its parent provides. */
class Seen {
  constructor(
    readonly fact: Fact,
    readonly provided: readonly SelectionNode[],
    readonly reference?: Fact,
  ) {}
}

export interface SubgraphBody {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Args;
}

export interface Subgraph {
  /** As it is served, `_entities` included. */
  readonly schema: GraphQLSchema;
  answer(body: SubgraphBody, facts: Facts): Promise<{ data: unknown; errors: readonly unknown[] }>;
}

function schemaOf(typeDefs: DocumentNode): GraphQLSchema {
  const schema = buildSubgraphSchema({ typeDefs });
  // Both are answered below.
  delete schema.getQueryType()?.getFields()["_entities"]?.resolve;
  const entity = schema.getType("_Entity");
  if (isUnionType(entity)) entity.resolveType = undefined;
  return schema;
}

/** What a parent provides of one field of a fact, or undefined when it does not. */
function providedOf(
  known: KnownWorld,
  provided: readonly SelectionNode[],
  typeName: string,
  field: string,
): readonly SelectionNode[] | undefined {
  let found: SelectionNode[] | undefined;
  for (const selection of provided) {
    if (selection.kind === Kind.FIELD && selection.name.value === field) {
      found = [...(found ?? []), ...(selection.selectionSet?.selections ?? [])];
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value;
      if (on !== undefined && !typesAbove(known, typeName).includes(on)) continue;
      const inner = providedOf(known, selection.selectionSet.selections, typeName, field);
      if (inner) found = [...(found ?? []), ...inner];
    }
  }
  return found;
}

/** @throws Error naming the first field of the set that a representation lacks. */
function demand(reference: Fact, set: SelectionSetNode, coordinate: string): void {
  const inside = (value: unknown, inner: SelectionSetNode): void => {
    if (Array.isArray(value)) for (const element of value) inside(element, inner);
    else if (isFact(value)) demand(value, inner, coordinate);
  };
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      if (!Object.hasOwn(reference, name)) throw new Error(`${coordinate} was asked for without ${name}.`);
      if (selection.selectionSet) inside(reference[name], selection.selectionSet);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value;
      if (on === undefined || on === reference.__typename)
        demand(reference, selection.selectionSet, coordinate);
    }
  }
}

/** Takes from a representation what a key says; undefined when the key is not wholly there. */
function keyOf(reference: Fact, key: SelectionSetNode): Record<string, unknown> | undefined {
  const taken: Record<string, unknown> = {};
  for (const selection of key.selections) {
    if (selection.kind !== Kind.FIELD) continue;
    const name = selection.name.value;
    if (!Object.hasOwn(reference, name)) return undefined;
    const value = reference[name];
    taken[name] = selection.selectionSet && isFact(value) ? keyOf(value, selection.selectionSet) : value;
    if (taken[name] === undefined) return undefined;
  }
  return taken;
}

/**
 * One subgraph of a world, in process. It is as strict as a subgraph can be: it answers nothing it does not own, finds
 * entities by its own keys only, and computes a field with @requires from the representation alone.
 */
export function createSubgraph(known: KnownWorld, sdl: SubgraphSdl): Subgraph {
  const schema = schemaOf(sdl.typeDefs);
  const takenAway = new Set(
    known.sdls.flatMap(({ overrides }) =>
      [...overrides].filter(([, from]) => from === sdl.name).map(([coordinate]) => coordinate),
    ),
  );
  const documents = new Map<string, DocumentNode>();

  function documentOf(source: string): DocumentNode {
    let document = documents.get(source);
    if (!document) {
      document = parse(source);
      const [invalid] = validate(schema, document);
      if (invalid)
        throw new Error(`${sdl.name} was sent an invalid operation: ${invalid.message}\n${source}`);
      documents.set(source, document);
    }
    return document;
  }

  function entityOf(reference: Fact, facts: Facts): Seen | null {
    const typeName = reference.__typename ?? "";
    const keys = (sdl.keys.get(typeName) ?? []).flatMap((key) => {
      const value = keyOf(reference, key);
      return value ? [{ key, value }] : [];
    });
    if (keys.length === 0) {
      throw new Error(`${sdl.name} cannot tell which ${typeName} is meant: ${JSON.stringify(reference)}`);
    }
    const isIt = (fact: Fact): boolean =>
      keys.every(({ key, value }) => {
        const own = JSON.stringify(gather(known, facts, fact.__typename ?? "", fact, key));
        return own === JSON.stringify(value) && !Object.values(value).includes(null);
      });
    const fact = facts.all.find(
      (f) =>
        f.__typename !== undefined &&
        typesAbove(known, f.__typename).includes(typeName) &&
        f.absentFrom?.includes(sdl.name) !== true &&
        isIt(f),
    );
    return fact ? new Seen(fact, [], reference) : null;
  }

  const fieldResolver: GraphQLFieldResolver<Seen | undefined, Facts> = (seen, args: Args, facts, info) => {
    const { fieldName, parentType, returnType } = info;
    const coordinate = `${parentType.name}.${fieldName}`;
    if (coordinate === "Query._entities") {
      return (args["representations"] as Fact[]).map((reference) => entityOf(reference, facts));
    }
    const fact = seen?.fact ?? {};
    const factType = fact.__typename ?? parentType.name;
    const fromParent = providedOf(known, seen?.provided ?? [], factType, fieldName);
    if (sdl.external.has(coordinate) && !fromParent) {
      throw new Error(`${coordinate} is not for ${sdl.name} to answer.`);
    }
    if (takenAway.has(coordinate)) throw new Error(`${coordinate} was taken away from ${sdl.name}.`);

    const field = fieldOf(known, parentType.name, fieldName) ?? fieldOf(known, factType, fieldName);
    const requires = sdl.requires.get(coordinate);
    let from: Fact = fact;
    if (requires) {
      // What the parent provides is in hand here without a representation.
      const isProvided = requires.selections.every(
        (one) => one.kind === Kind.FIELD && providedOf(known, seen?.provided ?? [], factType, one.name.value),
      );
      if (isProvided) from = gather(known, facts, factType, fact, requires);
      else if (!seen?.reference) throw new Error(`${coordinate} was asked for without a representation.`);
      else {
        demand(seen.reference, requires, coordinate);
        from = seen.reference;
      }
    }
    const value = field ? call(field, from, args, facts) : fact[fieldName];
    if (!isCompositeType(getNamedType(returnType))) return value;
    const provided = [...(fromParent ?? []), ...(sdl.provides.get(coordinate)?.selections ?? [])];
    const hand = (inner: unknown): unknown => {
      if (Array.isArray(inner)) return inner.map(hand);
      return isFact(inner) ? new Seen(inner, provided) : inner;
    };
    return hand(value);
  };

  const typeResolver: GraphQLTypeResolver<Seen, Facts> = ({ fact, reference }) => {
    const own = fact.__typename ?? "";
    if (isObjectType(schema.getType(own))) return own;
    return typesAbove(known, own).find((name) => sdl.interfaceObjects.has(name)) ?? reference?.__typename;
  };

  return {
    schema,
    answer: async ({ query, operationName, variables }, facts) => {
      const { data, errors } = await execute({
        schema,
        document: documentOf(query),
        operationName: operationName ?? null,
        variableValues: variables ?? {},
        contextValue: facts,
        fieldResolver,
        typeResolver,
      });
      return JSON.parse(JSON.stringify({ data: data ?? null, errors: errors ?? [] })) as {
        data: unknown;
        errors: readonly unknown[];
      };
    },
  };
}

import { Kind, valueFromASTUntyped, type SelectionSetNode } from "graphql";
import type { SubgraphSdl } from "./sdl";
import { isFact, type Fact, type FieldOf, type Facts, type World } from "./world";

/** A world with what its subgraphs' directives say of it. */
export interface KnownWorld {
  readonly world: World;
  readonly sdls: readonly SubgraphSdl[];
  /** Coordinate to what it requires, whichever subgraph says so. */
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
}

export function knownWorld(world: World, sdls: readonly SubgraphSdl[]): KnownWorld {
  return { world, sdls, requires: new Map(sdls.flatMap((sdl) => [...sdl.requires])) };
}

/** The type itself, then the interfaces that any subgraph says it implements. */
export function typesAbove({ sdls }: KnownWorld, typeName: string): string[] {
  const above = sdls.flatMap(({ implementers }) =>
    [...implementers].filter(([, types]) => types.has(typeName)).map(([name]) => name),
  );
  return [typeName, ...new Set(above)];
}

function firstOf<T>(
  known: KnownWorld,
  typeName: string,
  field: string,
  table: (at: string) => T | undefined,
) {
  for (const name of typesAbove(known, typeName)) {
    const found = table(`${name}.${field}`);
    if (found) return found;
  }
  return undefined;
}

export function fieldOf(known: KnownWorld, typeName: string, field: string): FieldOf | undefined {
  return firstOf(known, typeName, field, (at) => known.world.fields?.[at]);
}

export type Args = Readonly<Record<string, unknown>>;

export function call(field: FieldOf, from: unknown, args: Args, facts: Facts): unknown {
  return field(from as never, args as never, facts);
}

function isAbsent({ absentFrom }: Fact, { name }: SubgraphSdl): boolean {
  return absentFrom?.includes(name) === true;
}

/** One field of one fact, from everything that is known of it. */
export function resolveWhole(
  known: KnownWorld,
  facts: Facts,
  typeName: string,
  fact: Fact,
  name: string,
  args: Args,
): unknown {
  const field = fieldOf(known, typeName, name);
  if (!field) return fact[name];
  const required = firstOf(known, typeName, name, (at) => known.requires.get(at));
  // The subgraph that would work it out has never heard of the entity.
  if (required && known.sdls.some((sdl) => sdl.requires.has(`${typeName}.${name}`) && isAbsent(fact, sdl)))
    return null;
  return call(field, required ? gather(known, facts, typeName, fact, required) : fact, args, facts);
}

/** A field set of one fact, resolved as plain JSON: what a key or a @requires says. */
export function gather(
  known: KnownWorld,
  facts: Facts,
  typeName: string,
  fact: Fact,
  set: SelectionSetNode,
): Record<string, unknown> {
  const gathered: Record<string, unknown> = {};
  const gatherAll = (value: unknown, inner: SelectionSetNode | undefined): unknown => {
    if (Array.isArray(value)) return value.map((element) => gatherAll(element, inner));
    if (!inner || !isFact(value)) return value ?? null;
    return gather(known, facts, value.__typename ?? "", value, inner);
  };
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const args = Object.fromEntries(
        (selection.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)]),
      );
      const value = name === "__typename" ? typeName : resolveWhole(known, facts, typeName, fact, name, args);
      gathered[name] = gatherAll(value, selection.selectionSet);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value;
      if (on === undefined || typesAbove(known, typeName).includes(on))
        Object.assign(gathered, gather(known, facts, typeName, fact, selection.selectionSet));
    }
  }
  return gathered;
}

/** Something a subgraph can tell of: an entity or a plain value. `absentFrom` names subgraphs that never heard of it. */
export interface Fact {
  readonly __typename?: string;
  readonly absentFrom?: readonly string[];
  readonly [field: string]: unknown;
}

/** All entities of one world. Mutations change them in place: each execution gets facts of its own. */
export class Facts {
  constructor(readonly all: readonly Fact[]) {}

  of(typeName: string): Fact[] {
    return this.all.filter((fact) => fact.__typename === typeName);
  }

  /** The entity with this value in its field, of any type. */
  with(field: string, value: unknown): Fact | undefined {
    return this.all.find((fact) => fact[field] === value);
  }
}

/**
 * What a field is when it is not a plain property of its fact. A field with @requires is given what it requires and
 * nothing else: the representation in a subgraph, the same selection resolved in the monolith.
 */
export type FieldOf = (from: never, args: never, facts: Facts) => unknown;

/** One supergraph, with one definition of its data: subgraphs and monolith both answer from it. */
export interface World {
  /** Subgraph name to SDL. */
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly facts: () => Fact[];
  /** By coordinate; on an interface it holds for its implementers too. */
  readonly fields?: Readonly<Record<string, FieldOf>>;
  /** Values for arguments of random operations, by the name of the input type or by argument (`person.id`). */
  readonly samples?: Readonly<Record<string, readonly unknown[]>>;
  /** Types that random operations seek out, where most others lead nowhere. */
  readonly sought?: readonly string[];
}

export function isFact(value: unknown): value is Fact {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

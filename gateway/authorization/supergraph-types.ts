import {
  Kind,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeNode,
} from "graphql";

/** A type of the supergraph, its extensions included. */
export interface SupergraphType {
  readonly name: string;
  readonly kind: "object" | "interface" | "other";
  readonly directives: readonly ConstDirectiveNode[];
  readonly fields: ReadonlyMap<string, SupergraphField>;
  /** Of an object or interface: what it implements. */
  readonly interfaces: readonly string[];
  /** Of an object: itself; of an interface: the objects that implement it; of a union: its members. */
  readonly concrete: readonly string[];
}

export interface SupergraphField {
  readonly directives: readonly ConstDirectiveNode[];
  /** The name of its type, whatever lists are around it. */
  readonly returns: string;
}

interface Gathered {
  kind: SupergraphType["kind"];
  directives: ConstDirectiveNode[];
  fields: Map<string, SupergraphField>;
  interfaces: string[];
  members: string[];
}

function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

function fieldsOf(fields: readonly FieldDefinitionNode[] | undefined): [string, SupergraphField][] {
  return (fields ?? []).map((field) => [
    field.name.value,
    { directives: field.directives ?? [], returns: namedTypeOf(field.type) },
  ]);
}

function gather(into: Gathered, definition: DefinitionNode): void {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION: {
      into.kind =
        definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION
          ? "object"
          : "interface";
      into.interfaces.push(...(definition.interfaces ?? []).map(({ name }) => name.value));
      for (const [name, field] of fieldsOf(definition.fields)) into.fields.set(name, field);
      break;
    }
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.UNION_TYPE_EXTENSION:
      into.members.push(...(definition.types ?? []).map(({ name }) => name.value));
      break;
    default:
      break;
  }
  if ("directives" in definition) {
    into.directives.push(...((definition.directives ?? []) as readonly ConstDirectiveNode[]));
  }
}

const IS_TYPE = /Type(Definition|Extension)$/;

/** The types of a supergraph by name. */
export function typesOf(supergraph: DocumentNode): ReadonlyMap<string, SupergraphType> {
  const gathered = new Map<string, Gathered>();
  for (const definition of supergraph.definitions) {
    if (!IS_TYPE.test(definition.kind) || !("name" in definition) || !definition.name) continue;
    const name = definition.name.value;
    const type = gathered.get(name) ?? {
      ...{ kind: "other" as const, directives: [], fields: new Map<string, SupergraphField>() },
      ...{ interfaces: [], members: [] },
    };
    gathered.set(name, type);
    gather(type, definition);
  }
  const implementersOf = (name: string) =>
    [...gathered].flatMap(([of, { kind, interfaces }]) =>
      kind === "object" && interfaces.includes(name) ? [of] : [],
    );
  return new Map(
    [...gathered].map(([name, { members, ...type }]) => {
      const concrete =
        type.kind === "object" ? [name] : type.kind === "interface" ? implementersOf(name) : members;
      return [name, { ...type, name, concrete }];
    }),
  );
}

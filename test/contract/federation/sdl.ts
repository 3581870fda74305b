import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type SelectionSetNode,
  type TypeNode,
} from "graphql";

/** What one subgraph's federation directives say, read from its SDL without any federation library. */
export interface SubgraphSdl {
  readonly name: string;
  readonly typeDefs: DocumentNode;
  /** Type to the keys that this subgraph resolves. */
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
  readonly provides: ReadonlyMap<string, SelectionSetNode>;
  /** Coordinates this subgraph only mentions: it answers them where it provides them, and as part of a key. */
  readonly external: ReadonlySet<string>;
  /** Coordinate to the subgraph that it was taken from. */
  readonly overrides: ReadonlyMap<string, string>;
  readonly interfaceObjects: ReadonlySet<string>;
  readonly implementers: ReadonlyMap<string, ReadonlySet<string>>;
}

type Fields =
  | ObjectTypeDefinitionNode
  | ObjectTypeExtensionNode
  | InterfaceTypeDefinitionNode
  | InterfaceTypeExtensionNode;

function hasFields(definition: DefinitionNode): definition is Fields {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    definition.kind === Kind.INTERFACE_TYPE_EXTENSION
  );
}

function argument(directive: ConstDirectiveNode, name: string) {
  return directive.arguments?.find((a) => a.name.value === name)?.value;
}

function text(directive: ConstDirectiveNode, name: string): string {
  const value = argument(directive, name);
  return value?.kind === Kind.STRING ? value.value : "";
}

function fieldSet(directive: ConstDirectiveNode): SelectionSetNode {
  const [definition] = parse(`{ ${text(directive, "fields")} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("Not a field set.");
  return definition.selectionSet;
}

/** Federation's directives by the names this document gives them. */
function importedNames(document: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_EXTENSION && definition.kind !== Kind.SCHEMA_DEFINITION) continue;
    for (const link of definition.directives ?? []) {
      if (!text(link, "url").includes("/federation/")) continue;
      const imports = argument(link, "import");
      for (const item of imports?.kind === Kind.LIST ? imports.values : []) {
        if (item.kind === Kind.STRING) names.set(item.value.slice(1), item.value.slice(1));
        if (item.kind !== Kind.OBJECT) continue;
        const [from, to] = ["name", "as"].map((key) => {
          const value = item.fields.find((field) => field.name.value === key)?.value;
          return value?.kind === Kind.STRING ? value.value.slice(1) : "";
        });
        names.set(to!, from!);
      }
    }
  }
  return names;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

export function readSdl(name: string, sdl: string): SubgraphSdl {
  const typeDefs = parse(sdl);
  const names = importedNames(typeDefs);
  const known = (directive: ConstDirectiveNode) => {
    const used = directive.name.value;
    return names.get(used) ?? used.replace(/^federation__/, "");
  };
  const keys = new Map<string, SelectionSetNode[]>();
  const requires = new Map<string, SelectionSetNode>();
  const provides = new Map<string, SelectionSetNode>();
  const external = new Set<string>();
  const overrides = new Map<string, string>();
  const interfaceObjects = new Set<string>();
  const implementers = new Map<string, Set<string>>();
  const allKeys: [string, SelectionSetNode][] = [];
  const typeOf = new Map<string, string>();

  for (const type of typeDefs.definitions.filter(hasFields)) {
    const typeName = type.name.value;
    for (const implemented of type.interfaces ?? []) {
      const of = implementers.get(implemented.name.value) ?? new Set();
      implementers.set(implemented.name.value, of.add(typeName));
    }
    for (const directive of type.directives ?? []) {
      if (known(directive) === "interfaceObject") interfaceObjects.add(typeName);
      if (known(directive) !== "key") continue;
      const key = fieldSet(directive);
      allKeys.push([typeName, key]);
      const resolvable = argument(directive, "resolvable");
      if (resolvable?.kind === Kind.BOOLEAN && !resolvable.value) continue;
      keys.set(typeName, [...(keys.get(typeName) ?? []), key]);
    }
    const allExternal = type.directives?.some((directive) => known(directive) === "external");
    for (const field of type.fields ?? []) {
      const coordinate = `${typeName}.${field.name.value}`;
      typeOf.set(coordinate, namedType(field.type));
      if (allExternal) external.add(coordinate);
      for (const directive of field.directives ?? []) {
        const directiveName = known(directive);
        if (directiveName === "requires") requires.set(coordinate, fieldSet(directive));
        if (directiveName === "provides") provides.set(coordinate, fieldSet(directive));
        if (directiveName === "external") external.add(coordinate);
        // One with a label is off until the label is switched on, which nothing does.
        if (directiveName === "override" && text(directive, "label")) external.add(coordinate);
        else if (directiveName === "override") overrides.set(coordinate, text(directive, "from"));
      }
    }
  }

  const inKey = (typeName: string, set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) continue;
      const coordinate = `${typeName}.${selection.name.value}`;
      external.delete(coordinate);
      if (selection.selectionSet) inKey(typeOf.get(coordinate) ?? "", selection.selectionSet);
    }
  };
  for (const [typeName, key] of allKeys) inKey(typeName, key);

  return {
    name,
    typeDefs,
    keys,
    requires,
    provides,
    external,
    overrides,
    interfaceObjects,
    implementers,
  };
}

import {
  Kind,
  parse,
  print,
  visit,
  type ArgumentNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { variantName } from "./planned-keys";

/** A field as some @requires asks for it. */
export interface RequiredVariant {
  readonly field: string;
  readonly arguments: readonly ArgumentNode[];
}

/** What one field requires: the path of each required field, by names, to the key it is asked under. */
export type Needs = ReadonlyMap<string, string>;

/** A supergraph that says the same as another, in a form that the planner makes no mistake over. */
export interface SupergraphForPlanner {
  readonly document: DocumentNode;
  /** By the names that fields with required arguments have in the document. */
  readonly variants: ReadonlyMap<string, RequiredVariant>;
  needsOf(subgraph: string, typeName: string, fieldName: string): Needs | undefined;
}

type TypeDefinition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

function isTypeDefinition(definition: DefinitionNode): definition is TypeDefinition {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

/** An argument of a directive, as text. */
export function argumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind === Kind.BOOLEAN) return String(value.value);
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

function typeNameOf(field: FieldDefinitionNode): string {
  let { type } = field;
  while (type.kind !== Kind.NAMED_TYPE) type = type.type;
  return type.name.value;
}

/**
 * Puts the keys that a subgraph answers by before those it only gives out: for the way back after a @requires the planner
 * takes the first, resolvable or not.
 */
function withResolvableKeysFirst(definition: TypeDefinition): TypeDefinition {
  const isGivenOut = (directive: ConstDirectiveNode) => argumentOf(directive, "resolvable") === "false";
  const directives = definition.directives ?? [];
  if (!directives.some(isGivenOut)) return definition;
  return {
    ...definition,
    directives: [...directives.filter((d) => !isGivenOut(d)), ...directives.filter(isGivenOut)],
  };
}

/** Gives each field that is required with arguments a name of its own for each set of them. */
class Variants {
  readonly byName = new Map<string, RequiredVariant>();
  readonly needs = new Map<string, Needs>();
  private readonly names = new Map<string, string>();
  /** Type name to the variants it has, to the field they are of. */
  private readonly added = new Map<string, Map<string, string>>();
  private readonly types: ReadonlyMap<string, TypeDefinition>;

  constructor(definitions: readonly DefinitionNode[]) {
    this.types = new Map(definitions.filter(isTypeDefinition).map((d) => [d.name.value, d]));
  }

  private nameOf(field: string, given: readonly ArgumentNode[]): string {
    const sorted = [...given].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
    const key = `${field}(${sorted.map(print).join()})`;
    let name = this.names.get(key);
    if (name === undefined) {
      name = variantName(field, this.names.size);
      this.names.set(key, name);
      this.byName.set(name, { field, arguments: given });
    }
    return name;
  }

  private add(typeName: string, variant: string, field: string): void {
    const implementers = [...this.types.values()].filter((type) =>
      type.interfaces?.some((one) => one.name.value === typeName),
    );
    for (const type of [typeName, ...implementers.map((one) => one.name.value)]) {
      const variants = this.added.get(type) ?? new Map<string, string>();
      this.added.set(type, variants.set(variant, field));
    }
  }

  /** The set with the variants' names in it; notes what it needs. */
  private settle(
    set: SelectionSetNode,
    typeName: string,
    path: string,
    needs: Map<string, string>,
  ): SelectionSetNode {
    const selections = set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value ?? typeName;
        return { ...selection, selectionSet: this.settle(selection.selectionSet, on, path, needs) };
      }
      const field = selection.name.value;
      const here = path === "" ? field : `${path}.${field}`;
      let key = field;
      if (selection.arguments?.length) {
        key = this.nameOf(field, selection.arguments);
        this.add(typeName, key, field);
      }
      needs.set(here, key);
      const definition = this.types.get(typeName)?.fields?.find((one) => one.name.value === field);
      const inner = selection.selectionSet;
      return {
        ...selection,
        name: { ...selection.name, value: key },
        arguments: [],
        ...(inner && definition
          ? { selectionSet: this.settle(inner, typeNameOf(definition), here, needs) }
          : {}),
      };
    });
    return { ...set, selections };
  }

  withRequirementsSettled(definition: TypeDefinition): TypeDefinition {
    const typeName = definition.name.value;
    return visit(definition, {
      FieldDefinition: (field) => ({
        ...field,
        directives: (field.directives ?? []).map((directive) => {
          const requires = argumentOf(directive, "requires");
          const graph = argumentOf(directive, "graph");
          if (directive.name.value !== "join__field" || requires === undefined) return directive;
          const needs = new Map<string, string>();
          const [parsed] = parse(`{${requires}}`, { noLocation: true }).definitions;
          if (parsed?.kind !== Kind.OPERATION_DEFINITION) return directive;
          const settled = this.settle(parsed.selectionSet, typeName, "", needs);
          this.needs.set(`${graph} ${typeName}.${field.name.value}`, needs);
          const value = print(settled)
            .replace(/^\{|\}$/g, "")
            .trim();
          return {
            ...directive,
            arguments: directive.arguments?.map((argument) =>
              argument.name.value === "requires"
                ? { ...argument, value: { kind: Kind.STRING, value } as const }
                : argument,
            ),
          };
        }),
      }),
    });
  }

  /** A variant is had from where its field is had from. */
  withVariants(definition: TypeDefinition): TypeDefinition {
    const variants = this.added.get(definition.name.value);
    if (!variants) return definition;
    const fields = definition.fields ?? [];
    const added = [...variants].flatMap(([name, of]) => {
      const field = fields.find((one) => one.name.value === of);
      return field ? [{ ...field, name: { ...field.name, value: name }, arguments: [] }] : [];
    });
    return { ...definition, fields: [...fields, ...added] };
  }
}

/** Subgraph name to what the supergraph's own enum calls it. */
export function graphsOf(document: DocumentNode): Map<string, string> {
  const graphs = new Map<string, string>();
  visit(document, {
    EnumValueDefinition: ({ name, directives }) => {
      const graph = directives?.find((directive) => directive.name.value === "join__graph");
      const subgraph = graph && argumentOf(graph, "name");
      if (subgraph !== undefined) graphs.set(subgraph, name.value);
    },
  });
  return graphs;
}

/** Rewrites a supergraph for the planner. Clients' operations mean the same over both. */
export function supergraphForPlanner(supergraphSdl: string): SupergraphForPlanner {
  const document = parse(supergraphSdl, { noLocation: true });
  const variants = new Variants(document.definitions);
  const settled = document.definitions.map((definition) =>
    isTypeDefinition(definition)
      ? variants.withRequirementsSettled(withResolvableKeysFirst(definition))
      : definition,
  );
  const graphs = graphsOf(document);
  return {
    document: {
      ...document,
      definitions: settled.map((d) => (isTypeDefinition(d) ? variants.withVariants(d) : d)),
    },
    variants: variants.byName,
    needsOf: (subgraph, typeName, fieldName) =>
      variants.needs.get(`${graphs.get(subgraph)} ${typeName}.${fieldName}`),
  };
}

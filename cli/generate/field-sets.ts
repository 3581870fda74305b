import {
  Kind,
  parse,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** A type or field whose directive holds a field set, and the set. */
export interface FieldSet {
  readonly coordinate: string;
  readonly fields: SelectionSetNode;
  /** The definition's own fields. */
  readonly definedFields: readonly FieldDefinitionNode[];
}

/** A document may import @key and @requires under any name; what they are known by is an argument `fields`. */
function fieldSetOf(directive: ConstDirectiveNode): SelectionSetNode[] {
  const value = directive.arguments?.find(({ name }) => name.value === "fields")?.value;
  if (value?.kind !== Kind.STRING) return [];
  const [operation] = parse(`{ ${value.value} }`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? [operation.selectionSet] : [];
}

/** The field sets on types (their keys), and those on fields (what they require or provide). */
export function fieldSetsOf(typeDefs: DocumentNode): { onTypes: FieldSet[]; onFields: FieldSet[] } {
  const onTypes: FieldSet[] = [];
  const onFields: FieldSet[] = [];
  for (const definition of typeDefs.definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.OBJECT_TYPE_EXTENSION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_EXTENSION
    )
      continue;
    const definedFields = definition.fields ?? [];
    const type = definition.name.value;
    for (const fields of (definition.directives ?? []).flatMap(fieldSetOf))
      onTypes.push({ coordinate: type, fields, definedFields });
    for (const field of definedFields) {
      for (const fields of (field.directives ?? []).flatMap(fieldSetOf))
        onFields.push({ coordinate: `${type}.${field.name.value}`, fields, definedFields });
    }
  }
  return { onTypes, onFields };
}

/** Every field that requires another with arguments, by coordinate. */
export function argumentsInRequires(typeDefs: DocumentNode): { coordinate: string; field: string }[] {
  const found: { coordinate: string; field: string }[] = [];
  for (const { coordinate, fields } of fieldSetsOf(typeDefs).onFields) {
    visit(fields, {
      Field: ({ name, arguments: given }) => {
        if (given?.length) found.push({ coordinate, field: name.value });
      },
    });
  }
  return found;
}

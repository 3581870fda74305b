import { Kind, visit, type DocumentNode, type FieldNode } from "graphql";

/**
 * Begins every alias of a client in what is planned, and every field with arguments. The planner reads keys and required
 * fields by their names, and takes a client's alias of such a name, or a required field with arguments of the client's,
 * for the field itself: then the client would choose which entity is asked for. No field of a schema begins so.
 */
const PREFIX = "_0";

/** The document with what the clients name or ask in their own way marked as such. */
export function withPlannedKeys(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: (field) => {
      const key = plannedKey(field);
      return key === field.name.value ? undefined : { ...field, alias: { kind: Kind.NAME, value: key } };
    },
  });
}

/** The response key of a client's field in what the subgraphs answer. */
export function plannedKey(field: FieldNode): string {
  const isItself = !field.alias && !field.arguments?.length;
  return isItself ? field.name.value : PREFIX + (field.alias ?? field.name).value;
}

/** Begins the name of a field that a @requires asks for with arguments: the planner is told of it as a field of its own. */
const VARIANT = /^_1(.+)_\d+$/;

/** The name of a field that is required with arguments, by the number of those arguments. */
export function variantName(field: string, number: number): string {
  return `_1${field}_${number}`;
}

/** A path as the subgraphs and the plan have it, in the client's own keys. */
export function clientPath(path: readonly (string | number)[]): (string | number)[] {
  return path.map((step) => {
    if (typeof step !== "string") return step;
    return step.startsWith(PREFIX) ? step.slice(PREFIX.length) : step.replace(VARIANT, "$1");
  });
}

import { Kind, type DocumentNode, type FieldNode, type SelectionSetNode } from "graphql";
import type { Outcome } from "./access";

/** Codes of errors that keep nothing back by a rule: something broke, or was asked wrongly. */
const FAILURES: ReadonlySet<string> = new Set(["INTERNAL_SERVER_ERROR", "BAD_USER_INPUT", "BAD_REQUEST"]);

export interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** The codes of an answer's errors, sorted, each once. */
export function codesOf({ errors = [] }: Answered): string[] {
  const codes = errors.map(({ extensions }) => {
    const code = extensions?.["code"];
    return typeof code === "string" ? code : "INTERNAL_SERVER_ERROR";
  });
  return [...new Set(codes)].sort();
}

const CONTAINER_KEYS: ReadonlySet<string> = new Set(["__typename", "id"]);

/**
 * True when some value in the data may be a protected one: any but null under a field that is neither an id nor a type's
 * name. Where one response name stands for several fields, it counts when one of them does.
 */
function holdsSomething(data: unknown, sets: readonly SelectionSetNode[], document: DocumentNode): boolean {
  if (Array.isArray(data)) return data.some((one) => holdsSomething(one, sets, document));
  if (typeof data !== "object" || data === null) return false;
  const fields = sets.flatMap((set) => fieldsIn(set, document));
  return Object.entries(data).some(([name, value]) => {
    if (value === null) return false;
    const nodes = fields.filter((node) => (node.alias ?? node.name).value === name);
    const below = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    if (below.length > 0) return holdsSomething(value, below, document);
    return nodes.some((node) => !CONTAINER_KEYS.has(node.name.value));
  });
}

function fieldsIn(set: SelectionSetNode, document: DocumentNode): FieldNode[] {
  return set.selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    if (node.kind === Kind.INLINE_FRAGMENT) return fieldsIn(node.selectionSet, document);
    const fragment = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === node.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fieldsIn(fragment.selectionSet, document) : [];
  });
}

/**
 * What became of an operation. One that was answered in part counts as answered: its codes tell of the rest.
 */
export function outcomeOf(answer: Answered, selectionSet: SelectionSetNode, document: DocumentNode): Outcome {
  const codes = codesOf(answer);
  if (codes.length === 0 || holdsSomething(answer.data, [selectionSet], document)) return "answered";
  return codes.some((code) => !FAILURES.has(code)) ? "refused" : "failed";
}

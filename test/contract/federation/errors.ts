import type { Args } from "./resolve";

interface AnError {
  readonly path?: readonly (string | number)[] | undefined;
}

function isIndexable(value: unknown): value is Args {
  return typeof value === "object" && value !== null;
}

/** The nulls that an error stands at, or that it was raised to; "@" is every element of a list. */
function nullsAt(data: unknown, path: readonly (string | number)[], here: string): string[] {
  if (data === null || data === undefined) return [here];
  const [first, ...rest] = path;
  if (first === undefined) return [];
  if (first === "@") {
    const elements = Array.isArray(data) ? data : [];
    return elements.flatMap((element, index) => nullsAt(element, rest, `${here}.${index}`));
  }
  return isIndexable(data) && Object.hasOwn(data, first)
    ? nullsAt(data[first], rest, `${here}.${first}`)
    : [];
}

/**
 * Which nulls of an answer are explained by an error. Two answers with the same data have equal errors when they
 * explain the same nulls, whatever depth each error was noticed at.
 */
export function explainedNulls(data: unknown, errors: readonly AnError[]): string[] {
  return [...new Set(errors.flatMap(({ path }) => nullsAt(data, path ?? [], "data")))].sort();
}

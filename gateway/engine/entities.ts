import { isObject, own, type JsonObject, type JsonValue } from "./json";
import type { ResponsePath } from "./errors";

/** An object in the data fetched so far, with the place it stands at. */
export interface Place {
  readonly entity: JsonObject;
  readonly path: ResponsePath;
}

/** Every object at a plan's path; "@" goes through each element of a list, of lists too. */
export function placesAt(root: JsonObject, path: readonly string[]): Place[] {
  const found: Place[] = [];
  walk(root, path, 0, [], found);
  return found;
}

function walk(
  value: JsonValue | undefined,
  path: readonly string[],
  at: number,
  here: (string | number)[],
  found: Place[],
): void {
  if (Array.isArray(value)) {
    const next = path[at] === "@" ? at + 1 : at;
    for (let index = 0; index < value.length; index++)
      walk(value[index], path, next, [...here, index], found);
    return;
  }
  if (!isObject(value)) return;
  const element = path[at];
  if (element === undefined) found.push({ entity: value, path: here });
  else if (element !== "@") walk(own(value, element), path, at + 1, [...here, element], found);
}

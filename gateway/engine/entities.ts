import { isObject, own, type JsonObject, type JsonValue } from "./json";
import type { ResponsePath } from "./errors";

/** A key or list position, and where it is read. Made into a path only when an error needs one. */
interface Here {
  readonly parent: Here | undefined;
  readonly key: string | number;
}

/** An object in the data fetched so far, with the place it stands at. */
export interface Place {
  readonly entity: JsonObject;
  readonly here: Here | undefined;
}

export function pathOf({ here }: Place): ResponsePath {
  const path: (string | number)[] = [];
  for (let at = here; at; at = at.parent) path.unshift(at.key);
  return path;
}

/** Every object at a plan's path; "@" goes through each element of a list, of lists too. */
export function placesAt(root: JsonObject, path: readonly string[]): Place[] {
  const found: Place[] = [];
  walk(root, path, 0, undefined, found);
  return found;
}

function walk(
  value: JsonValue | undefined,
  path: readonly string[],
  at: number,
  here: Here | undefined,
  found: Place[],
): void {
  if (Array.isArray(value)) {
    const next = path[at] === "@" ? at + 1 : at;
    for (let index = 0; index < value.length; index++) {
      walk(value[index], path, next, { parent: here, key: index }, found);
    }
    return;
  }
  if (!isObject(value)) return;
  const element = path[at];
  if (element === undefined) found.push({ entity: value, here });
  else if (element !== "@") walk(own(value, element), path, at + 1, { parent: here, key: element }, found);
}

/** Objects as they come out of JSON.parse. */
export type JsonObject = { [key: string]: JsonValue };
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a key that the answer itself holds; never one that every object inherits (`constructor`, `__proto__`). */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets a key as the answer's own, whatever its name. */
export function setOwn(object: JsonObject, key: string, value: JsonValue): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

/**
 * Merges an answer into what is already there, in place: objects key by key, lists element by element, all else by
 * replacement. Two fetches of one plan never disagree on a list's length; if they do, the answer already there stays.
 */
export function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const key of Object.keys(source)) {
    const incoming = source[key]!;
    const present = own(target, key);
    if (isObject(present) && isObject(incoming)) mergeInto(present, incoming);
    else if (Array.isArray(present) && Array.isArray(incoming)) mergeLists(present, incoming);
    else setOwn(target, key, incoming);
  }
}

function mergeLists(target: JsonValue[], source: JsonValue[]): void {
  if (target.length !== source.length) return;
  for (const [index, incoming] of source.entries()) {
    const present = target[index]!;
    if (isObject(present) && isObject(incoming)) mergeInto(present, incoming);
    else if (Array.isArray(present) && Array.isArray(incoming)) mergeLists(present, incoming);
    else target[index] = incoming;
  }
}

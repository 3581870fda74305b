import { pathOf, type Place } from "./entities";
import { isObject, own, type JsonObject, type JsonValue } from "./json";
import type { ContextRewrite } from "./plan-nodes";
import type { TypesOf } from "./rewrites";

/** The values of @fromContext arguments for one place, by the variable that carries each. */
export type Context = Readonly<Record<string, JsonValue>>;

/** Reads the context of a place; undefined when a part of it never arrived. */
export type ReadContext = (root: JsonObject, place: Place) => Context | undefined;

/** The objects from the root to a place, the place itself last. */
function objectsTo(root: JsonObject, place: Place): JsonObject[] {
  const objects = [root];
  let value: JsonValue | undefined = root;
  for (const key of pathOf(place)) {
    if (Array.isArray(value)) value = value[key as number];
    else if (isObject(value)) value = own(value, String(key));
    if (isObject(value)) objects.push(value);
  }
  return objects;
}

/** Undefined when the object is of another type than the path is for, or the value never arrived. */
function valueAt(
  value: JsonValue | undefined,
  path: readonly string[],
  typesOf: TypesOf,
): JsonValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined || value === null || value === undefined) return value;
  if (!isObject(value)) return undefined;
  if (!step.startsWith("... on ")) return valueAt(own(value, step), rest, typesOf);
  const typename = own(value, "__typename");
  const isOfType = typeof typename === "string" && typesOf(step.slice(7)).has(typename);
  return isOfType ? valueAt(value, rest, typesOf) : undefined;
}

/**
 * Compiles a fetch's contexts. A path goes up from the entity by ".." a step, each to the object around it, and down to the
 * value from there; several paths of one variable are for objects of different types.
 */
export function compileContexts(
  rewrites: readonly ContextRewrite[],
  typesOf: TypesOf,
): ReadContext | undefined {
  if (rewrites.length === 0) return undefined;
  const sources = rewrites.map(({ path, renameKeyTo }) => {
    const up = path.filter((step) => step === "..").length;
    return { variable: renameKeyTo, up, down: path.slice(up) };
  });
  const variables = new Set(sources.map(({ variable }) => variable));
  return (root, place) => {
    const objects = objectsTo(root, place);
    const context: Record<string, JsonValue> = {};
    for (const { variable, up, down } of sources) {
      const value = valueAt(objects[objects.length - 1 - up], down, typesOf);
      if (value !== undefined) context[variable] = value;
    }
    return Object.keys(context).length === variables.size ? context : undefined;
  };
}

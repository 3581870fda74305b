import { isObject, own, setOwn, type JsonObject, type JsonValue } from "./json";
import type { RequiredSelection } from "./plan-nodes";
import type { TypesOf } from "./rewrites";

/** Takes from an entity what the subgraph must be told of it; undefined when something required is missing. */
type Take = (entity: JsonObject, into: JsonObject) => boolean;

function compileSelection(selection: RequiredSelection, typesOf: TypesOf): Take {
  if (selection.kind === "InlineFragment") {
    const take = compileAll(selection.selections, typesOf);
    if (selection.typeCondition === undefined) return take;
    const types = typesOf(selection.typeCondition);
    return (entity, into) => {
      const typename = own(entity, "__typename");
      // A fragment on another type asks nothing of this entity.
      return typeof typename !== "string" || !types.has(typename) || take(entity, into);
    };
  }
  const key = selection.alias ?? selection.name;
  const nested = selection.selections && compileAll(selection.selections, typesOf);
  return (entity, into) => {
    const value = own(entity, key);
    if (value === undefined) return false;
    const taken = nested ? takeNested(value, nested) : value;
    if (taken === undefined) return false;
    setOwn(into, selection.name, taken);
    return true;
  };
}

function takeNested(value: JsonValue, take: Take): JsonValue | undefined {
  if (Array.isArray(value)) {
    const elements = value.map((element) => takeNested(element, take));
    return elements.includes(undefined) ? undefined : (elements as JsonValue[]);
  }
  if (!isObject(value)) return value;
  const into: JsonObject = {};
  return take(value, into) ? into : undefined;
}

function compileAll(selections: readonly RequiredSelection[], typesOf: TypesOf): Take {
  const takes = selections.map((selection) => compileSelection(selection, typesOf));
  return (entity, into) => takes.every((take) => take(entity, into));
}

export type BuildRepresentation = (entity: JsonObject) => JsonObject | undefined;

/**
 * Compiles a fetch's `requires` into a function from an entity as fetched so far to its representation. No
 * representation comes of an entity of another type, or of one whose key or required field never arrived.
 */
export function compileRepresentation(
  requires: readonly RequiredSelection[],
  typesOf: TypesOf,
): BuildRepresentation {
  const take = compileAll(requires, typesOf);
  return (entity) => {
    const representation: JsonObject = {};
    if (!take(entity, representation)) return undefined;
    return Object.hasOwn(representation, "__typename") && Object.keys(representation).length > 1
      ? representation
      : undefined;
  };
}

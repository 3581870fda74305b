import {
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLFormattedError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import { engineError, type ResponsePath } from "./errors";
import { isObject, own, setOwn, type JsonObject, type JsonValue } from "./json";
import { fieldsOf, type Selections } from "./selection";

/** Where a value stands, built only when an error needs it. */
interface Here {
  readonly parent: Here | undefined;
  readonly key: string | number;
}

/** Marks a null that may not stand where it is: the nearest nullable parent becomes null instead. */
const BUBBLE = Symbol("a null in a non-null place");
type Completed = JsonValue | typeof BUBBLE;
type Complete = (value: JsonValue | undefined, here: Here, errors: GraphQLFormattedError[]) => Completed;

function pathTo(here: Here | undefined): ResponsePath {
  const path: (string | number)[] = [];
  for (let at = here; at; at = at.parent) path.unshift(at.key);
  return path;
}

/** True for a field that authorization has cut from this operation, by the node that asked for it. */
export type IsRemoved = (parent: GraphQLObjectType, field: FieldNode) => boolean;

/** Answered by the gateway itself; graphql-js keeps them out of a type's own fields. */
const META_FIELDS: Readonly<Record<string, { type: GraphQLOutputType }>> = {
  __schema: SchemaMetaFieldDef,
  __type: TypeMetaFieldDef,
};

/** Completes fetched data as graphql-js would complete resolved values. */
export type Shape = (root: JsonObject, errors: GraphQLFormattedError[]) => JsonObject | null;

/**
 * Compiles the client's own operation into a function that turns fetched data into the answer: the client's order
 * and aliases, leaf coercion, null bubbling, abstract types; `__typename` only where asked for; cut fields null.
 */
export function compileShape(
  selections: Selections,
  rootType: GraphQLObjectType,
  rootFields: Map<string, FieldNode[]>,
  isRemoved: IsRemoved,
): Shape {
  function completeLeaf(type: GraphQLLeafType): Complete {
    return (value, here, errors) => {
      if (value === null || value === undefined) return null;
      try {
        return type.serialize(value) as JsonValue;
      } catch {
        errors.push(engineError("BAD_LEAF_VALUE", `The value is not a ${type.name}.`, pathTo(here)));
        return null;
      }
    };
  }

  function completeList(element: Complete): Complete {
    return (value, here, errors) => {
      if (value === null || value === undefined) return null;
      if (!Array.isArray(value)) {
        errors.push(engineError("BAD_LEAF_VALUE", "The value is not a list.", pathTo(here)));
        return null;
      }
      const list: JsonValue[] = [];
      for (let index = 0; index < value.length; index++) {
        const completed = element(value[index], { parent: here, key: index }, errors);
        if (completed === BUBBLE) return null;
        list.push(completed);
      }
      return list;
    };
  }

  function completeNonNull(inner: Complete): Complete {
    return (value, here, errors) => {
      const before = errors.length;
      const completed = inner(value, here, errors);
      if (completed !== null) return completed;
      // Some error says already why it is null; only a silent null needs one of its own.
      if (before === 0 && errors.length === 0) {
        errors.push(engineError("NULL_FOR_NON_NULL", "A non-null field came back null.", pathTo(here)));
      }
      return BUBBLE;
    };
  }

  function completeObject(type: GraphQLObjectType, fields: Map<string, FieldNode[]>): Complete {
    const completions = [...fields].map(([key, nodes]) => ({ key, complete: completeField(type, nodes) }));
    return (value, here, errors) => {
      if (!isObject(value)) return null;
      const object: JsonObject = {};
      for (const { key, complete } of completions) {
        const completed = complete(own(value, key), { parent: here, key }, errors);
        if (completed === BUBBLE) return null;
        setOwn(object, key, completed);
      }
      return object;
    };
  }

  function completeField(parent: GraphQLObjectType, nodes: FieldNode[]): Complete {
    const node = nodes[0]!;
    if (node.name.value === "__typename") return () => parent.name;
    const field = META_FIELDS[node.name.value] ?? parent.getFields()[node.name.value];
    if (!field)
      throw new Error(`${parent.name} has no field ${node.name.value}: the operation was not validated.`);
    if (isRemoved(parent, node)) return () => (isNonNullType(field.type) ? BUBBLE : null);
    return completeType(field.type, nodes);
  }

  function completeType(type: GraphQLOutputType, nodes: FieldNode[]): Complete {
    if (isNonNullType(type)) return completeNonNull(completeType(type.ofType, nodes));
    if (isListType(type)) return completeList(completeType(type.ofType, nodes));
    if (isLeafType(type)) return completeLeaf(type);
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    if (isObjectType(type)) return completeObject(type, fieldsOf(selections, sets, type));

    const completions = new Map<string, Complete>();
    return (value, here, errors) => {
      const typename = isObject(value) ? own(value, "__typename") : undefined;
      if (typeof typename !== "string") return null;
      let complete = completions.get(typename);
      if (!complete) {
        const concrete = selections.schema.getType(typename);
        if (
          !isObjectType(concrete) ||
          !isAbstractType(type) ||
          !selections.schema.isSubType(type, concrete)
        ) {
          return null;
        }
        complete = completeObject(concrete, fieldsOf(selections, sets, concrete));
        completions.set(typename, complete);
      }
      return complete(value, here, errors);
    };
  }

  const completions = [...rootFields].map(([key, nodes]) => ({
    key,
    complete: completeField(rootType, nodes),
  }));
  return (root, errors) => {
    const data: JsonObject = {};
    for (const { key, complete } of completions) {
      const completed = complete(own(root, key), { parent: undefined, key }, errors);
      if (completed === BUBBLE) return null;
      setOwn(data, key, completed);
    }
    return data;
  };
}

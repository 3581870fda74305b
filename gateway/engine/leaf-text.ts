import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from "graphql";
import { quoted } from "./json-text";

/** A leaf value as JSON text; undefined when it is no value of its type. Never called with null. */
export type LeafText = (value: unknown) => string | undefined;

function serialized(type: GraphQLLeafType, value: unknown): string | undefined {
  try {
    return JSON.stringify(type.serialize(value));
  } catch {
    return undefined;
  }
}

/**
 * How values of a leaf type become text: at once where the value is what it should be, by graphql-js's own coercion
 * where it is not (a number for an ID, say).
 */
export function leafTextOf(type: GraphQLLeafType): LeafText {
  if (isEnumType(type)) {
    const names = new Map(type.getValues().map(({ name }) => [name, `"${name}"`]));
    return (value) => names.get(value as string);
  }
  switch (type.name) {
    case GraphQLString.name:
    case GraphQLID.name:
      return (value) => (typeof value === "string" ? quoted(value) : serialized(type, value));
    case GraphQLInt.name:
      return (value) =>
        (value as number) === ((value as number) | 0) ? String(value) : serialized(type, value);
    case GraphQLFloat.name:
      return (value) => (Number.isFinite(value) ? String(value) : serialized(type, value));
    case GraphQLBoolean.name:
      return (value) => (value === true ? "true" : value === false ? "false" : serialized(type, value));
    default:
      return (value) => (typeof value === "string" ? quoted(value) : serialized(type, value));
  }
}

import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from "graphql";
import type { JsonValue } from "./json";

/** How values of one leaf type are completed by generated code. */
export interface Leaf {
  /** An expression over a variable that is true when the value may stand as it is; null: it must always be coerced. */
  readonly asIs: ((variable: string) => string) | null;
  /** graphql-js's own coercion (a number for an ID, say); undefined when it is no value of the type. */
  readonly coerce: (value: unknown) => JsonValue | undefined;
}

/** The specified scalars as JSON.parse gives them need no coercion, and to see that costs less than a call. */
const AS_IS: Readonly<Record<string, (x: string) => string>> = {
  [GraphQLString.name]: (x) => `typeof ${x} === "string"`,
  [GraphQLID.name]: (x) => `typeof ${x} === "string"`,
  [GraphQLInt.name]: (x) => `${x} === (${x} | 0)`,
  [GraphQLFloat.name]: (x) => `typeof ${x} === "number"`,
  [GraphQLBoolean.name]: (x) => `typeof ${x} === "boolean"`,
};

export function leafOf(type: GraphQLLeafType): Leaf {
  return {
    asIs: isEnumType(type) ? null : (AS_IS[type.name] ?? null),
    coerce: (value) => {
      try {
        return type.serialize(value) as JsonValue | undefined;
      } catch {
        return undefined;
      }
    },
  };
}

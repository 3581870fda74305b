import type { GraphQLFormattedError } from "graphql";

/** Codes the engine itself answers with; a subgraph's own codes pass as they are. */
export type EngineErrorCode =
  | "UNAUTHORIZED_FIELD_OR_TYPE"
  | "SUBGRAPH_UNAVAILABLE"
  | "SUBGRAPH_BAD_RESPONSE"
  | "SUBGRAPH_ERROR"
  | "NULL_FOR_NON_NULL"
  | "BAD_LEAF_VALUE"
  | "UNKNOWN_TYPENAME"
  | "UNANSWERABLE";

export type EngineError = GraphQLFormattedError & { readonly path: ResponsePath };

/** Response keys and list positions; "@" stands for every element of a list. */
export type ResponsePath = readonly (string | number)[];

export function engineError(
  code: EngineErrorCode,
  message: string,
  path: ResponsePath,
  facts: Readonly<Record<string, string>> = {},
): EngineError {
  return { message, path: [...path], extensions: { code, ...facts } };
}

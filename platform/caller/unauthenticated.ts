import { GraphQLError } from "graphql";
import { CallerRefused } from "./caller";

/**
 * The answer to a caller who is not let in: 401 `UNAUTHENTICATED`, with the reason out of a closed list.
 *
 * @throws the error itself when it is not a refusal.
 */
export function unauthenticated(error: unknown): GraphQLError {
  if (!(error instanceof CallerRefused)) throw error;
  return new GraphQLError(error.message, {
    extensions: { code: "UNAUTHENTICATED", reason: error.reason, http: { status: 401 } },
  });
}

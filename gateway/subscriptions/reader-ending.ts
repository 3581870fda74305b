import type { GraphQLFormattedError } from "graphql";

/** What an agency says of the one whose eyes it was asked with; anything else holds for all who asked the same. */
const OF_THE_READER: ReadonlySet<unknown> = new Set([
  "TOKEN_EXPIRED",
  "UNAUTHENTICATED",
  "UNAUTHORIZED_FIELD_OR_TYPE",
]);

/** Whether a stream ended for a reason of its reader's own: with other eyes, or a renewed token, it can be read on. */
export function isOfTheReader(error: GraphQLFormattedError | undefined): boolean {
  return error !== undefined && OF_THE_READER.has(error.extensions?.["code"]);
}

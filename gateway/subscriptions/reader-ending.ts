import type { GraphQLFormattedError } from "graphql";

/** What an agency says of the one whose eyes it was asked with; anything else holds for all who asked the same. */
const OF_THE_READER: ReadonlySet<unknown> = new Set([
  "TOKEN_EXPIRED",
  "UNAUTHENTICATED",
  "UNAUTHORIZED_FIELD_OR_TYPE",
  "AUDIENCE_CHANGED",
]);

/** The reader sees now what is not for those for whom he read, or no longer all of it. */
export function isOfTheAudience({
  extensions,
}: {
  readonly extensions?: Readonly<Record<string, unknown>>;
}): boolean {
  return extensions?.["code"] === "AUDIENCE_CHANGED";
}

/** Whether a stream ended for a reason of its reader's own: with other eyes, or a renewed token, it can be read on. */
export function isOfTheReader(error: GraphQLFormattedError): boolean {
  return OF_THE_READER.has(error.extensions?.["code"]);
}

import type { GraphQLFormattedError } from "graphql";
import { streamError } from "./subscriber";

interface Coded {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What an agency says of the one whose eyes it was asked with; anything else holds for all who asked the same. */
const OF_THE_READER: ReadonlySet<unknown> = new Set([
  "TOKEN_EXPIRED",
  "UNAUTHENTICATED",
  "UNAUTHORIZED_FIELD_OR_TYPE",
  "AUDIENCE_CHANGED",
]);

/** The reader sees now what is not for those for whom he read, or no longer all of it. */
export function isOfTheAudience({ extensions }: Pick<Coded, "extensions">): boolean {
  return extensions?.["code"] === "AUDIENCE_CHANGED";
}

/**
 * What an agency that completes an event says of the reader and not of the event: nobody is told the event without its part,
 * and it is read again. Undefined: it says something else. Its clock is the hub's but for the seconds of a signature, so that no
 * token with time left is refused for ever.
 */
export function readingEndedBy(error: Coded): GraphQLFormattedError | undefined {
  if (isOfTheAudience(error)) return { message: error.message, extensions: error.extensions ?? {} };
  const { code, reason } = error.extensions ?? {};
  return code === "UNAUTHENTICATED" && reason === "TOKEN_EXPIRED" ? streamError("TOKEN_EXPIRED") : undefined;
}

/** Whether a stream ended for a reason of its reader's own: with other eyes, or a renewed token, it can be read on. */
export function isOfTheReader(error: GraphQLFormattedError): boolean {
  return OF_THE_READER.has(error.extensions?.["code"]);
}

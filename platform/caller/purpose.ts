import { GraphQLError } from "graphql";

/** Why somebody asks, as each request states it. One of these and nothing else. */
export const PURPOSES = ["case-work", "alert-response", "conference", "evaluation", "audit"] as const;
export type Purpose = (typeof PURPOSES)[number];

export const PURPOSE_HEADER = "x-ipvi-purpose";

const LIST = PURPOSES.join(", ");

function refusal(code: "PURPOSE_REQUIRED" | "PURPOSE_UNKNOWN", message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

/**
 * The purpose of a request, by its header. Every request states one, introspection too.
 *
 * @throws GraphQLError `PURPOSE_REQUIRED`, or `PURPOSE_UNKNOWN` naming the list, never what was sent.
 */
export function purposeOf(header: string | readonly string[] | undefined): Purpose {
  if (header === undefined || header === "") {
    throw refusal("PURPOSE_REQUIRED", `State why you ask in the header ${PURPOSE_HEADER}: ${LIST}.`);
  }
  const purpose = PURPOSES.find((known) => known === header);
  if (!purpose)
    throw refusal("PURPOSE_UNKNOWN", `No such purpose; the header ${PURPOSE_HEADER} takes ${LIST}.`);
  return purpose;
}

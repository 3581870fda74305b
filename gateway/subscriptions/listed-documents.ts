import { GraphQLError } from "graphql";
import type { SubscribePayload } from "graphql-ws";

interface Naming {
  readonly documentId?: unknown;
  readonly query?: unknown;
}

function payloadOf(message: unknown): Naming | undefined {
  const { type, payload } = (message ?? {}) as { type?: unknown; payload?: unknown };
  return type === "subscribe" && typeof payload === "object" && payload !== null ? payload : undefined;
}

/**
 * A client's message with the text of the operation that it names by `documentId`, as over HTTP; without a text where no
 * listed operation has that id. Any other message as it came.
 */
export function withDocumentText(
  text: string,
  documentText: ((id: string) => string | undefined) | undefined,
): string {
  if (!documentText || !text.includes('"documentId"')) return text;
  try {
    const message = JSON.parse(text) as object;
    const payload = payloadOf(message);
    if (typeof payload?.documentId !== "string" || payload.query !== undefined) return text;
    return JSON.stringify({
      ...message,
      payload: { ...payload, query: documentText(payload.documentId) ?? "" },
    });
  } catch {
    // The protocol has a refusal of its own for what is no message.
    return text;
  }
}

/** Whether an operation is named by an id that nothing on the list has. */
export function namesNoDocument(payload: SubscribePayload): boolean {
  return payload.query === "" && (payload as Naming).documentId !== undefined;
}

export function documentUnknown(): GraphQLError {
  return new GraphQLError("No operation on the list has the documentId given.", {
    extensions: { code: "DOCUMENT_UNKNOWN" },
  });
}

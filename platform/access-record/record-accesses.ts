import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from "@apollo/server";
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import { coordinatesOf } from "../policy/coordinates";
import type { PolicyTable } from "../policy/policy-table";
import type { Access, AccessedRecord, Reader } from "./access";
import { askedFor } from "./asked";
import { codesOf, outcomeOf, type Answered } from "./outcome";
import { tellSeenObjects } from "./seen-objects";

const CACHED_DOCUMENTS = 2_000;

/** The answer to whom it cannot be recorded that he read. */
export const NOT_RECORDED = {
  message: "Not answered: it could not be recorded who asked.",
  extensions: { code: "ACCESS_NOT_RECORDED" },
};

/** What the context of a request holds for its record, beside what the agency needs. */
export interface Recorded {
  readonly accessReader: Reader;
}

export interface AccessRecordingOptions<Context extends object> {
  readonly schema: GraphQLSchema;
  readonly policy: PolicyTable;
  /** Resolves when the access is written where it belongs; rejects when it is not. */
  readonly record: (access: Access, context: Context) => Promise<void>;
}

/** An operation, as it came and as it was answered. */
export interface AnsweredOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** SHA-256 of its text, 64 hexadecimal digits. */
  readonly hash: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer: Answered;
}

/** What every way out of an agency passes: of HTTP and of streams alike. */
export interface AccessRecording<Context extends object> {
  /** Before anything is read with this context: from here on what goes into the answer is noted. */
  begin(context: Context & Recorded): void;
  /** Writes what was read; nothing when the document names nothing protected. Rejects when it could not be written. */
  write(answered: AnsweredOperation, context: Context & Recorded): Promise<void>;
}

/** Watches what answers of this schema are made of. Once for each schema: it is told by the schema itself. */
export function createAccessRecording<Context extends object>({
  schema,
  policy,
  record,
}: AccessRecordingOptions<Context>): AccessRecording<Context> {
  const protectedFields = new LRUCache<string, readonly string[]>({ max: CACHED_DOCUMENTS });
  const seen = new WeakMap<object, AccessedRecord[]>();
  tellSeenObjects(schema, policy, (context) => seen.get(context));

  function fieldsOf(hash: string, document: DocumentNode): readonly string[] {
    let fields = protectedFields.get(hash);
    if (!fields) {
      fields = coordinatesOf(schema, document)
        .filter((coordinate) => policy[coordinate] && policy[coordinate] !== "authenticated")
        .sort();
      protectedFields.set(hash, fields);
    }
    return fields;
  }

  return {
    begin: (context) => void seen.set(context, []),
    async write({ document, operation, hash, variables, answer }, context) {
      const fields = fieldsOf(hash, document);
      if (fields.length === 0) return;
      const asked = askedFor(schema, document, operation, variables);
      await record(
        {
          reader: context.accessReader,
          operationHash: hash,
          fields,
          records: [...asked.records, ...(seen.get(context) ?? [])],
          representations: asked.representations,
          outcome: outcomeOf(answer, operation.selectionSet, document),
          codes: codesOf(answer),
        },
        context,
      );
    },
  };
}

async function recordAnswer<Context extends object>(
  recording: AccessRecording<Context>,
  request: GraphQLRequestContextWillSendResponse<Context & Recorded>,
): Promise<void> {
  const { document, operation, queryHash, contextValue, response } = request;
  // Without an operation the document was not valid, and nothing was looked at.
  if (!document || !operation || !queryHash) return;
  if (response.body.kind !== "single") throw new Error("An answer in parts cannot be recorded.");
  const answer = response.body.singleResult;
  const variables = request.request.variables ?? {};
  await recording.write({ document, operation, hash: queryHash, variables, answer }, contextValue);
}

/**
 * The third wall: no answer to a document that names something protected leaves before the access is written. When that
 * fails the answer is `ACCESS_NOT_RECORDED` without data (a change that a mutation made stands). A document that names
 * nothing protected writes nothing.
 */
export function recordAccesses<Context extends object>(
  recording: AccessRecording<Context>,
  onFailure: (error: unknown) => void,
): ApolloServerPlugin<Context & Recorded> {
  return {
    requestDidStart: async ({ contextValue }) => {
      recording.begin(contextValue);
      return {
        willSendResponse: async (request) => {
          try {
            await recordAnswer(recording, request);
          } catch (error) {
            onFailure(error);
            request.response.http.status = 503;
            request.response.body = {
              kind: "single",
              singleResult: { errors: [NOT_RECORDED] },
            };
          }
        },
      };
    },
  };
}

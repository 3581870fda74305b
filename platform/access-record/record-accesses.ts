import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from "@apollo/server";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import { coordinatesOf } from "../policy/coordinates";
import type { PolicyTable } from "../policy/policy-table";
import type { Access, AccessedRecord, Reader } from "./access";
import { askedFor } from "./asked";
import { codesOf, outcomeOf } from "./outcome";
import { tellSeenObjects } from "./seen-objects";

const CACHED_DOCUMENTS = 2_000;

/** What the context of a request holds for its record, beside what the agency needs. */
export interface Recorded {
  readonly accessReader: Reader;
}

export interface RecordAccessesOptions<Context extends object> {
  readonly schema: GraphQLSchema;
  readonly policy: PolicyTable;
  /** Resolves when the access is written where it belongs; rejects when it is not. */
  readonly record: (access: Access, context: Context) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/**
 * The third wall: no answer to a document that names something protected leaves before the access is written. When that
 * fails the answer is `ACCESS_NOT_RECORDED` without data (a change that a mutation made stands). A document that names
 * nothing protected writes nothing.
 */
export function recordAccesses<Context extends object>({
  schema,
  policy,
  record,
  onFailure,
}: RecordAccessesOptions<Context>): ApolloServerPlugin<Context & Recorded> {
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

  async function recordAnswer(
    request: GraphQLRequestContextWillSendResponse<Context & Recorded>,
  ): Promise<void> {
    const { document, operation, queryHash, contextValue, response } = request;
    // Without an operation the document was not valid, and nothing was looked at.
    if (!document || !operation || !queryHash) return;
    const fields = fieldsOf(queryHash, document);
    if (fields.length === 0) return;
    if (response.body.kind !== "single") throw new Error("An answer in parts cannot be recorded.");
    const asked = askedFor(schema, document, operation, request.request.variables ?? {});
    const answer = response.body.singleResult;
    await record(
      {
        reader: contextValue.accessReader,
        operationHash: queryHash,
        fields,
        records: [...asked.records, ...(seen.get(contextValue) ?? [])],
        representations: asked.representations,
        outcome: outcomeOf(answer, operation.selectionSet, document),
        codes: codesOf(answer),
      },
      contextValue,
    );
  }

  return {
    requestDidStart: async ({ contextValue }) => {
      seen.set(contextValue, []);
      return {
        willSendResponse: async (request) => {
          try {
            await recordAnswer(request);
          } catch (error) {
            onFailure(error);
            request.response.http.status = 503;
            request.response.body = {
              kind: "single",
              singleResult: {
                errors: [
                  {
                    message: "Not answered: it could not be recorded who asked.",
                    extensions: { code: "ACCESS_NOT_RECORDED" },
                  },
                ],
              },
            };
          }
        },
      };
    },
  };
}

import { createHash } from "node:crypto";
import { GraphQLError, type DocumentNode, type GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import { coordinatesOf } from "../policy/coordinates";
import { meets, type PolicyTable, type Requirement } from "../policy/policy-table";

const CACHED_DOCUMENTS = 2_000;

/** What the federation protocol itself reads; `_service` is not here: the SDL is not handed out over the wire. */
const PROTOCOL: Readonly<Record<string, Requirement>> = { "Query._entities": "authenticated" };

/**
 * The second wall: checks every coordinate of an incoming document, `_entities` included, against the agency's own
 * policy, whatever the gateway let through. One check per (document, scope set).
 *
 * @throws GraphQLError `UNAUTHORIZED_FIELD_OR_TYPE`: the whole request is refused, since an honest gateway asks for
 * nothing that its caller may not see.
 */
export function createDocumentAuthorizer(schema: GraphQLSchema, policy: PolicyTable) {
  const verdicts = new LRUCache<string, readonly string[]>({ max: CACHED_DOCUMENTS });

  return function authorize(document: DocumentNode, source: string, scopes: ReadonlySet<string>): void {
    const key = createHash("sha256")
      .update([...scopes].sort().join(" "))
      .update("\0")
      .update(source)
      .digest("base64");
    let refused = verdicts.get(key);
    if (!refused) {
      refused = coordinatesOf(schema, document).filter((c) => !meets(PROTOCOL[c] ?? policy[c], scopes));
      verdicts.set(key, refused);
    }
    if (refused.length > 0) {
      throw new GraphQLError("Unauthorized field or type.", {
        extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", http: { status: 403 } },
      });
    }
  };
}

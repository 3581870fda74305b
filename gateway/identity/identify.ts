import { BREAK_GLASS_HEADER } from "../../platform/break-glass/grant";
import type { Caller } from "../../platform/caller/caller";
import { PURPOSE_HEADER, purposeOf, type Purpose } from "../../platform/caller/purpose";
import { unauthenticated } from "../../platform/caller/unauthenticated";
import type { VerifyToken } from "../../platform/caller/verify-token";
import type { WithOpened } from "../break-glass";
import type { ScopeSet } from "../engine/engine";
import type { ScopesOfRoles } from "../supergraph/load-supergraph";

/** Who asks, what that opens, and what the agencies are shown for it. */
export interface Identity {
  /** Undefined where anybody may see everything. */
  readonly caller: Caller | undefined;
  readonly scopes: ScopeSet;
  readonly purpose: Purpose | undefined;
  /** Sent with every request to a subgraph. */
  readonly headers: Readonly<Record<string, string>>;
}

/** HTTP headers, or what stands for them in a WebSocket's first message; names in lower case. */
export type Presented = Readonly<Record<string, string | readonly string[] | undefined>>;

/** @throws GraphQLError UNAUTHENTICATED or BREAK_GLASS_REFUSED with the reason, PURPOSE_REQUIRED or PURPOSE_UNKNOWN. */
export type Identify = (presented: Presented) => Promise<Identity>;

function oneOf(value: Presented[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Every door of the gateway learns in this one way who comes in. */
export function createIdentify(
  verifyToken: VerifyToken,
  scopesOf: ScopesOfRoles,
  withOpened: WithOpened,
): Identify {
  return async (presented) => {
    try {
      const authorization = oneOf(presented["authorization"]);
      const caller = await verifyToken(authorization);
      const purpose = purposeOf(oneOf(presented[PURPOSE_HEADER]));
      const scopes = scopesOf(caller.roles);
      // As it was presented, now verified: some thousand streams keep it, and one text is enough for each.
      const headers = { authorization: authorization!, [PURPOSE_HEADER]: purpose };
      const grant = presented[BREAK_GLASS_HEADER] ?? "";
      if (grant === "") return { caller, scopes, purpose, headers };
      const opened = await withOpened(String(grant), caller, scopes);
      // What lives longer than a request, a subscription, ends with the grant.
      const expiresAt = opened.until < caller.expiresAt ? opened.until : caller.expiresAt;
      return {
        caller: { ...caller, expiresAt },
        scopes: opened.scopes,
        purpose,
        headers: { ...headers, [BREAK_GLASS_HEADER]: String(grant) },
      };
    } catch (error) {
      throw unauthenticated(error);
    }
  };
}

/** Lets anybody in, to everything: for trying other supergraphs. */
export const identifyNobody: Identify = async () => ({
  caller: undefined,
  scopes: { key: "everything", scopes: new Set<string>() },
  purpose: undefined,
  headers: {},
});

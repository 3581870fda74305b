import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "../caller/caller";
import type { Audiences } from "./audiences";

/**
 * What the hub sends when it reads for several with the eyes of one: the audiences in which they are alike, at the agencies
 * that it asks. An agency that would now put the caller into another audience tells nothing (`AUDIENCE_CHANGED`): what he alone
 * may see from now on is not for the others.
 */
export const SHARED_HEADER = "x-ipvi-shared-by";

/** The header's value for audiences as agencies named them. */
export function sharedBy(audiences: readonly string[]): string {
  return Buffer.from(JSON.stringify(audiences)).toString("base64url");
}

/** None in a value that is no such header's. */
function audiencesIn(value: string): readonly string[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(value, "base64url").toString());
    return Array.isArray(read) ? read.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** Whether what was read with the caller's eyes may be told to all for whom the hub says that it reads. */
export async function mayTell(
  audiences: Audiences,
  caller: Caller,
  { [SHARED_HEADER]: shared }: IncomingHttpHeaders,
): Promise<boolean> {
  return shared === undefined || audiences.isIn(caller, audiencesIn(String(shared)));
}

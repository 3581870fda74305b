import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";
import type { PolicyTable } from "../../../platform/policy/policy-table";

const SAFE_CONTACT = ["act:record-safe-contact"] as const;
const ADDRESS = ["act:record-client-address"] as const;

/**
 * Whether she may be turned to, and how, is for those who do it: the agency's own advocates. No release opens it, since
 * what it says rests on where somebody else lives.
 */
export const SAFE_CONTACT_COORDINATES: PolicyTable<Scope | ActionScope> = {
  "Case.safeOutreach": SAFE_CONTACT,
  "Mutation.recordSafeContact": SAFE_CONTACT,
  "Mutation.recordClientAddress": ADDRESS,

  "SafeOutreach.toldAt": SAFE_CONTACT,
  "SafeOutreach.recordedAt": SAFE_CONTACT,
  "SafeOutreach.language": SAFE_CONTACT,
  "SafeOutreach.hoursFrom": SAFE_CONTACT,
  "SafeOutreach.hoursUntil": SAFE_CONTACT,
  "SafeOutreach.means": SAFE_CONTACT,
  "SafeOutreachMeans.means": SAFE_CONTACT,
  "SafeOutreachMeans.safe": SAFE_CONTACT,
  "SafeOutreachMeans.reason": SAFE_CONTACT,

  "SafeContactResult.safeOutreach": SAFE_CONTACT,
  "SafeContactResult.problem": SAFE_CONTACT,
  "ClientAddressResult.clientContact": ["client-contact:O", "client-contact:R"],
  "ClientAddressResult.problem": ADDRESS,
};

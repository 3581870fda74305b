import type { PolicyTable, Requirement } from "../../../platform/policy/policy-table";
import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";

type Rows = PolicyTable<Scope | ActionScope>;

const NEEDS = ["service-needs:F", "service-needs:R"] as const;
const OF_NEEDS = ["service-needs:F"] as const;
const PROMISES = ["promises:F", "promises:O"] as const;
const REFER = ["act:refer"] as const;
const CLOSE = ["act:close-referral"] as const;
const ANSWER = ["act:answer-referral"] as const;
const PART2 = ["act:record-part2-consent"] as const;
const NEED = ["act:record-need"] as const;
const REQUEST = ["act:request-small-help"] as const;
const DECIDE = ["act:decide-small-help"] as const;
const DELIVER = ["act:deliver-small-help"] as const;
const PROMISE = ["act:promise-help"] as const;
const CAPACITY = ["act:record-capacity"] as const;
const VICTIM_SIDE = ["act:record-victim-side"] as const;

/** Gives fields of a type the same row. */
function all(type: string, requirement: Requirement<Scope | ActionScope>, fields: readonly string[]): Rows {
  return Object.fromEntries(fields.map((field) => [`${type}.${field}`, requirement]));
}

/** What the fields about help ask of a caller: providers, needs, small help, referrals on their way, promises. */
export const HELP_POLICY: Rows = {
  "Person.handle": [...NEED, ...REQUEST, ...REFER, ...PROMISE],
  "Person.smallHelp": NEEDS,

  // The directory of providers is public; how full they are is for those who refer, and for providers.
  "Query.providers": "authenticated",
  ...all("Provider", "authenticated", ["id", "agency", "name", "languages", "capacity", "hours", "area"]),
  "Provider.services": OF_NEEDS,
  ...all("ProviderService", OF_NEEDS, ["service", "places", "taken", "free"]),
  "Mutation.recordCapacity": CAPACITY,
  ...all("ProviderResult", CAPACITY, ["provider", "problem"]),

  ...all("Need", NEEDS, ["id", "kind", "statedAt", "passedOn", "closedAt", "closedAs", "redisclosureNotice"]),
  ...all("Mutation", NEED, ["recordNeed", "closeNeed"]),
  "NeedResult.need": NEEDS,
  "NeedResult.problem": NEED,

  "Query.smallHelpRequests": OF_NEEDS,
  ...all("SmallHelpPage", OF_NEEDS, ["requests", "endCursor", "hasNextPage"]),
  ...all("SmallHelp", NEEDS, ["id", "person", "kind", "whatFor", "amount", "state"]),
  ...all("SmallHelp", NEEDS, [
    "requestedAgency",
    "requestedAt",
    "decidedAt",
    "deliveredAt",
    "redisclosureNotice",
  ]),
  "Mutation.requestSmallHelp": REQUEST,
  "Mutation.decideSmallHelp": DECIDE,
  "Mutation.deliverSmallHelp": DELIVER,
  "SmallHelpResult.smallHelp": NEEDS,
  "SmallHelpResult.problem": [...REQUEST, ...DECIDE, ...DELIVER],

  "Mutation.refer": REFER,
  "Mutation.recordReferralConsent": REFER,
  "Mutation.acceptReferral": ANSWER,
  "Mutation.declineReferral": ANSWER,
  "Mutation.closeReferral": CLOSE,
  "Mutation.recordPart2Consent": PART2,
  "Mutation.revokePart2Consent": PART2,
  "ReferralResult.referral": NEEDS,
  "ReferralResult.problem": [...REFER, ...ANSWER, ...CLOSE, ...PART2],
  ...all("Part2Consent", NEEDS, ["id", "recipientAgency", "givenAt", "expiresAt", "revokedAt"]),

  ...all("HelpPromise", PROMISES, ["id", "person", "text", "promisedTo", "dueOn", "ownerAgency", "state"]),
  ...all("HelpPromise", PROMISES, ["settledAt", "redisclosureNotice"]),
  "Query.overdueHelpPromises": PROMISES,
  ...all("HelpPromisePage", PROMISES, ["promises", "endCursor", "hasNextPage"]),
  ...all("Mutation", PROMISE, [
    "makeHelpPromise",
    "keepHelpPromise",
    "breakHelpPromise",
    "withdrawHelpPromise",
  ]),
  "HelpPromiseResult.promise": PROMISES,
  "HelpPromiseResult.problem": PROMISE,

  // Who helps victims is no element of the matrix: who may record it may read it, and nobody else.
  "Query.victimSideEmployees": VICTIM_SIDE,
  ...all("Mutation", VICTIM_SIDE, ["recordVictimSideEmployee", "endVictimSideEmployee"]),
  ...all("VictimSideResult", VICTIM_SIDE, ["employee", "problem"]),
  ...all("VictimSideEmployee", VICTIM_SIDE, ["id", "subject", "recordedBy", "recordedAt", "endedAt"]),
};

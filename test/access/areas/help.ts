import { createPersonHandles } from "../../../subgraphs/services/policy/person-handle";
import type { Role } from "../../../policy/matrix";
import { CALLERS } from "../callers";
import { HUB_SECRETS } from "../hub";
import { outcomeOf, type Area } from "../holds";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const NEEDS = ["service-needs:F"] as const;
const PROMISES = ["promises:F", "promises:O"] as const;

const COORDINATOR: readonly Role[] = ["coordinator"];
const PROVIDER: readonly Role[] = ["provider"];
const BOTH: readonly Role[] = ["coordinator", "provider"];
const PROMISERS: readonly Role[] = ["coordinator", "provider", "messenger"];

/** A provider says what it offers; the coordinator refers and decides, both record; each keeps its own promises. */
const DOERS: Readonly<Record<string, readonly Role[]>> = {
  recordCapacity: PROVIDER,
  recordVictimSideEmployee: PROVIDER,
  endVictimSideEmployee: PROVIDER,
  recordNeed: BOTH,
  closeNeed: BOTH,
  requestSmallHelp: BOTH,
  decideSmallHelp: COORDINATOR,
  deliverSmallHelp: BOTH,
  refer: COORDINATOR,
  recordReferralConsent: COORDINATOR,
  acceptReferral: PROVIDER,
  declineReferral: PROVIDER,
  closeReferral: BOTH,
  recordPart2Consent: BOTH,
  revokePart2Consent: BOTH,
  makeHelpPromise: PROMISERS,
  keepHelpPromise: PROMISERS,
  breakHelpPromise: PROMISERS,
  withdrawHelpPromise: PROMISERS,
};

/** The need that each role states: one of a kind is open at a time. */
const NEED_OF: Partial<Record<Role, string>> = { coordinator: "EDUCATION", provider: "PARENTING" };

export const HELP: Area = {
  doers: {
    ...Object.fromEntries(Object.entries(DOERS).map(([name, roles]) => [`Mutation.${name}`, roles])),
    // Those who plan contacts ask him.
    "Mutation.recordReferralAgreement": ["detective", "coordinator"],
  },
  fields: {
    Query: {
      smallHelpRequests: NEEDS,
      overdueHelpPromises: PROMISES,
      victimSideEmployees: outcomeOf("recordVictimSideEmployee"),
    },
    Mutation: {
      ...Object.fromEntries(Object.keys(DOERS).map((name) => [name, outcomeOf(name)])),
      recordReferralAgreement: outcomeOf("recordReferralAgreement"),
    },
    ReferralAgreement: { "*": outcomeOf("recordReferralAgreement") },
    ReferralAgreementResult: { "*": outcomeOf("recordReferralAgreement") },
    Person: {
      handle: [...outcomeOf("recordNeed"), ...outcomeOf("makeHelpPromise")],
      smallHelp: NEEDS,
    },
    // The directory of providers is public; how full they are is for those who refer, and for providers.
    Provider: { services: NEEDS },
    ProviderService: { "*": NEEDS },
    ProviderResult: { "*": outcomeOf("recordCapacity") },
    NeedResult: { need: NEEDS, problem: outcomeOf("recordNeed") },
    SmallHelp: { "*": NEEDS },
    SmallHelpPage: { "*": NEEDS },
    SmallHelpResult: { smallHelp: NEEDS, problem: outcomeOf("requestSmallHelp") },
    Part2Consent: { "*": NEEDS },
    ReferralResult: { referral: NEEDS, problem: outcomeOf("closeReferral") },
    HelpPromisePage: { "*": PROMISES },
    HelpPromiseResult: { promise: PROMISES, problem: outcomeOf("makeHelpPromise") },
    VictimSideEmployee: { "*": outcomeOf("recordVictimSideEmployee") },
    VictimSideResult: { "*": outcomeOf("recordVictimSideEmployee") },
  },
  elsewhere: ["Person.handle", "Person.smallHelp"],
  // What was just recorded has not been closed, decided, given or settled, and is no Part 2 record.
  notByMutation: [
    ...["closedAt", "closedAs", "redisclosureNotice"].map((field) => `Need.${field}`),
    ...["decidedAt", "deliveredAt", "redisclosureNotice"].map((field) => `SmallHelp.${field}`),
    ...["settledAt", "redisclosureNotice"].map((field) => `HelpPromise.${field}`),
    "VictimSideEmployee.endedAt",
    "ReferralAgreement.withdrawnAt",
  ],
  neverFilled: {
    // A provider sees its own records alone, which are free of the notice.
    provider: ["Need", "SmallHelp", "HelpPromise"].map((type) => `${type}.redisclosureNotice`),
    // Of promises those of persons who are shown to them, which no list knows, and none under a consent to them.
    probation: ["HelpPromisePage.endCursor", "HelpPromise.redisclosureNotice"],
    messenger: ["HelpPromise.redisclosureNotice"],
  },
  // So that the command by which the routes reach an answer's type takes effect, for each role that may give it.
  given: ({ known, hidden, help: { unansweredId, consentIds } }, role, well) => {
    const handles = createPersonHandles(HUB_SECRETS.services);
    const person = well ? handles.handleOf(CALLERS[role], known.personId, new Date()) : NOBODY;
    const today = new Date().toISOString().slice(0, 10);
    let number = 0;
    const input = (fields: string) => {
      number += 1;
      const key = `00000000-0000-4000-8000-0000000${well ? 7 : 8}0${String(number).padStart(2, "0")}0`;
      return `(input: { key: "${key}" ${fields} })`;
    };
    const promise = `promiseId: "${NOBODY}", expects: OPEN`;
    const referral = `referralId: "${NOBODY}", expects: REFERRED`;
    const request = `requestId: "${NOBODY}", expects: REQUESTED`;
    const consentId = (well && consentIds[role as keyof typeof consentIds]) || NOBODY;
    const mutations: Record<string, string> = {
      recordReferralAgreement: input(`personId: "${well ? hidden.personId : NOBODY}",
        providerAgency: "of-${role}", agreed: true, saidAt: "2026-02-01T10:00:00Z"`),
      recordCapacity: input(`capacity: ${well ? 90 : -1}`),
      recordVictimSideEmployee: input(`subject: "${well ? "provider-6" : ""}"`),
      endVictimSideEmployee: input(`id: "${NOBODY}"`),
      recordNeed: input(
        `person: "${person}", kind: ${NEED_OF[role] ?? "FOOD"}, statedAt: "2026-02-01T10:00:00Z"`,
      ),
      closeNeed: input(`needId: "${NOBODY}", as: MET`),
      requestSmallHelp: input(`person: "${person}", kind: FEE, whatFor: "a fee", amount: 100`),
      decideSmallHelp: input(`${request}, approve: true`),
      deliverSmallHelp: input(request),
      refer: input(`person: "${person}", providerAgency: "open-door", service: EDUCATION`),
      recordReferralConsent: input(`${referral}, agreed: true`),
      acceptReferral: input(`referralId: "${well ? unansweredId : NOBODY}", expects: REFERRED`),
      declineReferral: input(referral),
      closeReferral: input(referral),
      recordPart2Consent: input(`referralId: "${NOBODY}", recipientAgency: "a",
        givenAt: "2026-02-01T10:00:00Z", expiresAt: "2099-02-01T10:00:00Z"`),
      revokePart2Consent: input(`consentId: "${consentId}"`),
      makeHelpPromise: input(`person: "${person}", text: "help", promisedTo: OFFENDER, dueOn: "${today}"`),
      keepHelpPromise: input(promise),
      breakHelpPromise: input(promise),
      withdrawHelpPromise: input(promise),
    };
    return {
      "Query.smallHelpRequests": "(first: 9)",
      "Query.overdueHelpPromises": "(first: 9)",
      ...Object.fromEntries(Object.entries(mutations).map(([name, given]) => [`Mutation.${name}`, given])),
    };
  },
};

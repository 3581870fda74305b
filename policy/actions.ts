/**
 * What a person may do, by role: the second table beside the matrix, which says what a person may see.
 * One row per mutation; a mutation without a row does not build.
 */
import type { Role } from "./matrix";

export const ACTIONS = {
  "confirm-level": ["detective", "coordinator"],
  /** A level moves down by it, and by nothing else. */
  "record-panel-decision": ["coordinator"],
  "plan-contact": ["detective", "coordinator"],
  "release-contact": ["coordinator"],
  /** That a provider may learn who he is. */
  "record-referral-agreement": ["detective", "coordinator"],
  "record-contact": ["detective", "coordinator"],
  /** And to read the reports: those who see to it that it does not happen again. */
  "review-breach": ["coordinator"],
  "record-victim-notice": ["detective", "coordinator"],
  "sign-off-attempts": ["coordinator"],
  "record-correction": ["detective", "coordinator", "prosecutor"],
  /** And to read that it was done: the keeper of the partnership's records, alone. */
  "record-expungement": ["coordinator"],
  "record-lever": ["detective", "coordinator", "prosecutor", "probation"],
  "draft-letter": ["detective", "coordinator"],
  /** Which of them for which letter: the domain of law enforcement says it. */
  "approve-letter": ["coordinator", "prosecutor"],
  "record-letter-served": ["detective", "coordinator"],
  "withdraw-letter": ["detective", "coordinator", "prosecutor"],
  "make-promise": ["detective", "coordinator", "prosecutor", "probation"],
  /** Of promises that their own agency owns; a coordinator of all. */
  "settle-promise": [
    "detective",
    "coordinator",
    "prosecutor",
    "probation",
    "advocate",
    "provider",
    "messenger",
  ],
  "record-conflict": ["coordinator"],
  "open-compartment": ["coordinator"],
  "assign-case": ["coordinator"],
  "plan-conference": ["coordinator"],
  /** What a conference decides is recorded by those who confirm levels. */
  "record-decision": ["detective", "coordinator"],
  "add-justice-action": ["detective", "coordinator", "prosecutor", "probation"],
  "record-outreach": ["advocate"],
  "work-outreach-task": ["advocate"],
  /** And to read the instruments by which it is done. */
  "record-risk-assessment": ["advocate"],
  "record-safe-contact": ["advocate"],
  "record-client-address": ["advocate"],
  "write-to-victim": ["advocate"],
  "place-hold": ["advocate"],
  "add-advocacy-action": ["advocate"],
  "record-release": ["advocate"],
  "revoke-release": ["advocate"],
  "record-agency-conflict": ["advocate"],
  "record-engagement": ["provider"],
  "add-services-action": ["provider"],
  "record-provider-conflict": ["provider"],
  "record-victim-side": ["provider"],
  "record-capacity": ["provider"],
  "record-need": ["coordinator", "provider"],
  "request-small-help": ["coordinator", "provider"],
  "decide-small-help": ["coordinator"],
  "deliver-small-help": ["coordinator", "provider"],
  /** To propose a referral, and to ask him. */
  refer: ["coordinator"],
  "answer-referral": ["provider"],
  "close-referral": ["coordinator", "provider"],
  "record-part2-consent": ["coordinator", "provider"],
  /** What one's own agency has to keep. */
  "promise-help": ["coordinator", "provider", "messenger"],
  /** Those who hold a limited form of something; break-glass.ts says of what. */
  "open-break-glass": [
    "detective",
    "coordinator",
    "prosecutor",
    "probation",
    "advocate",
    "provider",
    "messenger",
  ],
  /** Of the cases assigned to her agency. */
  "acknowledge-alert": ["advocate"],
  /** Not a mutation: those who answer for alerts, and those who see to it that somebody does. */
  "read-alert-record": ["advocate", "coordinator"],
  /** Not a mutation: that a contact has to wait, to those who plan it, release it or warn of it. */
  "see-holds": ["detective", "coordinator", "prosecutor", "probation", "advocate"],
  /** Not a mutation: those who sit at the table. What they see of a person is the matrix's. */
  "attend-conference": ["detective", "coordinator", "prosecutor", "probation", "advocate", "provider"],
  /** Not a mutation: to watch what is opened is a duty of its own, which no element of the matrix gives. */
  "read-openings": ["coordinator", "auditor"],
} as const satisfies Record<string, readonly Role[]>;

/** A scope to act, e.g. `act:record-outreach`. */
export type ActionScope = `act:${keyof typeof ACTIONS}`;

/** Every action scope that a role holds. */
export function actionScopesOf(role: Role): ActionScope[] {
  return (Object.keys(ACTIONS) as (keyof typeof ACTIONS)[])
    .filter((action) => (ACTIONS[action] as readonly Role[]).includes(role))
    .map((action): ActionScope => `act:${action}`);
}

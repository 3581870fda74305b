import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";
import type { PolicyTable } from "../../../platform/policy/policy-table";

const ACTIONS = ["act:add-advocacy-action"] as const;

/** What an agency took on at a conference is its own, as its outreach is; that a hold stands says nothing of anybody. */
export const CONFERENCE_COORDINATES: PolicyTable<Scope | ActionScope> = {
  "Conference.id": "authenticated",
  "Conference.advocacyActions": ACTIONS,
  "Mutation.addAdvocacyAction": ACTIONS,
  "Mutation.endAdvocacyAction": ACTIONS,
  "AdvocacyActionResult.action": ACTIONS,
  "AdvocacyActionResult.problem": ACTIONS,
  "AdvocacyAction.id": ACTIONS,
  "AdvocacyAction.case": ACTIONS,
  "AdvocacyAction.text": ACTIONS,
  "AdvocacyAction.owner": ACTIONS,
  "AdvocacyAction.dueOn": ACTIONS,
  "AdvocacyAction.state": ACTIONS,
  "AdvocacyAction.recordedBy": ACTIONS,
  "AdvocacyAction.closedAt": ACTIONS,

  "Contact.id": "authenticated",
  "Contact.holdStands": ["act:see-holds"],
  "Contact.ownHolds": ["act:place-hold"],
};

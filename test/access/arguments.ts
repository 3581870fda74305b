import type { Role } from "../../policy/matrix";
import { AREAS } from "./areas";
import type { World } from "./world";

/** An element of law enforcement's that the role may open in an emergency; the others can be refused only. */
const OPENED: Partial<Record<Role, string>> = {
  coordinator: "intelligence",
  probation: "intelligence",
  advocate: "charges",
  provider: "tier",
  messenger: "tier",
};

/** What to give for the arguments of root fields, by coordinate: so that something comes of it, and so that nothing does. */
export function argumentsFor(world: World, role: Role, well: boolean): Record<string, string> {
  const { known, stranger, hidden } = world;
  const proposal = { detective: known, coordinator: stranger }[role as string] ?? hidden;
  const key = well ? "00000000-0000-4000-8000-00000000000a" : "00000000-0000-4000-8000-00000000000b";
  const id = (value: string) => JSON.stringify(well ? value : "00000000-0000-4000-8000-000000000000");
  const nobody = '"00000000-0000-4000-8000-000000000000"';
  const keyOf = (number: number) => `00000000-0000-4000-8000-0000000${well ? 1 : 2}0${number}00`;
  const moreOf = (number: number) => `00000000-0000-4000-8000-0000000${well ? 3 : 4}0${number}00`;
  const agencyKey = (number: number) => `00000000-0000-4000-8000-0000000${well ? "a" : "b"}0${number}00`;
  return {
    "Query.person": `(id: "${known.personId}")`,
    "Query.case": `(id: "${known.caseIds[0]}")`,
    "Query.persons": "(first: 40)",
    ...Object.fromEntries(
      ["levelQueue", "incidentReviews", "myReferrals", "myCaseload"].map((list) => [
        `Query.${list}`,
        "(first: 9)",
      ]),
    ),
    ...Object.fromEntries(
      ["lawEnforcementAccessLog", "advocacyAccessLog", "servicesAccessLog"].map((log) => [
        `Query.${log}`,
        `(first: 9, recordId: "${world.accessedId}")`,
      ]),
    ),
    "Query.breakGlassAccesses": `(first: 9, openingId: "${world.accessedId}")`,
    "Query.alertRecord": `(alertId: "${known.alertId}")`,
    "Mutation.acknowledgeAlert": `(input: { key: "${key}", alertId: ${id(known.alertId)} })`,
    "Mutation.openBreakGlass": `(input: { key: "${moreOf(4)}", element: "${well ? (OPENED[role] ?? "tier") : "investigation"}",
      reason: "He is on his way to her." })`,
    "Mutation.confirmLevel": `(input: { key: "${moreOf(5)}", proposalId: ${id(proposal.openProposalId)},
      level: ${proposal === known ? "A" : "B"} })`,
    "Mutation.planContact": `(input: { key: "${keyOf(1)}", personId: ${id(hidden.personId)}, level: C, means: NOTIFICATION,
      plannedFor: "${new Date(Date.now() + 3_600_000).toISOString()}", place: "a place" })`,
    "Mutation.recordVictimNotice": `(input: { key: "${keyOf(2)}", caseId: ${id(known.caseIds[0]!)},
      madeAt: "${new Date().toISOString()}" })`,
    "Mutation.recordVictimAttempt": `(input: { key: "${keyOf(3)}", caseId: ${nobody}, madeAt: "2026-03-01T10:00:00Z",
      outcome: DECLINED })`,
    "Mutation.signOffAttempts": `(input: { key: "${keyOf(4)}", caseId: ${nobody}, contactId: ${nobody} })`,
    "Mutation.releaseContact": `(input: { key: "${keyOf(5)}", contactId: ${nobody}, expects: PLANNED })`,
    "Mutation.cancelContact": `(input: { key: "${keyOf(8)}", contactId: ${nobody}, expects: PLANNED })`,
    "Mutation.recordContact": `(input: { key: "${keyOf(6)}", contactId: ${nobody}, expects: RELEASED, outcome: MADE,
      madeAt: "2026-03-01T10:00:00Z", madeBy: "m" })`,
    "Mutation.recordBreach": `(input: { key: "${keyOf(7)}", contactId: ${nobody}, expects: PLANNED,
      madeAt: "2026-03-01T10:00:00Z", madeBy: "m" })`,
    "Query.gateBreaches": "(first: 40)",
    "Mutation.recordUnplannedBreach": `(input: { key: "${moreOf(3)}", personId: ${id(hidden.personId)}, means: LETTER,
      madeAt: "2026-03-01T10:00:00Z", madeBy: "m" })`,
    "Mutation.recallContact": `(input: { key: "${moreOf(1)}", contactId: ${nobody}, expects: RELEASED, reason: OTHER })`,
    "Mutation.reviewBreach": `(input: { key: "${moreOf(2)}", breachId: ${id(known.breachId)}, review: "a review" })`,
    "Mutation.recordConflict": `(input: { key: "${key}", agency: "open-door", subject: "provider-9", why: PARTY,
      caseId: ${id(known.caseIds[1]!)} })`,
    "Mutation.endConflict": `(input: { key: "${moreOf(6)}", conflictId: ${id(world.conflictIds.justice)} })`,
    "Mutation.openCompartment": `(input: { key: "${moreOf(7)}", caseId: ${id(known.caseIds[0]!)}, readers: [] })`,
    "Mutation.nameCompartmentReader": `(input: { key: "${moreOf(8)}", caseId: ${id(known.caseIds[0]!)},
      reader: { agency: "metro-police", subject: "detective-9" } })`,
    "Mutation.recordProviderConflict": `(input: { key: "${key}", subject: "provider-9", why: PARTY,
      personId: ${id(known.personId)} })`,
    "Mutation.endProviderConflict": `(input: { key: "${moreOf(6)}", conflictId: ${id(world.conflictIds.services)} })`,
    "Mutation.recordAgencyConflict": `(input: { key: "${agencyKey(1)}", subject: "advocate-9", why: PARTY,
      caseId: ${id(known.caseIds[0]!)} })`,
    "Mutation.endAgencyConflict": `(input: { key: "${agencyKey(2)}", conflictId: ${id(world.conflictIds.advocacy)} })`,
    "Mutation.recordOutreach": `(input: { key: "${agencyKey(3)}", caseId: ${id(known.caseIds[0]!)}, kind: VISIT, outcome: REACHED,
      madeAt: "2026-03-01T10:00:00Z", note: "a note" })`,
    "Mutation.recordRelease": `(input: { key: "${agencyKey(4)}", caseId: ${id(known.caseIds[0]!)},
      recipientAgency: "new-start", recipientSubject: "provider-9", recipientName: "n", elements: [CLIENT], purpose: "p",
      language: "en", explainedBy: "a", signedCopy: "s" })`,
    "Mutation.revokeRelease": `(input: { key: "${agencyKey(5)}", releaseId: ${id(world.releaseId)} })`,
    "Mutation.placeHold": `(input: { key: "${agencyKey(6)}", contactId: ${id(known.personId)}, hours: ${well ? 1 : 0} })`,
    "Mutation.withdrawHold": `(input: { key: "${agencyKey(7)}", contactId: ${id(world.heldContactId)} })`,
    ...Object.fromEntries(AREAS.flatMap(({ given }) => Object.entries(given?.(world, role, well) ?? {}))),
    "Mutation.recordEngagement": `(input: { key: "${moreOf(9)}", referralId: ${id(world.referralId)}, attendedOn: "2026-03-01", attended: true })`,
  };
}

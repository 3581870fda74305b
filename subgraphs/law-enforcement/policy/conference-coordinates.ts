import { OPAQUE, all, type Rows } from "./coordinate-rows";

const ATTENDS = ["act:attend-conference"] as const;
/** Justice roles: what their agencies took on says what they are after. */
const ACTS = ["act:add-justice-action"] as const;
const CHANGES = ["act:plan-conference", "act:record-decision", "act:add-justice-action"] as const;

/**
 * Conferences are no element of the matrix. That there is one is told to those who take part; whom it is about, and why,
 * to those who may see that of the person (`agenda-reasons.ts`, `row-access.ts`).
 */
export const CONFERENCES: Rows = {
  "Query.conference": ATTENDS,
  "Query.conferences": ATTENDS,
  ...all("ConferencePage", ATTENDS, ["conferences", "endCursor", "hasNextPage"]),
  "Conference.id": OPAQUE,
  ...all("Conference", ATTENDS, ["startsAt", "place", "state", "agendaFrom", "closedAt", "attendees"]),
  ...all("Conference", ACTS, ["plannedBy", "justiceActions", "minutes"]),
  ...all("Conference", ["tier:F"], ["decisions", "agenda"]),
  ...all("ConferenceAttendee", ATTENDS, ["agency", "subject"]),
  "ConferenceDecision.id": OPAQUE,
  ...all("ConferenceDecision", ["tier:F"], ["kind", "level", "recordedBy", "recordedAt", "person"]),
  "JusticeAction.id": OPAQUE,
  ...all("JusticeAction", ACTS, [
    "text",
    "ownerAgency",
    "owner",
    "dueOn",
    "state",
    "recordedBy",
    "closedAt",
    "person",
  ]),
  ...all("AgendaPage", ["tier:F"], ["items", "endCursor", "hasNextPage"]),
  ...all("AgendaItem", ["tier:F"], ["reasons", "latestAt", "person", "decisions"]),
  "AgendaItem.openContacts": ["contact-record:F"],
  "AgendaItem.justiceActions": ACTS,
  "Mutation.planConference": ["act:plan-conference"],
  "Mutation.closeConference": ["act:plan-conference"],
  "Mutation.cancelConference": ["act:plan-conference"],
  "Mutation.recordDecision": ["act:record-decision"],
  "Mutation.addJusticeAction": ACTS,
  "Mutation.endJusticeAction": ACTS,
  ...all("ConferenceResult", CHANGES, ["conference", "problem"]),
  "Subscription.conferenceUpdates": ATTENDS,
  "ConferenceUpdate.id": OPAQUE,
  "ConferenceUpdate.cursor": OPAQUE,
  ...all("ConferenceUpdate", ATTENDS, ["occurredAt", "recordedAt", "historic", "provenance", "conference"]),
  "ConferenceUpdate.decision": ["tier:F"],
};

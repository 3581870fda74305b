import { createPersonHandles } from "../../../subgraphs/services/policy/person-handle";
import { CALLERS } from "../callers";
import { HUB_SECRETS } from "../hub";
import { OPAQUE, outcomeOf, type Area } from "../holds";

const NOBODY = "00000000-0000-4000-8000-000000000000";

/** Who sits at the table sees that there is a meeting; whom it is about, who may see that of him. */
const AT_THE_TABLE = ["may Query.conferences"] as const;
const JUSTICE = outcomeOf("addJusticeAction");
const ADVOCACY = outcomeOf("addAdvocacyAction");
const SERVICES = outcomeOf("addServicesAction");
/** That somebody is helped is known to those who see his needs. */
const NEEDS = ["service-needs:F"] as const;

export const CONFERENCE: Area = {
  doers: {
    "Query.conferences": ["detective", "coordinator", "prosecutor", "probation", "advocate", "provider"],
    "Mutation.assignCase": ["coordinator"],
    "Contact.holdStands": ["detective", "coordinator", "prosecutor", "probation", "advocate"],
    "Mutation.planConference": ["coordinator"],
    "Mutation.recordDecision": ["detective", "coordinator"],
    "Mutation.addJusticeAction": ["detective", "coordinator", "prosecutor", "probation"],
    "Mutation.addAdvocacyAction": ["advocate"],
    "Mutation.addServicesAction": ["provider"],
  },
  fields: {
    Query: { conference: AT_THE_TABLE, conferences: AT_THE_TABLE },
    Mutation: {
      assignCase: outcomeOf("assignCase"),
      planConference: outcomeOf("planConference"),
      closeConference: outcomeOf("planConference"),
      cancelConference: outcomeOf("planConference"),
      recordDecision: outcomeOf("recordDecision"),
      addJusticeAction: JUSTICE,
      endJusticeAction: JUSTICE,
      addAdvocacyAction: ADVOCACY,
      endAdvocacyAction: ADVOCACY,
      addServicesAction: SERVICES,
      endServicesAction: SERVICES,
    },
    Subscription: { conferenceUpdates: AT_THE_TABLE },
    Conference: {
      id: OPAQUE,
      // What justice agencies took on, and what they wrote down of it.
      plannedBy: JUSTICE,
      justiceActions: JUSTICE,
      minutes: JUSTICE,
      agenda: ["tier:F"],
      decisions: ["tier:F"],
      advocacyActions: ADVOCACY,
      servicesActions: NEEDS,
      "*": AT_THE_TABLE,
    },
    ConferencePage: { "*": AT_THE_TABLE },
    ConferenceAttendee: { "*": AT_THE_TABLE },
    ConferenceDecision: { id: OPAQUE, "*": ["tier:F"] },
    JusticeAction: { id: OPAQUE, "*": JUSTICE },
    AssignCaseResult: { "*": outcomeOf("assignCase") },
    AdvocacyAction: { "*": ADVOCACY },
    Person: { servicesActions: NEEDS },
    ServicesAction: { "*": NEEDS },
    ServicesActionResult: { action: NEEDS, problem: SERVICES },
    AdvocacyActionResult: { "*": ADVOCACY },
    // That one stands, and nothing else; whose they are is for the agency that placed them.
    Contact: { holdStands: ["may Contact.holdStands"], ownHolds: outcomeOf("placeHold") },
    AgendaPage: { "*": ["tier:F"] },
    AgendaItem: { openContacts: ["contact-record:F"], justiceActions: JUSTICE, "*": ["tier:F"] },
    // Who plans, decides or takes something on is shown the outcome.
    ConferenceResult: { "*": [...JUSTICE, ...outcomeOf("planConference"), ...outcomeOf("recordDecision")] },
    ConferenceUpdate: { id: OPAQUE, cursor: OPAQUE, decision: ["tier:F"], "*": AT_THE_TABLE },
  },
  // The conference of a mutation is one that is ahead.
  notByMutation: ["Conference.closedAt", "Conference.minutes", "AdvocacyAction.closedAt"],
  // The partners come to it by way of a person, who it is about; who took it on is shown what is open.
  notByMutationOf: { provider: ["ServicesAction.closedAt"] },
  // A hold that stands is not withdrawn.
  neverFilled: { advocate: ["Hold.withdrawnAt"], provider: ["ServicesAction.redisclosureNotice"] },
  given: ({ closedConferenceId, conferenceId, known }, role, well) => {
    const id = (value: string) => JSON.stringify(well ? value : NOBODY);
    const key = (number: number) =>
      `key: "00000000-0000-4000-8000-0000000${well ? 5 : 6}${String(number).padStart(2, "0")}00"`;
    const handles = createPersonHandles(HUB_SECRETS.services);
    const dueOn = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    return {
      "Query.conference": `(id: "${closedConferenceId}")`,
      "Mutation.planConference": `(input: { ${key(1)}, place: "a place",
        startsAt: "${new Date(Date.now() + (well ? 1 : -1) * 3_600_000).toISOString()}" })`,
      // One that begins in an hour: it stays as it is.
      "Mutation.closeConference": `(input: { ${key(2)}, conferenceId: ${id(conferenceId)}, attendees: [] })`,
      "Mutation.cancelConference": `(input: { ${key(3)}, conferenceId: "${NOBODY}" })`,
      "Mutation.recordDecision": `(input: { ${key(4)}, conferenceId: ${id(conferenceId)},
        personId: "${known.personId}", decision: KEEP_LEVEL })`,
      "Mutation.addJusticeAction": `(input: { ${key(5)}, conferenceId: ${id(conferenceId)},
        personId: "${known.personId}", text: "a text", owner: "o", dueOn: "${dueOn}" })`,
      "Mutation.assignCase": `(input: { ${key(9)}, caseId: ${id(known.caseIds[0]!)}, expects: "harbor-house",
        agency: "harbor-house" })`,
      "Mutation.addAdvocacyAction": `(input: { ${key(7)}, conferenceId: "${closedConferenceId}",
        caseId: ${id(known.caseIds[0]!)}, text: "a text", owner: "o", dueOn: "${dueOn}" })`,
      "Mutation.endAdvocacyAction": `(input: { ${key(8)}, actionId: "${NOBODY}", done: true })`,
      "Mutation.addServicesAction": `(input: { ${key(10)}, conferenceId: "${closedConferenceId}",
        person: "${well ? handles.handleOf(CALLERS[role], known.personId, new Date()) : NOBODY}",
        text: "a text", owner: "o", dueOn: "${dueOn}" })`,
      "Mutation.endServicesAction": `(input: { ${key(11)}, actionId: "${NOBODY}", done: true })`,
      "Mutation.endJusticeAction": `(input: { ${key(6)}, actionId: "${NOBODY}", done: true })`,
    };
  },
};

import { OPAQUE, outcomeOf, type Area } from "../holds";

const NOBODY = "00000000-0000-4000-8000-000000000000";

/** A messenger is told of his own contacts, so of the call-ins at which he has some. */
const OWN = ["contact-record:F", "contact-record:O"] as const;

/** Call-ins: contacts with several at once. */
export const CALL_INS: Area = {
  doers: {
    "Mutation.planCallIn": ["detective", "coordinator"],
    "Mutation.inviteToCallIn": ["detective", "coordinator"],
    "Mutation.cancelCallIn": ["detective", "coordinator"],
    "Mutation.recordAttendance": ["detective", "coordinator"],
  },
  fields: {
    Query: { callIn: OWN, callIns: OWN },
    Mutation: {
      planCallIn: outcomeOf("planCallIn"),
      inviteToCallIn: outcomeOf("inviteToCallIn"),
      cancelCallIn: outcomeOf("cancelCallIn"),
      recordAttendance: outcomeOf("recordAttendance"),
    },
    CallInPage: { "*": OWN },
    CallIn: {
      id: OPAQUE,
      plannedFor: OWN,
      place: OWN,
      state: OWN,
      invitations: OWN,
      // Who did what, and how the agency works, is no messenger's.
      "*": ["contact-record:F"],
    },
    CallInSpeaker: { "*": ["contact-record:F"] },
    CallInResult: { "*": outcomeOf("planCallIn") },
    NamedProblem: { "*": outcomeOf("planCallIn") },
  },
  given: ({ known, personAtB }, role, well) => {
    const keyOf = (number: number) => `00000000-0000-4000-8000-0000000${well ? 5 : 6}0${number}00`;
    const plannedFor = new Date(Date.now() + 3_600_000).toISOString();
    return {
      // The place of one that is over is withdrawn from a messenger.
      "Query.callIn": `(id: "${role === "messenger" ? known.callInAheadId : known.callInId}")`,
      "Query.callIns": "(first: 9)",
      // From it everything else can be reached.
      "Query.releasesNamingMe": "(first: 9)",
      "Mutation.planCallIn": `(input: { key: "${keyOf(1)}", plannedFor: "${plannedFor}", place: "a place",
        invited: [{ personId: "${well ? personAtB : NOBODY}", level: B }],
        speakers: [{ name: "n", role: "r", kind: SERVICES }] })`,
      "Mutation.inviteToCallIn": `(input: { key: "${keyOf(2)}", callInId: "${NOBODY}", expects: PLANNED, invited: [] })`,
      "Mutation.cancelCallIn": `(input: { key: "${keyOf(3)}", callInId: "${NOBODY}", expects: PLANNED })`,
      "Mutation.recordAttendance": `(input: { key: "${keyOf(4)}", callInId: "${NOBODY}", expects: PLANNED, attendance: [],
        heldAt: "2026-03-01T10:00:00Z", ledBy: "m" })`,
    };
  },
};

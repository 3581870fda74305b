import { all, OPAQUE, type Rows } from "./coordinate-rows";

/** A call-in is a contact with several: to a messenger his own ones, less who else speaks and who planned it. */
const CONTACT = ["contact-record:F", "contact-record:O"] as const;
const CHANGES = ["act:plan-contact", "act:record-contact"] as const;

export const CALL_INS: Rows = {
  "Query.callIn": CONTACT,
  "Query.callIns": CONTACT,
  ...all("CallInPage", CONTACT, ["callIns", "endCursor", "hasNextPage"]),
  "CallIn.id": OPAQUE,
  ...all("CallIn", CONTACT, ["plannedFor", "place", "state", "invitations"]),
  ...all("CallIn", ["contact-record:F"], ["speakers", "plannedBy", "recordedAt", "closedAt", "closedBy"]),
  ...all("CallInSpeaker", ["contact-record:F"], ["name", "role", "kind"]),
  "Mutation.planCallIn": ["act:plan-contact"],
  "Mutation.inviteToCallIn": ["act:plan-contact"],
  "Mutation.cancelCallIn": ["act:plan-contact"],
  "Mutation.recordAttendance": ["act:record-contact"],
  ...all("CallInResult", CHANGES, ["callIn", "problem", "named"]),
  ...all("NamedProblem", CHANGES, ["id", "problem"]),
};

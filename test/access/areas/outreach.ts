import { outcomeOf, type Area } from "../holds";

/** Whether and how a victim may be turned to is for those who do it, and rests on no element of the table. */
const SAFE_CONTACT = outcomeOf("recordSafeContact");

/** The advocates' outreach. */
export const OUTREACH: Area = {
  doers: {
    "Mutation.recordSafeContact": ["advocate"],
    "Mutation.recordClientAddress": ["advocate"],
  },
  fields: {
    Mutation: {
      recordSafeContact: SAFE_CONTACT,
      recordClientAddress: outcomeOf("recordClientAddress"),
    },
    Case: { safeOutreach: SAFE_CONTACT },
    SafeOutreach: { "*": SAFE_CONTACT },
    SafeOutreachMeans: { "*": SAFE_CONTACT },
    SafeContactResult: { "*": SAFE_CONTACT },
    ClientAddressResult: {
      clientContact: ["client-contact:O"],
      problem: outcomeOf("recordClientAddress"),
    },
  },
  given: ({ known }, _role, well) => {
    const id = JSON.stringify(well ? known.caseIds[0] : "00000000-0000-4000-8000-000000000000");
    return {
      "Mutation.recordSafeContact": `(input: { key: "00000000-0000-4000-8000-0000000${well ? 1 : 2}0900", caseId: ${id},
        mayCall: true, mayWrite: true, mayLeaveMessage: true, mayVisit: true, hoursFrom: "09:00", hoursUntil: "17:00",
        language: "en", toldAt: "2026-03-01T10:00:00Z" })`,
      "Mutation.recordClientAddress": `(input: { key: "00000000-0000-4000-8000-00000000000c", caseId: ${id},
        address: "12 Nosuch St" })`,
    };
  },
};

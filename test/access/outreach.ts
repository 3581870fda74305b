import { outcomeOf, type Area } from "./holds";

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
};

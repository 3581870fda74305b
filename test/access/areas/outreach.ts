import { outcomeOf, type Area } from "../holds";
import { openTaskId } from "../world-outreach";

/** Whether and how a victim may be turned to is for those who do it, and rests on no element of the table. */
const SAFE_CONTACT = outcomeOf("recordSafeContact");

const TASK = outcomeOf("takeOutreachTask");
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** The advocates' outreach. */
export const OUTREACH: Area = {
  doers: {
    "Mutation.takeOutreachTask": ["advocate"],
    "Mutation.recordSafeContact": ["advocate"],
    "Mutation.recordClientAddress": ["advocate"],
  },
  fields: {
    Query: { myOutreachTasks: TASK },
    Mutation: {
      takeOutreachTask: TASK,
      completeOutreachTask: TASK,
      cancelOutreachTask: TASK,
      recordSafeContact: SAFE_CONTACT,
      recordClientAddress: outcomeOf("recordClientAddress"),
    },
    Case: { safeOutreach: SAFE_CONTACT, outreachTasks: TASK },
    OutreachTaskPage: { "*": TASK },
    OutreachTask: { "*": TASK },
    OutreachTaskResult: { "*": TASK },
    SafeOutreach: { "*": SAFE_CONTACT },
    SafeOutreachMeans: { "*": SAFE_CONTACT },
    SafeContactResult: { "*": SAFE_CONTACT },
    ClientAddressResult: {
      clientContact: ["client-contact:O"],
      problem: outcomeOf("recordClientAddress"),
    },
  },
  // A task that was just taken is not done, and is not taken when its arrest was recalled.
  notByMutation: ["closedBy", "closedAt", "outreachId", "reason", "recalledAt"].map(
    (field) => `OutreachTask.${field}`,
  ),
  given: ({ known }, _role, well) => {
    const id = JSON.stringify(well ? known.caseIds[0] : NOBODY);
    const task = (number: 1 | 2) => `key: "00000000-0000-4000-8000-0000000${well ? 7 : 8}0${number}00",
      taskId: "${well ? openTaskId(number) : NOBODY}", expects: OPEN`;
    return {
      "Query.myOutreachTasks": "(first: 9)",
      "Mutation.takeOutreachTask": `(input: { ${task(1)} })`,
      "Mutation.cancelOutreachTask": `(input: { ${task(2)}, reason: NOT_SAFE })`,
      "Mutation.completeOutreachTask": `(input: { key: "00000000-0000-4000-8000-000000000300", taskId: "${NOBODY}",
        expects: OPEN, outreachId: "${NOBODY}" })`,
      "Mutation.recordSafeContact": `(input: { key: "00000000-0000-4000-8000-0000000${well ? 1 : 2}0900", caseId: ${id},
        mayCall: true, mayWrite: true, mayLeaveMessage: true, mayVisit: true, hoursFrom: "09:00", hoursUntil: "17:00",
        language: "en", toldAt: "2026-03-01T10:00:00Z" })`,
      "Mutation.recordClientAddress": `(input: { key: "00000000-0000-4000-8000-00000000000c", caseId: ${id},
        address: "12 Nosuch St" })`,
    };
  },
};

import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";
import type { PolicyTable } from "../../../platform/policy/policy-table";

const TASK = ["act:work-outreach-task"] as const;

/** What is to be done is for those who do it, the agency's own advocates; what was done is outreach. */
export const OUTREACH_TASK_COORDINATES: PolicyTable<Scope | ActionScope> = {
  "Case.outreachTasks": TASK,
  "Query.myOutreachTasks": TASK,
  "Mutation.takeOutreachTask": TASK,
  "Mutation.completeOutreachTask": TASK,
  "Mutation.cancelOutreachTask": TASK,

  "OutreachTaskPage.tasks": TASK,
  "OutreachTaskPage.endCursor": TASK,
  "OutreachTaskPage.hasNextPage": TASK,
  "OutreachTask.id": TASK,
  "OutreachTask.case": TASK,
  "OutreachTask.kind": TASK,
  "OutreachTask.state": TASK,
  "OutreachTask.openedOn": TASK,
  "OutreachTask.openedAt": TASK,
  "OutreachTask.dueAt": TASK,
  "OutreachTask.overdue": TASK,
  "OutreachTask.contactId": TASK,
  "OutreachTask.takenBy": TASK,
  "OutreachTask.takenAt": TASK,
  "OutreachTask.closedBy": TASK,
  "OutreachTask.closedAt": TASK,
  "OutreachTask.outreachId": TASK,
  "OutreachTask.reason": TASK,
  "OutreachTask.recalledAt": TASK,

  "OutreachTaskResult.task": TASK,
  "OutreachTaskResult.problem": TASK,
};

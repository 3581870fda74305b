import type { PolicyTable, Requirement } from "../../../platform/policy/policy-table";
import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";

type Needed = Requirement<Scope | ActionScope>;

const OF_NEEDS = ["service-needs:F"] as const;
const ACTIONS = ["act:add-services-action"] as const;

const all = (type: string, requirement: Needed, fields: readonly string[]) =>
  Object.fromEntries(fields.map((field) => [`${type}.${field}`, requirement]));

/** What a provider took on about somebody says that he is helped: it is shown as his needs are. */
export const CONFERENCE_COORDINATES: PolicyTable<Scope | ActionScope> = {
  "Conference.id": "authenticated",
  "Conference.servicesActions": OF_NEEDS,
  "Person.servicesActions": OF_NEEDS,
  ...all("ServicesAction", OF_NEEDS, ["id", "person", "text", "ownerAgency", "owner", "dueOn", "state"]),
  ...all("ServicesAction", OF_NEEDS, ["overdue", "recordedBy", "closedAt", "redisclosureNotice"]),
  ...all("Mutation", ACTIONS, ["addServicesAction", "endServicesAction"]),
  "ServicesActionResult.action": OF_NEEDS,
  "ServicesActionResult.problem": ACTIONS,
};

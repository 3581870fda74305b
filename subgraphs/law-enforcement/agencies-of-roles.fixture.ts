import type { Role } from "../../policy/matrix";
import type { Who } from "./door.fixture";

/** The agency that an employee in each role is of, in tests that ask in every role. */
export const HOME_OF: Readonly<Record<Role, Who["agency"]>> = {
  detective: "metro-police",
  coordinator: "metro-police",
  prosecutor: "county-prosecutor",
  probation: "county-probation",
  advocate: "harbor-house",
  provider: "new-start",
  messenger: "street-voices",
  evaluator: "state-university",
  auditor: "county-audit",
};

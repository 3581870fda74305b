import type { Role } from "../../policy/matrix";
import { AREAS } from "./areas";

/** Who may do what: the mutations by role, from the strategy: coordinators and detectives confirm levels. */
export const DOERS: Readonly<Record<string, readonly Role[]>> = {
  ...Object.fromEntries(AREAS.flatMap(({ doers }) => Object.entries(doers))),
  "Mutation.confirmLevel": ["detective", "coordinator"],
  "Mutation.planContact": ["detective", "coordinator"],
  "Mutation.cancelContact": ["detective", "coordinator"],
  "Mutation.releaseContact": ["coordinator"],
  "Mutation.recordContact": ["detective", "coordinator"],
  "Mutation.recordBreach": ["detective", "coordinator"],
  "Mutation.recordVictimNotice": ["detective", "coordinator"],
  "Mutation.recordVictimAttempt": ["detective", "coordinator"],
  "Mutation.signOffAttempts": ["coordinator"],
  "Mutation.recordConflict": ["coordinator"],
  "Mutation.endConflict": ["coordinator"],
  "Mutation.openCompartment": ["coordinator"],
  "Mutation.nameCompartmentReader": ["coordinator"],
  "Mutation.recordProviderConflict": ["provider"],
  "Mutation.endProviderConflict": ["provider"],
  "Mutation.recordAgencyConflict": ["advocate"],
  "Mutation.endAgencyConflict": ["advocate"],
  "Mutation.recordOutreach": ["advocate"],
  "Mutation.placeHold": ["advocate"],
  "Mutation.withdrawHold": ["advocate"],
  "Mutation.recordRelease": ["advocate"],
  "Mutation.revokeRelease": ["advocate"],
  "Mutation.recordEngagement": ["provider"],
  // The assigned agency answers; the coordinator sees whether it did.
  "Mutation.acknowledgeAlert": ["advocate"],
  "Query.alertRecord": ["advocate", "coordinator"],
  // Whoever holds a limited form of something; its coordinators and auditors watch.
  "Mutation.openBreakGlass": [
    "detective",
    "coordinator",
    "prosecutor",
    "probation",
    "advocate",
    "provider",
    "messenger",
  ],
  "Query.breakGlassOpenings": ["coordinator", "auditor"],
};

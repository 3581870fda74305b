import { OPAQUE, outcomeOf, type Area } from "./holds";

/** Levers are made of warrants, conditions, charges and intelligence: as the strictest of them. */
const LEVER = ["intelligence:L10"] as const;
/** Whoever can use a lever tells what he tried. */
const PULLS = ["detective", "coordinator", "prosecutor", "probation"] as const;

export const LEVERS: Area = {
  doers: { "Mutation.recordLever": PULLS, "Mutation.recordLeverResult": PULLS },
  fields: {
    Mutation: {
      recordLever: outcomeOf("recordLever"),
      recordLeverResult: outcomeOf("recordLeverResult"),
    },
    Person: { levers: LEVER, leverPulls: LEVER },
    Lever: { "*": LEVER },
    LeverPull: { id: OPAQUE, "*": LEVER },
    LeverResult: { "*": outcomeOf("recordLever") },
  },
};

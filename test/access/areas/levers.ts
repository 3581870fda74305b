import { OPAQUE, outcomeOf, type Area } from "../holds";

/** Levers are made of warrants, conditions, charges and intelligence: as the strictest of them. */
const LEVER = ["intelligence:L10"] as const;
const NOBODY = "00000000-0000-4000-8000-000000000000";

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
  // He was just confirmed at level A, where no notice opens anything; and nothing has come of a lever that was just pulled.
  notByMutation: [
    "Gate.noticeRecordedAt",
    ...["note", "endedBy", "endedAt"].map((field) => `LeverPull.${field}`),
  ],
  given: ({ known }, _role, well) => {
    const id = (value: string) => JSON.stringify(well ? value : NOBODY);
    const key = `key: "00000000-0000-4000-8000-0000000${well ? 1 : 2}0900"`;
    return {
      "Mutation.recordLever": `(input: { ${key}, personId: ${id(known.personId)}, kind: WARRANT, tried: "t",
        recordId: "${known.warrantId}", triedAt: "2026-03-01T10:00:00Z", triedBy: "b" })`,
      "Mutation.recordLeverResult": `(input: { ${key}, pullId: "${NOBODY}", expects: OPEN, result: FAILED, note: "n" })`,
    };
  },
};

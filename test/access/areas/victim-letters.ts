import { outcomeOf, type Area } from "../holds";

/** What the agency did for her is its own; no release names letters. */
const OWN = ["outreach-advocacy:O"] as const;
const OUTCOME = outcomeOf("draftVictimLetter");
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** Letters of an advocacy agency to victims. */
export const VICTIM_LETTERS: Area = {
  doers: Object.fromEntries(
    ["draft", "approve", "mail", "withdraw"].map((what) => [
      `Mutation.${what}VictimLetter`,
      ["advocate"] as const,
    ]),
  ),
  fields: {
    Mutation: {
      draftVictimLetter: OUTCOME,
      approveVictimLetter: outcomeOf("approveVictimLetter"),
      mailVictimLetter: outcomeOf("mailVictimLetter"),
      withdrawVictimLetter: outcomeOf("withdrawVictimLetter"),
    },
    Case: { victimLetters: OWN },
    VictimLetter: { "*": OWN },
    VictimLetterResult: { letter: OWN, problem: OUTCOME },
  },
  // In this world nobody knows that they live apart, so that no letter is drafted.
  notByMutation: [
    "VictimLetterResult.letter",
    ...[
      ...["id", "state", "text", "language", "templateId", "templateVersion", "pdf", "pdfHash"],
      ...["draftedAt", "draftedBy", "approvedAt", "approvedBy", "closedAt", "closedBy"],
    ].map((field) => `VictimLetter.${field}`),
  ],
  given: ({ known }, _role, well) => {
    const key = `key: "00000000-0000-4000-8000-0000000${well ? 1 : 2}0920", caseId: "${known.caseIds[0]}"`;
    const letter = `${key}, letterId: "${NOBODY}"`;
    return {
      "Mutation.draftVictimLetter": `(input: { ${key}, name: "n", advocate: "a" })`,
      "Mutation.approveVictimLetter": `(input: { ${letter}, expects: DRAFTED })`,
      "Mutation.mailVictimLetter": `(input: { ${letter}, expects: APPROVED })`,
      "Mutation.withdrawVictimLetter": `(input: { ${letter}, expects: DRAFTED })`,
    };
  },
};

import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";
import type { PolicyTable } from "../../../platform/policy/policy-table";

/** A letter is the agency's own entry of what it did for her; no release opens it. */
const OWN = ["outreach-advocacy:O"] as const;
const WRITE = ["act:write-to-victim"] as const;
const FIELDS = [
  ...[
    "id",
    "state",
    "text",
    "language",
    "templateId",
    "templateVersion",
    "pdf",
    "pdfHash",
    "draftedAt",
    "draftedBy",
  ],
  ...["approvedAt", "approvedBy", "closedAt", "closedBy"],
];

/** Letters to victims: who reads and who writes them. */
export const VICTIM_LETTER_COORDINATES: PolicyTable<Scope | ActionScope> = {
  "Case.victimLetters": OWN,
  ...Object.fromEntries(FIELDS.map((field) => [`VictimLetter.${field}`, OWN])),
  "Mutation.draftVictimLetter": WRITE,
  "Mutation.approveVictimLetter": WRITE,
  "Mutation.mailVictimLetter": WRITE,
  "Mutation.withdrawVictimLetter": WRITE,
  "VictimLetterResult.letter": OWN,
  "VictimLetterResult.problem": WRITE,
};

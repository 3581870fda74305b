import { outcomeOf, type Area } from "../holds";

const NOBODY = "00000000-0000-4000-8000-000000000000";
/** Who drafts, approves, serves or withdraws a letter is shown the outcome. */
const OUTCOME = [...outcomeOf("draftLetter"), ...outcomeOf("approveLetter")] as const;
/** What the one who drafts a letter is not shown: he does not approve it. */
const NOT_OF_A_DRAFT = ["ExposureLetter.approvedBy", "ExposureLetter.approvedAt"];

/** Letters to abusive partners. */
export const LETTERS: Area = {
  doers: {
    "Mutation.draftLetter": ["detective", "coordinator"],
    "Mutation.approveLetter": ["coordinator", "prosecutor"],
    "Mutation.recordLetterServed": ["detective", "coordinator"],
    "Mutation.withdrawLetter": ["detective", "coordinator", "prosecutor"],
  },
  fields: {
    Mutation: {
      draftLetter: outcomeOf("draftLetter"),
      approveLetter: outcomeOf("approveLetter"),
      recordLetterServed: outcomeOf("recordLetterServed"),
      withdrawLetter: outcomeOf("withdrawLetter"),
    },
    LetterResult: { "*": OUTCOME },
    LetterLeak: { "*": OUTCOME },
  },
  // Here a letter is drafted and approved, and neither served nor taken back.
  notByMutation: ["servedOn", "servedAt", "servedHow", "servedBy", "contactId", "closedAt", "closedBy"].map(
    (field) => `ExposureLetter.${field}`,
  ),
  notByMutationOf: { detective: NOT_OF_A_DRAFT, coordinator: NOT_OF_A_DRAFT },
  // Well: a letter is drafted, and one approved. Else: their text has letters that are not searched, and it is said so.
  given: ({ known: { letters }, personAtB }, _role, well) => {
    const key = `key: "00000000-0000-4000-8000-0000000${well ? 1 : 2}0910"`;
    const nobody = `${key}, letterId: "${NOBODY}"`;
    return {
      "Mutation.draftLetter": `(input: { ${key}, personId: "${personAtB}", kind: CUSTOM_NOTIFICATION, language: "en",
        exposure: "${well ? "Five years." : "\u739b"}" })`,
      "Mutation.approveLetter": `(input: { key: "00000000-0000-4000-8000-0000000${well ? 1 : 2}0911",
        letterId: "${well ? letters.toApprove : letters.unreadable}", expects: DRAFTED })`,
      "Mutation.recordLetterServed": `(input: { ${nobody}, expects: REVIEWED, contactId: "${NOBODY}",
        servedAt: "2026-03-01T10:00:00Z", how: MAILED, servedBy: "m" })`,
      "Mutation.withdrawLetter": `(input: { ${nobody}, expects: REVIEWED })`,
    };
  },
};

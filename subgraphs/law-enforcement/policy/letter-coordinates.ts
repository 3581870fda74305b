import type { ActionScope } from "../../../policy/actions";
import type { Scope } from "../../../policy/matrix";
import type { PolicyTable, Requirement } from "../../../platform/policy/policy-table";

const rows = (
  type: string,
  requirement: Requirement<Scope | ActionScope>,
  fields: readonly string[],
): PolicyTable<Scope | ActionScope> =>
  Object.fromEntries(fields.map((field) => [`${type}.${field}`, requirement]));

const CHANGES_LETTERS = [
  "act:draft-letter",
  "act:approve-letter",
  "act:record-letter-served",
  "act:withdraw-letter",
] as const;

/** Letters to abusive partners: who reads them, and who changes them. */
export const letterPolicy: PolicyTable<Scope | ActionScope> = {
  "ExposureLetter.id": "authenticated",
  ...rows(
    "ExposureLetter",
    ["exposure-letter:F"],
    [
      ...["kind", "state", "text", "language", "templateId", "templateVersion", "pdf", "pdfHash"],
      ...["draftedAt", "draftedBy", "approvedBy", "approvedAt"],
      ...["servedOn", "servedAt", "servedHow", "servedBy", "contactId", "closedAt", "closedBy"],
      "mayBeWrong",
    ],
  ),
  ...rows("ServedExposureLetter", ["exposure-letter:L18"], ["text", "servedOn"]),
  "Mutation.draftLetter": ["act:draft-letter"],
  "Mutation.approveLetter": ["act:approve-letter"],
  "Mutation.recordLetterServed": ["act:record-letter-served"],
  "Mutation.withdrawLetter": ["act:withdraw-letter"],
  ...rows("LetterResult", CHANGES_LETTERS, ["letter", "problem", "leaks"]),
  ...rows("LetterLeak", CHANGES_LETTERS, ["kind", "line", "column"]),
};

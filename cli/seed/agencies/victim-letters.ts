import { dayIn } from "../../../platform/letters/day-in";
import { printLetter } from "../../../platform/letters/print-letter";
import { at } from "../days";
import { subjectOf, type SeedSite } from "../site";
import type { AdvocacyBatch, AssignedCase } from "./advocacy-tables";

/** Adds a letter to the victim of a case who may be written to: mailed on a day, or not (yet). */
export function addVictimLetter(
  batch: AdvocacyBatch,
  { couple, random: of }: AssignedCase,
  { victimLetters: letters }: SeedSite,
  { day, mailed }: { readonly day: string; readonly mailed: boolean },
): void {
  const random = of.fork("letter to her");
  const draftedAt = at(day, 9, 30);
  const language = random.chance(0.8) ? letters.languages[0]! : random.pick(letters.languages);
  const [drafter, reader] = random.chance(0.5) ? [1, 2] : [3, 4];
  const date = dayIn(language, new Date(draftedAt));
  const advocate = subjectOf("advocate", drafter);
  const { text, templateId, templateVersion } = letters.write("victim-letter", language, {
    ...{ name: couple.given, advocate, date },
  });
  const printed = printLetter(text, { font: letters.font, language, createdAt: new Date(draftedAt) });
  if (!printed.ok) throw new Error(`A letter of the city cannot be printed: ${printed.refusal.code}.`);
  const { pdf, sha256 } = printed.value;
  const state = mailed ? "mailed" : random.pick(["drafted", "approved", "withdrawn"]);
  const approved = state === "mailed" || state === "approved";
  const closed = state === "mailed" || state === "withdrawn";
  batch.add("victim_letter", {
    id: random.uuid(),
    case_id: couple.caseId,
    state,
    text,
    language,
    template_id: templateId,
    template_version: templateVersion,
    // As COPY reads bytes.
    pdf: `\\x${pdf.toString("hex")}`,
    pdf_hash: sha256,
    drafted_at: draftedAt,
    drafted_by: advocate,
    approved_at: approved ? at(day, 9, 45) : null,
    approved_by: approved ? subjectOf("advocate", reader) : null,
    closed_at: closed ? at(day, 16) : null,
    closed_by: closed ? advocate : null,
  });
}

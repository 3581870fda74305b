import { createHash } from "node:crypto";
import type { Markers } from "./markers";
import type { Ask } from "./world-agencies";
import type { KnownMan } from "./world-justice";

const OWN = "outreach-advocacy:O";

/** Writes a letter to the victim of each case, as her agency has mailed it. */
export async function writeVictimLetters(ask: Ask, markers: Markers, man: KnownMan): Promise<void> {
  const pdf = Buffer.from("A letter as it is printed.");
  for (const [index, caseId] of man.caseIds.entries()) {
    const agency = man.cases[index];
    if (agency == null) continue;
    const mark = markers.at({ supervised: false, advocacy: [agency], providers: [], messengers: [] });
    await ask(
      agency,
      `INSERT INTO victim_letter (id, case_id, state, text, language, template_id, template_version, pdf, pdf_hash, drafted_at,
         drafted_by, approved_at, approved_by, closed_at, closed_by)
       VALUES ($1, $2, 'mailed', $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[mark.id("letter to her, id", OWN), caseId],
        mark.text("letter to her", OWN),
        mark.text("language of a letter to her", OWN),
        mark.text("template of a letter to her", OWN),
        ...[pdf, createHash("sha256").update(pdf).digest("hex")],
        mark.instant("letter to her drafted", OWN),
        mark.text("letter to her drafted by", OWN),
        mark.instant("letter to her approved", OWN),
        mark.text("letter to her approved by", OWN),
        mark.instant("letter to her mailed", OWN),
        mark.text("letter to her mailed by", OWN),
      ],
    );
  }
}

import { createHash, randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { append } from "../../platform/outbox/append";
import { PAT, type Records } from "./records.fixture";
import { completePerson } from "./store/miniature.fixture";
import { proposeLevels } from "./store/propose-levels";
import { readTierRules } from "./tier-rules-file";

export const RULES = readTierRules("site/tier-rules.json");
export const TODAY = new Date().toISOString().slice(0, 10);

/** A man of whom there is everything, all of one incident told of in words of its own, confirmed on it at a level. */
export async function manOfIncident(records: Records) {
  const { write, database } = records;
  const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> => database.query(text, values);
  const idOf = async (text: string, values: unknown[]) => (await sql<{ id: string }>(text, values))[0]!.id;
  const word = randomUUID().slice(0, 8);
  const man = await completePerson(write, { messenger: "mo" });
  const { personId, incidentId, chargeId, caseId } = man;
  await sql("UPDATE incident SET narrative = $2, conference_summary = $3, case_number = $4 WHERE id = $1", [
    ...[incidentId, `narrative-${word}`, `summary-${word}`, `number-${word}`],
  ]);
  await sql("UPDATE investigation_note SET text = $2 WHERE incident_id = $1", [incidentId, `note-${word}`]);
  await sql("UPDATE charge SET title = $2, docket = $3 WHERE id = $1", [
    ...[chargeId, `title-${word}`, `docket-${word}`],
  ]);
  await write.pull({ personId, kind: "charge", recordId: chargeId, tried: `pull-${word}` });
  const letter = await write.letter({ personId, text: `letter-${word}`, draftedAt: new Date() });
  const served = await write.letter({ personId, text: `served-${word}`, draftedAt: new Date(), servedOn: "2026-03-05" }); // prettier-ignore
  const pdf = Buffer.from(`printed-${word}`);
  await write.letter({
    ...{
      personId,
      text: `drafted-${word}`,
      state: "drafted",
      approvedBy: null,
      templateId: "t",
      templateVersion: 1,
    },
    ...{
      language: "en",
      pdf,
      pdfHash: createHash("sha256").update(pdf).digest("hex"),
      draftedAt: new Date(),
    },
  });
  // Somebody else was taken for him in it once.
  await sql(
    `INSERT INTO correction (kind, person_id, incident_id, why, consequences, recorded_by, recorded_at)
     VALUES ('wrong-person', $1, $2, $3, '[]', 'cora@metro-police', now())`,
    [personId, incidentId, `wrong-${word}`],
  );
  await sql("UPDATE lethality_screen SET incident_id = $1 WHERE case_id = $2", [incidentId, caseId]);
  const arrestId = await idOf("SELECT id FROM arrest WHERE incident_id = $1", [incidentId]);
  await tellOfArrest(database, personId, arrestId);
  await proposeLevels(database, [personId], RULES, TODAY);
  const [proposal] = await sql<{ id: string; level: "A" | "B" | "C" }>(
    "SELECT id, level FROM level_proposal WHERE person_id = $1 AND superseded_at IS NULL",
    [personId],
  );
  const confirmed = await write.confirmation({ personId, proposalId: proposal!.id, level: proposal!.level });
  await records.tell(
    PAT,
    "recordDisposition",
    {
      ...{ chargeId, expects: "PENDING", disposition: "CONVICTED", on: "2026-06-01", why: `because-${word}` },
    },
    "correction { id }",
  );
  const violationId = await idOf("SELECT id FROM order_violation WHERE incident_id = $1", [incidentId]);
  const alertId = await idOf("SELECT id FROM outbox.event WHERE facts->>'arrestId' = $1", [arrestId]);
  return { ...man, word, arrestId, violationId, alertId, letter, served, levelId: confirmed.id, level: proposal!.level }; // prettier-ignore
}
/** Tells of an arrest as an import does. */
export function tellOfArrest(database: DataSource, personId: string, arrestId: string): Promise<void> {
  return database.transaction((manager) =>
    append(manager, [
      {
        ...{ topic: "arrest", key: personId, facts: { change: "recorded", arrestId } },
        ...{ occurredAt: new Date(), historic: false, provenance: "local" },
      },
    ]),
  );
}

import { In, type EntityManager } from "typeorm";
import { append } from "../../../platform/outbox/append";
import {
  consequencesOf,
  decideDisposition,
  type CorrectedFacts,
  type CorrectionKind,
  type DispositionRefusal,
} from "../domain/correction";
import type { Disposition } from "../domain/offender-facts";
import { accept, refuse, type Result } from "../domain/result";
import type { TierRuleSet } from "../domain/tier-rules";
import { holdPerson, type Deed, type StaleRefusal } from "./contacts";
import { ContactRow } from "./entities/contact";
import {
  CorrectionRow,
  DetachedSubjectRow,
  LetterMarkRow,
  WithdrawnViolationRow,
} from "./entities/correction";
import { ChargeRow } from "./entities/court";
import { ExposureLetterRow } from "./entities/exposure-letter";
import { groundsOf } from "./level-reviews";
import { proposeLevels } from "./propose-levels";

/** What the records of one incident say of one man. */
interface Attached {
  readonly facts: readonly { readonly id: string; readonly recordedAt: Date }[];
  readonly arrestIds: readonly string[];
  readonly violationIds: readonly string[];
}

async function attachedOf(manager: EntityManager, personId: string, incidentId: string): Promise<Attached> {
  const rows: { kind: string; id: string; recordedAt: Date }[] = await manager.query(
    `SELECT 'incident' AS kind, incident.id, incident.recorded_at AS "recordedAt" FROM incident
       WHERE incident.id = $2 AND EXISTS (SELECT FROM incident_subject his
         WHERE his.incident_id = incident.id AND his.person_id = $1)
     UNION ALL SELECT 'arrest', id, recorded_at FROM arrest WHERE incident_id = $2 AND person_id = $1
     UNION ALL SELECT 'charge', id, recorded_at FROM charge WHERE incident_id = $2 AND person_id = $1
     UNION ALL SELECT 'violation', violation.id, violation.recorded_at FROM order_violation violation
       JOIN order_of_protection ordered ON ordered.id = violation.order_id
       WHERE violation.incident_id = $2 AND ordered.person_id = $1 AND NOT EXISTS (SELECT FROM withdrawn_violation gone WHERE gone.violation_id = violation.id)`,
    [personId, incidentId],
  );
  const idsOf = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  return { facts: rows, arrestIds: idsOf("arrest"), violationIds: idsOf("violation") };
}

/** The alerts that told of these arrests and were not recalled yet; those dropped with their month are not known any more. */
export async function alertsOf(manager: EntityManager, personId: string, arrestIds: readonly string[]) {
  const alerts: { id: string; arrestId: string; historic: boolean }[] = await manager.query(
    `SELECT told.id, told.facts ->> 'arrestId' AS "arrestId", told.historic FROM outbox.event told
     WHERE told.topic = 'arrest' AND told.key = $1 AND told.facts ->> 'arrestId' = ANY($2) AND NOT told.facts ? 'recalls'
       AND NOT EXISTS (SELECT FROM outbox.event back WHERE back.topic = 'arrest' AND back.facts ? 'recalls'
         AND back.facts ->> 'recalls' = told.id::text)
     ORDER BY told.position`,
    [personId, arrestIds],
  );
  return alerts;
}

/** What rests on facts of his that are taken away. */
export async function correctedFacts(
  manager: EntityManager,
  personId: string,
  facts: Attached["facts"],
  alertIds: readonly string[],
): Promise<CorrectedFacts> {
  const [grounds] = await groundsOf(manager, [personId]);
  return {
    withdrawn: facts.map(({ id }) => id),
    firstRecordedAt: new Date(Math.min(...facts.map(({ recordedAt }) => recordedAt.getTime()))),
    level: grounds === undefined ? null : { confirmationId: grounds.id, factIds: grounds.factIds },
    contacts: await manager.findBy(ContactRow, { personId }),
    letters: await manager.findBy(ExposureLetterRow, { personId }),
    alertIds,
  };
}

interface Corrected {
  readonly kind: CorrectionKind;
  readonly personId: string;
  readonly incidentId: string | null;
  readonly chargeId: string | null;
  readonly why: string;
}

/** Records a correction, and does what follows but for the review, which the next judgement of his facts opens. */
async function recordCorrection(
  manager: EntityManager,
  told: Corrected,
  facts: CorrectedFacts,
  { by, now }: Deed,
): Promise<CorrectionRow> {
  const consequences = consequencesOf(told.kind, facts);
  const row = { ...told, consequences, recordedBy: by, recordedAt: now };
  const correction = await manager.save(manager.create(CorrectionRow, row));
  const idsOf = (ripple: string) =>
    consequences.filter((one) => one.ripple === ripple).map(({ recordId }) => recordId);
  const contacts = idsOf("cancel-contact");
  if (contacts.length > 0) {
    await manager.update(
      ContactRow,
      { id: In(contacts) },
      { state: "cancelled", closedAt: now, closedBy: by },
    );
  }
  const marks = idsOf("mark-letter").map((letterId) => ({ letterId, correctionId: correction.id }));
  if (marks.length > 0) await manager.insert(LetterMarkRow, marks);
  return correction;
}

/** The rules by which a level is judged again, and the site's day. */
export interface Judging {
  readonly rules: TierRuleSet;
  readonly today: string;
}

/**
 * Takes an incident off a person who was not the man: its arrests, its charges and the violations of his orders in it are
 * his no more, by no later import either; his level is judged again; and who was told of the arrests is told that they are
 * recalled. Answers the correction's id. NOT_FOUND: the incident is not his.
 */
export async function detachPerson(
  manager: EntityManager,
  told: { readonly personId: string; readonly incidentId: string; readonly why: string },
  { rules, today }: Judging,
  deed: Deed,
): Promise<Result<string, { readonly code: "NOT_FOUND" }>> {
  const { personId, incidentId } = told;
  await holdPerson(manager, personId);
  const { facts, arrestIds, violationIds } = await attachedOf(manager, personId, incidentId);
  if (facts.length === 0) return refuse({ code: "NOT_FOUND" });
  const alerts = await alertsOf(manager, personId, arrestIds);
  const alertIds = alerts.map(({ id }) => id);
  const corrected = await correctedFacts(manager, personId, facts, alertIds);
  const correction = await recordCorrection(
    manager,
    { ...told, kind: "wrong-person", chargeId: null },
    corrected,
    deed,
  );
  await manager.insert(DetachedSubjectRow, { incidentId, personId, correctionId: correction.id });
  for (const table of ["incident_subject", "arrest", "charge"]) {
    await manager.query(`UPDATE ${table} SET person_id = NULL WHERE incident_id = $1 AND person_id = $2`, [
      incidentId,
      personId,
    ]);
  }
  const withdrawn = violationIds.map((violationId) => ({ violationId, correctionId: correction.id }));
  if (withdrawn.length > 0) await manager.insert(WithdrawnViolationRow, withdrawn);
  await proposeLevels(manager, [personId], rules, today);
  await append(
    manager,
    alerts.map(({ id, arrestId, historic }) => ({
      topic: "arrest",
      key: personId,
      facts: { change: "recalled", arrestId, recalls: id },
      occurredAt: deed.now,
      historic,
      provenance: "local",
    })),
  );
  return accept(correction.id);
}

/** How a charge ended, as somebody tells it. */
export interface ToldDisposition {
  readonly expects: Disposition;
  readonly disposition: Exclude<Disposition, "pending">;
  readonly on: string;
  readonly why: string;
}

/** Records how a charge ended that the caller may see, and judges the level again. Answers the correction's id. */
export async function recordDisposition(
  manager: EntityManager,
  seen: { readonly id: string; readonly personId: string },
  { expects, disposition, on, why }: ToldDisposition,
  { rules, today }: Judging,
  deed: Deed,
): Promise<Result<string, { readonly code: "NOT_FOUND" | StaleRefusal | DispositionRefusal }>> {
  const { personId } = seen;
  await holdPerson(manager, personId);
  const charge = await manager.findOneBy(ChargeRow, { id: seen.id, personId });
  if (charge === null) return refuse({ code: "NOT_FOUND" });
  if (charge.disposition !== expects) return refuse({ code: "STALE" });
  const decision = decideDisposition(charge, disposition, on, deed.now);
  if (!decision.ok) return decision;
  const facts = await correctedFacts(manager, personId, [charge], []);
  const told = { kind: decision.value, personId, incidentId: null, chargeId: charge.id, why };
  const correction = await recordCorrection(manager, told, facts, deed);
  await manager.update(ChargeRow, charge.id, { disposition, dispositionOn: on });
  await proposeLevels(manager, [personId], rules, today);
  return accept(correction.id);
}

import type { DataSource } from "typeorm";
import { appendFrom } from "../../../platform/outbox/append";
import { ESCALATES_FOR, isQuiet, stepsFor, type EscalationRules } from "../domain/escalation";

/** `dueSteps` of domain/escalation.ts as one statement; what was told before is not told again. */
const ESCALATE = `
  WITH due AS (
    SELECT alert.id AS alert_id, alert.key AS person_id, answering.agency, step.step, step.to AS target
    FROM outbox.event alert
    CROSS JOIN LATERAL (
      SELECT assigned_agency AS agency, min(coalesce(assigned_at, opened_at)) AS since
      FROM case_file WHERE person_id = alert.key GROUP BY assigned_agency
      UNION ALL
      SELECT NULL, alert.recorded_at WHERE NOT EXISTS (SELECT FROM case_file WHERE person_id = alert.key)
    ) answering
    CROSS JOIN LATERAL (
      SELECT (SELECT level FROM level_confirmation WHERE person_id = alert.key
              ORDER BY confirmed_at DESC, id LIMIT 1) AS level,
        EXISTS (SELECT FROM case_file his WHERE his.person_id = alert.key
          AND (SELECT high_danger FROM lethality_screen WHERE case_id = his.id
               ORDER BY screened_at DESC, id LIMIT 1)) AS screened_high
    ) known
    CROSS JOIN LATERAL (
      SELECT coalesce(known.level IN ('A', 'B'), false) OR known.screened_high AS high
    ) danger
    JOIN jsonb_to_recordset($2::jsonb) AS step (step integer, "to" text, "afterSeconds" integer, assigned boolean)
      ON step.assigned = (answering.agency IS NOT NULL)
        AND $1::timestamptz
          >= greatest(alert.recorded_at, answering.since) + step."afterSeconds" * interval '1 second'
    WHERE alert.topic IN ('arrest', 'custody') AND NOT alert.historic
      AND alert.recorded_at >= $1::timestamptz - interval '${ESCALATES_FOR} seconds'
      AND NOT EXISTS (SELECT FROM outbox.event back WHERE back.topic = 'arrest' AND back.facts ? 'recalls'
                      AND back.facts ->> 'recalls' = alert.id::text)
      AND CASE WHEN alert.topic = 'arrest' AND NOT alert.facts ? 'recalls' THEN 'arrest' ELSE alert.facts ->> 'change' END = ANY($3::text[])
      AND (danger.high OR (NOT $5::boolean AND coalesce(known.level, 'none') = ANY($4::text[])))
      AND NOT EXISTS (SELECT FROM alert_acknowledgement said
                      WHERE said.alert_id = alert.id AND said.agency = answering.agency)
  ), told AS (
    INSERT INTO alert_escalation (alert_id, person_id, agency, step, target, told_at)
    SELECT alert_id, person_id, agency, step, target, $1 FROM due ORDER BY alert_id, agency, step
    ON CONFLICT DO NOTHING RETURNING *
  )
  ${appendFrom(`
    SELECT 'escalation' AS topic, person_id AS key,
      jsonb_build_object('change', target, 'escalationId', id, 'alertId', alert_id) AS facts,
      told_at AS occurred_at, false AS historic, 'local' AS provenance
    FROM told`)}`;

/**
 * Tells of every alert whose next step is due, each step once however many processes ask: what was told, and the event
 * that tells it, are written together.
 */
export async function escalate(database: DataSource, rules: EscalationRules, now: Date): Promise<void> {
  const steps = [true, false].flatMap((assigned) =>
    stepsFor(rules, assigned).map((step) => ({ ...step, assigned })),
  );
  await database.query(ESCALATE, [
    now,
    JSON.stringify(steps),
    rules.kinds,
    rules.levels,
    isQuiet(now, rules),
  ]);
}

import type { EntityManager } from "typeorm";
import type { OffenderFacts } from "../domain/offender-facts";

/*
 * One statement a kind of fact, whatever the number of persons. Each names its columns as the rules name the fields, so
 * that a row is a fact once its person is taken off.
 */

/** An incident is one of intimate partners *for him* when one of his own pairs is. */
const INCIDENTS = `
  SELECT subject.person_id AS person, incident.id, incident.occurred_on AS "occurredOn",
    bool_or(EXISTS (SELECT FROM relationship
                    WHERE relationship.incident_subject_id = subject.id
                      AND (relationship.class = 'intimate-partner'
                           OR coalesce(relationship.stated, 'not-intimate') <> 'not-intimate'))) AS "intimatePartner",
    bool_or(EXISTS (SELECT FROM arrest WHERE arrest.incident_id = incident.id
                      AND (arrest.person_id = subject.person_id OR arrest.incident_subject_id = subject.id)))
      AS "probableCause",
    incident.dual_party AS "dualParty"
  FROM incident_subject subject JOIN incident ON incident.id = subject.incident_id
  WHERE subject.person_id = ANY($1)
  GROUP BY subject.person_id, incident.id`;

/** A charge is for violating an order when an offence of its incident with the same code is flagged so. */
const CHARGES = `
  SELECT charge.person_id AS person, charge.id, charge.incident_id AS "incidentId",
    charge.offence_code AS "offenceCode", charge.ipv, charge.weapon_codes AS "weaponCodes",
    charge.filed_on AS "filedOn", charge.disposition, charge.disposition_on AS "dispositionOn",
    EXISTS (SELECT FROM offence WHERE offence.incident_id = charge.incident_id
              AND offence.code = charge.offence_code AND offence.order_violation) AS "orderViolation",
    coalesce(incident.dual_party, false) AS "dualParty"
  FROM charge LEFT JOIN incident ON incident.id = charge.incident_id
  WHERE charge.person_id = ANY($1)`;

/** One that was found not to be his is unfounded. */
const ORDER_VIOLATIONS = `
  SELECT ordered.person_id AS person, violation.id, violation.incident_id AS "incidentId",
    violation.occurred_on AS "occurredOn", EXISTS (SELECT FROM withdrawn_violation gone WHERE gone.violation_id = violation.id) AS unfounded, coalesce(incident.dual_party, false) AS "dualParty"
  FROM order_violation violation
    JOIN order_of_protection ordered ON ordered.id = violation.order_id
    LEFT JOIN incident ON incident.id = violation.incident_id
  WHERE ordered.person_id = ANY($1)`;

const PROHIBITED_BEHAVIOUR = `
  SELECT breach.person_id AS person, breach.id, NULL AS "incidentId", breach.occurred_on AS "occurredOn",
    CASE WHEN condition.id IS NULL THEN 'ipvi-rule'
         WHEN condition.kind IN ('probation', 'parole') THEN 'supervision-condition'
         ELSE 'release-condition' END AS rule,
    false AS unfounded, false AS "dualParty"
  FROM prohibited_behaviour breach LEFT JOIN release_condition condition ON condition.id = breach.condition_id
  WHERE breach.person_id = ANY($1)`;

/** The record does not say on which day a disposition came; its violence follows from the offence code. */
const PRIOR_RECORDS = `
  SELECT person_id AS person, id, offence_code AS "offenceCode", false AS violent, ipv, occurred_on AS "occurredOn",
    disposition, NULL AS "dispositionOn", provenance
  FROM prior_record WHERE person_id = ANY($1)`;

const QUERIES = {
  incidents: INCIDENTS,
  charges: CHARGES,
  orderViolations: ORDER_VIOLATIONS,
  prohibitedBehaviour: PROHIBITED_BEHAVIOUR,
  priorRecords: PRIOR_RECORDS,
} as const satisfies Record<keyof OffenderFacts, string>;

/** Everything the rules read about each of these persons. */
export async function offenderFactsOf(
  manager: EntityManager,
  personIds: readonly string[],
): Promise<Map<string, OffenderFacts>> {
  const gathered = new Map(
    personIds.map((id) => [
      id,
      {
        incidents: [] as OffenderFacts["incidents"][number][],
        charges: [] as OffenderFacts["charges"][number][],
        orderViolations: [] as OffenderFacts["orderViolations"][number][],
        prohibitedBehaviour: [] as OffenderFacts["prohibitedBehaviour"][number][],
        priorRecords: [] as OffenderFacts["priorRecords"][number][],
      },
    ]),
  );
  for (const kind of Object.keys(QUERIES) as (keyof OffenderFacts)[]) {
    const rows: ({ person: string } & OffenderFacts[typeof kind][number])[] = await manager.query(
      QUERIES[kind],
      [personIds],
    );
    for (const { person, ...fact } of rows) {
      // Each query gives its own kind of fact; the compiler cannot tie the two keys together.
      (gathered.get(person)?.[kind] as (typeof fact)[] | undefined)?.push(fact);
    }
  }
  return gathered;
}

import type { EntityManager } from "typeorm";
import type { VictimData } from "../domain/victim-data/find-victim-data";

/**
 * Everything known of every victim of his cases and incidents, where she lived before too, and the addresses that orders
 * against him protect: whoever may see them. For the check of what he will read, and never to be shown.
 */
export async function victimsOfPerson(manager: EntityManager, personId: string): Promise<VictimData[]> {
  const rows = await manager.query<
    (Pick<VictimData, "id" | "givenName" | "familyName" | "dateOfBirth"> & {
      readonly addresses: string[];
      readonly phone: string | null;
    })[]
  >(
    `SELECT victim.id, victim.given_name AS "givenName", victim.family_name AS "familyName",
       victim.date_of_birth AS "dateOfBirth", victim.phone,
       array_remove(ARRAY[victim.address] || ARRAY(
         SELECT address FROM former_address WHERE victim_id = victim.id) || ARRAY(
         SELECT DISTINCT protected
         FROM case_file hers JOIN order_of_protection issued ON issued.case_id = hers.id, unnest(issued.protected_addresses) protected
         WHERE hers.person_id = $1 AND hers.victim_id = victim.id), NULL) AS addresses
     FROM victim
     WHERE victim.id IN (
       SELECT victim_id FROM case_file WHERE person_id = $1
       UNION
       SELECT harmed.victim_id FROM incident_subject subject JOIN incident_victim harmed USING (incident_id)
       WHERE subject.person_id = $1)
     ORDER BY victim.id`,
    [personId],
  );
  return rows.map(({ phone, ...victim }) => ({
    ...victim,
    // The records have no other names of hers.
    aliases: [],
    phones: phone === null ? [] : [phone],
  }));
}

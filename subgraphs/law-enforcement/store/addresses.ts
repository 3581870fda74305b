import type { DataSource } from "typeorm";

/** The addresses of the two people of a case, as police know them, now and before. */
export interface CaseAddresses {
  readonly id: string;
  readonly personId: string;
  readonly victimId: string;
  readonly his: string[];
  readonly hers: string[];
}

/**
 * The addresses of cases that are assigned to an agency; others are not in the answer. When she entered an address
 * confidentiality programme, where she lived before is not told either: it is nobody's to know that it was hers.
 */
export async function addressesOfCases(
  database: DataSource,
  agency: string,
  caseIds: readonly string[],
): Promise<CaseAddresses[]> {
  return database.query<CaseAddresses[]>(
    `SELECT file.id, file.person_id AS "personId", file.victim_id AS "victimId",
       array_remove(array_append(ARRAY(SELECT address FROM former_address WHERE person_id = person.id), person.address), NULL)
         AS his,
       CASE WHEN victim.address_is_substitute THEN '{}' ELSE array_remove(
         array_append(ARRAY(SELECT address FROM former_address WHERE victim_id = victim.id), victim.address), NULL) END AS hers
     FROM case_file file JOIN person ON person.id = file.person_id JOIN victim ON victim.id = file.victim_id
     WHERE file.id = ANY($1::uuid[]) AND file.assigned_agency = $2
     ORDER BY file.id`,
    [caseIds, agency],
  );
}

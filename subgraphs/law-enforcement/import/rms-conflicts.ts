import type { Client } from "pg";

/** Rows of one file that must agree: those with the same key, in these columns. */
interface Agreement {
  readonly what: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** A row that is silent contradicts nobody. */
  readonly given: string;
}

/*
 * Two dates of birth under one person number are two people under one number: every incident that names him is refused,
 * because a wrong match is worse than a missing one. The same holds for victims.
 */
const agreements: readonly Agreement[] = [
  {
    what: "incident",
    key: ["incident_key"],
    columns: ["occurred_on", "occurred_hour", "ori", "case_number"],
    given: "true",
  },
  {
    what: "date of birth of person",
    key: ["person_key"],
    columns: ["person_date_of_birth"],
    given: "person_date_of_birth IS NOT NULL",
  },
  {
    what: "date of birth of victim",
    key: ["victim_key"],
    columns: ["victim_date_of_birth"],
    given: "victim_date_of_birth IS NOT NULL",
  },
  {
    what: "relationship",
    key: ["incident_key", "victim_key", "person_key"],
    columns: ["relationship_code", "stated"],
    given: "victim_key IS NOT NULL",
  },
  {
    what: "arrest",
    key: ["arrest_key"],
    columns: ["incident_key", "person_key", "arrested_on", "arrest_type"],
    given: "arrest_key IS NOT NULL",
  },
  {
    what: "charge",
    key: ["charge_key"],
    columns: [
      "incident_key", "person_key", "offence_code", "filed_on", "docket", "court_date", "disposition", "disposition_on",
    ], // prettier-ignore
    given: "charge_key IS NOT NULL",
  },
];

/** Refuses the rows that could not be read, and those that contradict an earlier row, with all incidents they touch. */
export async function refuseRmsRows(client: Client, file: string): Promise<void> {
  await client.query(
    `INSERT INTO import_staging.reject (file, line, reason, incident_keys)
     SELECT $1, line, reason, array_remove(ARRAY[incident_key], NULL) FROM import_staging.rms_row WHERE reason IS NOT NULL`,
    [file],
  );
  for (const { what, key, columns, given } of agreements) {
    const keys = key.join(", ");
    await client.query(
      `INSERT INTO import_staging.reject (file, line, reason, incident_keys)
       SELECT $1, r.line, $2 || ' ' || concat_ws(' with ', ${key.map((name) => `r.${name}`).join(", ")})
           || ' is another one on line ' || f.line,
         ARRAY(SELECT DISTINCT x.incident_key FROM import_staging.rms_row x
               WHERE (${key.map((name) => `x.${name}`).join(", ")}) = (${key.map((name) => `r.${name}`).join(", ")})
                 AND x.incident_key IS NOT NULL)
       FROM import_staging.rms_row r
       JOIN (SELECT DISTINCT ON (${keys}) ${keys}, line, ROW(${columns.join(", ")})::text AS said
             FROM import_staging.rms_row WHERE reason IS NULL AND ${given} ORDER BY ${keys}, line) f USING (${keys})
       WHERE r.reason IS NULL AND ${given} AND ROW(${columns.map((name) => `r.${name}`).join(", ")})::text <> f.said`,
      [file, what],
    );
  }
}

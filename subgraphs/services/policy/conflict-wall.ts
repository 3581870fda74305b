/** Who asks, as conflicts name him. */
interface Employee {
  readonly agency: string;
  readonly subject: string;
}

/** A condition in SQL with its named parameters. */
export interface WallCondition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The persons from whom no conflict cuts an employee off (SV17), and none for who helps victims (SV36); `personId` is the
 * column that holds the id.
 */
export function openPersons({ agency, subject }: Employee, personId: string): WallCondition {
  return {
    sql: `${personId} NOT IN (
      SELECT conflict.person_id FROM conflict_of_interest conflict
      WHERE conflict.agency = :wallAgency AND conflict.subject = :wallSubject AND conflict.ended_at IS NULL)
      AND NOT EXISTS (SELECT FROM victim_side_employee her
        WHERE her.agency = :wallAgency AND her.subject = :wallSubject AND her.ended_at IS NULL)`,
    parameters: { wallAgency: agency, wallSubject: subject },
  };
}

import { Raw, type FindOperator } from "typeorm";
import type { Reader } from "../domain/release";

/** NOT IN of a set with null in it is never true: a conflict always names its case. */
const openCases = (caseId: string, agency: string, subject: string) => `${caseId} NOT IN (
  SELECT conflict.case_id FROM conflict_of_interest conflict
  WHERE conflict.agency = ${agency} AND conflict.subject = ${subject} AND conflict.ended_at IS NULL)`;

/**
 * SQL for "no conflict cuts the reader off from this case" (AV18), whose agency is $1 and whose subject is $2; `caseId` is
 * the column that holds its id. Asked of rows that were found only: of a stranger it reads nothing.
 */
export const openCase = (caseId: string): string => openCases(caseId, "$1", "$2");

/** The same, for a loader. */
export function openCaseFor({ agency, subject }: Reader): FindOperator<string> {
  return Raw((column) => openCases(column, ":wallAgency", ":wallSubject"), {
    wallAgency: agency,
    wallSubject: subject,
  }) as FindOperator<string>;
}

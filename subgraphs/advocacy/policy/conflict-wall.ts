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

/** The same with named parameters, for a loader. */
export function openCasesTo({ agency, subject }: Reader, caseId: string) {
  return {
    sql: openCases(caseId, ":wallAgency", ":wallSubject"),
    parameters: { wallAgency: agency, wallSubject: subject },
  };
}

/** The same, for a repository. */
export function openCaseFor(reader: Reader): FindOperator<string> {
  const { parameters } = openCasesTo(reader, "");
  return Raw((column) => openCasesTo(reader, column).sql, parameters) as FindOperator<string>;
}

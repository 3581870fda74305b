import { isUuid } from "../store/uuid";
import { instantOf, microsOf, type Position } from "../subgraph/newest-first";
import type { Entry } from "./entry";

/** Takes a value, and answers the name of its parameter in a statement. */
export type Given = (value: unknown) => string;

/** Which accesses of a record a reader may see: a condition in SQL over its columns. */
export type VisibleAccesses = (given: Given) => string;

export const everyAccess: VisibleAccesses = () => "true";

/** Those that this person of this agency made, in whatever role. */
export function ownAccesses(reader: { readonly subject: string; readonly agency: string }): VisibleAccesses {
  return (given) => `subject = ${given(reader.subject)} AND agency = ${given(reader.agency)}`;
}

/** Narrows a list; what is not given does not narrow it. */
export interface AccessFilter {
  readonly recordId?: string | null;
  readonly subject?: string | null;
  /** The break-glass grant that they were made under. */
  readonly grantId?: string | null;
  /** UTC instant, itself included. */
  readonly from?: Date | null;
  /** UTC instant, itself not included. */
  readonly until?: Date | null;
}

/** A row as the log shows it. */
export interface LoggedAccess extends Omit<Entry, "id" | "at"> {
  readonly sequence: string;
  readonly at: Date;
}

export interface PlacedAccess {
  readonly row: LoggedAccess;
  readonly position: Position;
}

/** Runs a statement on one agency's database. */
export type Query = (sql: string, values: unknown[]) => Promise<unknown>;

/** One page of an agency's record, newest first, then by id, after a position. A filter only ever takes away. */
export async function readAccessLog(
  query: Query,
  visible: VisibleAccesses,
  { recordId, subject, grantId, from, until }: AccessFilter,
  after: Position | null,
  limit: number,
): Promise<PlacedAccess[]> {
  const values: unknown[] = [];
  const given: Given = (value) => `$${values.push(value)}`;
  const conditions = [`(${visible(given)})`];
  if (recordId != null)
    conditions.push(isUuid(recordId) ? `record_ids @> ARRAY[${given(recordId)}::uuid]` : "false");
  if (subject != null) conditions.push(`subject = ${given(subject)}`);
  if (grantId != null) conditions.push(`grant_id = ${given(grantId)}`);
  if (from != null) conditions.push(`at >= ${given(from)}`);
  if (until != null) conditions.push(`at < ${given(until)}`);
  if (after !== null) {
    const last = instantOf(given(after.micros));
    conditions.push(`(at < ${last} OR (at = ${last} AND id > ${given(after.id)}))`);
  }
  const rows = (await query(
    `SELECT sequence, at, subject, agency, role, purpose, grant_id AS "grantId", grant_reason AS "grantReason",
       operation_hash AS "operationHash", fields, record_types AS "recordTypes", record_ids::text[] AS "recordIds", provenance,
       disseminated_types AS "disseminatedTypes", disseminated_ids::text[] AS "disseminatedIds", outcome, codes, id,
       ${microsOf("at")} AS micros
     FROM audit.access_record WHERE ${conditions.join(" AND ")} ORDER BY at DESC, id LIMIT ${given(limit)}`,
    values,
  )) as (LoggedAccess & Position)[];
  return rows.map((row) => ({ row, position: { micros: row.micros, id: row.id } }));
}

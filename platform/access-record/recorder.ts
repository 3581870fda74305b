import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import type { Access, AccessedRecord } from "./access";
import { contentOf, type Entry } from "./entry";
import { createGroupCommit } from "./group-commit";

/** Writes one agency's record. */
export interface AccessRecorder {
  /**
   * Resolves when the access stands in the record, committed.
   *
   * @throws Error when it does not: then nothing may be answered.
   */
  record(access: Access): Promise<void>;
  close(): Promise<void>;
}

export interface AccessRecordOptions {
  /** The agency's database, whose migrations have made the record's tables. */
  readonly url: string;
  readonly now: () => Date;
  /** True for what counts as national criminal history, whose disclosure is recorded once more (CJIS Security Policy). */
  readonly isNational?: (record: AccessedRecord) => boolean;
}

/** Accesses that wait at most; beyond it the database is too slow to be waited for. */
const MOST_WAITING = 4_096;
/** ms. */
const TIME_LIMIT = 5_000;

/** What PostgreSQL cannot keep is refused before it joins a group, which it would take down with it. */
const UNKEEPABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

const byId = (a: AccessedRecord, b: AccessedRecord) =>
  a.type < b.type ? -1 : a.type > b.type ? 1 : a.id < b.id ? -1 : 1;

/** Each record once, sorted. */
function distinct(records: readonly AccessedRecord[]): AccessedRecord[] {
  return [...new Map(records.map((record) => [`${record.type} ${record.id}`, record])).values()].sort(byId);
}

function entryOf(access: Access, at: Date, isNational: (record: AccessedRecord) => boolean): Entry {
  const records = distinct(access.records);
  const disseminated = access.outcome === "answered" ? records.filter(isNational) : [];
  const { reader } = access;
  return {
    id: randomUUID(),
    at: at.toISOString(),
    subject: reader.subject,
    agency: reader.agency,
    role: reader.role,
    purpose: reader.purpose,
    grantId: reader.breakGlass?.grantId ?? null,
    grantReason: reader.breakGlass?.reason ?? null,
    operationHash: access.operationHash,
    fields: access.fields,
    recordTypes: records.map(({ type }) => type),
    recordIds: records.map(({ id }) => id),
    provenance: [
      ...new Set(records.flatMap(({ provenance }) => (provenance === null ? [] : [provenance]))),
    ].sort(),
    disseminatedTypes: disseminated.map(({ type }) => type),
    disseminatedIds: disseminated.map(({ id }) => id),
    outcome: access.outcome,
    codes: access.codes,
  };
}

/**
 * Opens an agency's record on a connection of its own, so that no reader's slow query stands before it, and makes the
 * months ahead ready.
 *
 * @throws Error (pg's) when the database does not answer or has no such tables.
 */
export async function openAccessRecord({
  url,
  now,
  isNational = () => false,
}: AccessRecordOptions): Promise<AccessRecorder> {
  const pool = new Pool({
    connectionString: url,
    max: 1,
    application_name: "access-record",
    connectionTimeoutMillis: TIME_LIMIT,
    statement_timeout: TIME_LIMIT,
    query_timeout: TIME_LIMIT,
  });
  // A connection that breaks while idle is replaced at the next access, which then says whether it could be.
  pool.on("error", () => undefined);
  try {
    await pool.query(
      `SELECT audit.make_month((date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead))::date)
       FROM generate_series(0, 2) ahead`,
    );
  } catch (error) {
    await pool.end();
    throw error;
  }

  const commit = createGroupCommit<string>(
    async (contents) => {
      await pool.query({ name: "append", text: "SELECT audit.append($1)", values: [contents] });
    },
    { most: MOST_WAITING, full: () => new Error("Too many accesses wait to be recorded.") },
  );
  return {
    async record(access) {
      const content = contentOf(entryOf(access, now(), isNational));
      if (UNKEEPABLE.test(content)) throw new Error("An access holds characters that cannot be kept.");
      await commit(content);
    },
    close: () => pool.end(),
  };
}

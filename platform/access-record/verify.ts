import type { Client } from "pg";
import { contentOf, hashOf, NO_HASH, type Entry } from "./entry";

/** What is wrong with a chain, and where. */
export interface Fault {
  /** The row's sequence number; null when the whole month is meant. */
  readonly sequence: string | null;
  /** YYYY-MM. */
  readonly month: string;
  readonly what: string;
}

/** A row by number and hash, as it was noted down elsewhere. */
export interface NotedRow {
  readonly sequence: string;
  readonly hash: string;
}

export interface Verified {
  readonly rows: number;
  readonly faults: number;
  /** The newest row: noted down outside the database, it tells a later check of a chain that was made anew. */
  readonly head: NotedRow;
}

interface ChainRow extends Entry {
  readonly sequence: string;
  readonly month: string;
  readonly previousHash: string;
  readonly hash: string;
}

interface Head {
  readonly month: string;
  readonly entries: string;
  readonly sequence: string;
  readonly hash: string;
}

const ROWS_AT_A_TIME = 1_000;
const INSTANT = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const ROWS = `
  SELECT sequence, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, id, ${INSTANT("at")} AS at, subject, agency, role,
    purpose, grant_id AS "grantId", grant_reason AS "grantReason", operation_hash AS "operationHash", fields,
    record_types AS "recordTypes", record_ids::text[] AS "recordIds", provenance,
    disseminated_types AS "disseminatedTypes", disseminated_ids::text[] AS "disseminatedIds", outcome, codes,
    encode(previous_hash, 'hex') AS "previousHash", encode(hash, 'hex') AS hash
  FROM audit.access_record ORDER BY audit.access_record.sequence, audit.access_record.at, audit.access_record.id`;

const HEADS = `
  SELECT to_char(month, 'YYYY-MM') AS month, entries, last_sequence AS sequence, encode(last_hash, 'hex') AS hash
  FROM audit.chain_head ORDER BY last_sequence`;

const DISCLOSED = "sequence, at, subject, agency, role, purpose";
const IN_CHAIN = `SELECT ${DISCLOSED}, record_type, record_id
  FROM audit.access_record, unnest(disseminated_types, disseminated_ids) AS record (record_type, record_id)`;
const IN_TABLE = `SELECT ${DISCLOSED}, record_type, record_id FROM audit.dissemination`;
const DISSEMINATION = `
  SELECT DISTINCT sequence, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM') AS month
  FROM ((${IN_CHAIN} EXCEPT ${IN_TABLE}) UNION ALL (${IN_TABLE} EXCEPT ${IN_CHAIN})) different
  ORDER BY sequence`;

async function* rowsOf<Row extends object>(client: Client, name: string, sql: string): AsyncGenerator<Row> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`);
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${ROWS_AT_A_TIME} FROM ${name}`);
    if (rows.length === 0) break;
    yield* rows;
  }
  await client.query(`CLOSE ${name}`);
}

/** What is wrong with a row that follows `before`; undefined: nothing. */
function faultOf(row: ChainRow, before: NotedRow, beforeIsSound: boolean): string | undefined {
  const follows = row.previousHash === before.hash;
  const sound = hashOf(row.sequence, row.previousHash, contentOf(row)) === row.hash;
  if (sound && follows) return undefined;
  if (!sound)
    return follows
      ? "altered: it does not give its hash"
      : "reordered: it belongs elsewhere, or it was altered";
  // A sound row after one that is named already is not to blame.
  return beforeIsSound
    ? `the row before it (${before.sequence}) is not the one it was written after: replaced`
    : undefined;
}

interface Month {
  entries: number;
  last: NotedRow;
}

function headFaults(heads: readonly Head[], months: ReadonlyMap<string, Month>): Fault[] {
  const faults: Fault[] = [];
  for (const { month, entries, sequence, hash } of heads) {
    const found = months.get(month);
    const say = (what: string) => faults.push({ sequence: found ? found.last.sequence : null, month, what });
    if (!found) say(`all ${entries} rows of the month are missing`);
    else if (BigInt(found.last.sequence) < BigInt(sequence))
      say(`the tail is missing: the month's last row was ${sequence}, and this one is now`);
    else if (found.last.sequence !== sequence || found.last.hash !== hash)
      say(`the month's last row was ${sequence}, with another hash: rows were added or replaced`);
    else if (String(found.entries) !== entries)
      say(`the month had ${entries} rows, and there are ${found.entries}`);
  }
  const known = new Set(heads.map(({ month }) => month));
  for (const [month, { last }] of months)
    if (!known.has(month))
      faults.push({ sequence: last.sequence, month, what: "the head of the month is missing" });
  return faults;
}

/**
 * Walks an agency's whole record in sequence, on one snapshot and in bounded memory, and tells `onFault` of each row that
 * was altered, removed or reordered, and of each month whose tail is missing.
 *
 * Without `noted` it cannot find that everything from some row on, heads included, was made anew by somebody who may do
 * all in the database (a superuser, or the owner after taking the triggers off), nor that the whole schema was put back to
 * an older copy. With a row noted down elsewhere it finds both, as far as that row.
 *
 * @throws Error (pg's) when the database does not answer or has no such tables.
 */
export async function verifyChain(
  client: Client,
  onFault: (fault: Fault) => void,
  noted?: NotedRow,
): Promise<Verified> {
  let faults = 0;
  const found = (fault: Fault) => {
    faults += 1;
    onFault(fault);
  };
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    const months = new Map<string, Month>();
    let rows = 0;
    let last: NotedRow = { sequence: "0", hash: NO_HASH };
    let lastIsSound = true;
    let notedHash: string | undefined;
    for await (const row of rowsOf<ChainRow>(client, "chain", ROWS)) {
      const { sequence, month, hash } = row;
      const expected = BigInt(last.sequence) + 1n;
      const gap = BigInt(sequence) - expected;
      let what: string | undefined;
      if (gap < 0n) what = "there is another row of this number";
      else if (gap > 0n) {
        const removed =
          gap === 1n ? `row ${expected} is` : `rows ${expected} to ${BigInt(sequence) - 1n} are`;
        found({ sequence, month, what: `removed: before it, ${removed} missing` });
        // What it followed is gone; whether it is itself whole can still be said.
        what = faultOf(row, { sequence: String(expected), hash: row.previousHash }, true);
      } else what = faultOf(row, last, lastIsSound);
      if (what !== undefined) found({ sequence, month, what });
      lastIsSound = what === undefined;
      rows += 1;
      last = { sequence, hash };
      months.set(month, { entries: (months.get(month)?.entries ?? 0) + 1, last });
      if (sequence === noted?.sequence) notedHash = hash;
    }
    const heads = (await client.query<Head>(HEADS)).rows;
    headFaults(heads, months).forEach(found);
    for await (const { sequence, month } of rowsOf<ChainRow>(client, "disclosed", DISSEMINATION))
      found({
        sequence,
        month,
        what: "the dissemination rows of this row are not those it was written with",
      });
    if (noted && notedHash !== noted.hash) {
      const what = notedHash === undefined ? "is not there" : "has another hash: the chain was made anew";
      found({ sequence: noted.sequence, month: "unknown", what: `the row that was noted ${what}` });
    }
    return { rows, faults, head: last };
  } finally {
    await client.query("ROLLBACK");
  }
}

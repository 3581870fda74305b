import type { Client } from "pg";
import { classifyPairs, keepStatements } from "./classify-pairs";
import { countFigures, type ImportFigures } from "./import-figures";
import type { ImportSession } from "./import-session";
import { linkParts, type LinkTable, linkTables } from "./link-parts";
import { stagePairClasses } from "./pair-class";
import { partTables, takeKnownIds } from "./part-statements";
import { cutBatches, fingerprintIncidents, planWork } from "./plan-work";
import {
  refuseDuplicates,
  refuseLinks,
  refuseParts,
  refuseTooManyPairs,
  type SourceNames,
} from "./refuse-rows";
import { writeRejects } from "./rejects-file";
import type { StagedRows } from "./stage-file";
import type { StagedTable } from "./staging-tables";
import { type BatchExtras, writeBatches } from "./write-batches";

/** How far an import is: bytes while it reads, incidents while it writes. */
export interface ImportProgress {
  readonly stage: "reading" | "writing";
  readonly done: number;
  readonly total: number;
}

/** What came of an import. */
export interface ImportReport {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Incidents refused, and the rows of the rejects file that say why. */
  readonly refused: number;
  readonly rejectedRows: number;
  readonly figures: ImportFigures;
}

/** What is left to say when all files are staged. */
export interface SettleOptions {
  readonly source: string;
  readonly names: SourceNames;
  /** Where each source file is, by the name it has in `names`. */
  readonly paths: ReadonlyMap<string, string>;
  readonly staged: ReadonlyMap<StagedTable, StagedRows>;
  readonly rejectsFile: string;
  readonly batchSize: number;
  /** What the incidents refer to, written before them, when all of the input has been checked. */
  readonly prepare: (client: Client) => Promise<void>;
  readonly extras?: BatchExtras;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/**
 * Takes staged files, whose parts' keys are unique or refused, to the end: ties the parts together, refuses what cannot be taken, writes the rejects file and then
 * the incidents, batch by batch. Nothing is written to the hub's tables before all of the input has been checked.
 */
export async function settleImport(session: ImportSession, options: SettleOptions): Promise<ImportReport> {
  const { main, helper } = session;
  const { source, names, staged } = options;
  const linked = await linkAll(session);
  const { allFound } = await fingerprintIncidents(main);
  const complete = linkTables.every((table) => linked.get(table) === staged.get(table)?.taken);
  const broken = !allFound || !complete || [...staged.values()].some((rows) => rows.refused > 0);
  await refuseRepeated(session, names);
  if (broken) await refuseBroken(main, names);
  const rejectedRows = await writeRejects(main, options.rejectsFile, options.paths);

  await options.prepare(main);
  const { changed } = await planWork(main, source);
  if (changed > 0) await meetTheKnown(main);
  await classifyPairs(main);
  const batches = await cutBatches(main, options.batchSize);
  if (batches.length > 0) await indexLinks(session);
  const total = batches.reduce((sum, batch) => sum + batch.incidents, 0);
  let done = 0;
  await writeBatches({
    source,
    batches,
    clients: options.extras === undefined ? [main, helper] : [main],
    ...(options.extras === undefined ? {} : { extras: options.extras }),
    onWritten: (incidents) => options.onProgress?.({ stage: "writing", done: (done += incidents), total }),
  });
  return { ...(await countStates(main)), rejectedRows, figures: await countFigures(main) };
}

async function linkAll({ main, helper }: ImportSession): Promise<Map<LinkTable, number>> {
  const counts = new Map<LinkTable, number>();
  const waiting = [...linkTables];
  const work = async (client: Client): Promise<void> => {
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      counts.set(table, await linkParts(client, table));
    }
  };
  await Promise.all([work(main), work(helper)]);
  return counts;
}

async function refuseBroken(client: Client, names: SourceNames): Promise<void> {
  for (const table of ["incident", ...partTables, "arrest"] as const) await refuseParts(client, table, names);
  for (const table of linkTables) await refuseLinks(client, table, names);
}

async function refuseRepeated({ main, helper }: ImportSession, names: SourceNames): Promise<void> {
  const inTurn = async (client: Client, tables: readonly LinkTable[]): Promise<void> => {
    for (const table of tables) await refuseDuplicates(client, table, names);
  };
  await Promise.all([
    inTurn(main, ["victim_offence"]),
    inTurn(helper, ["relationship", "victim_injury", "offence_weapon"]).then(() =>
      refuseTooManyPairs(helper, names),
    ),
  ]);
}

/** Changed incidents are in the hub already: their parts keep their ids, and what people recorded beside them. */
async function meetTheKnown(client: Client): Promise<void> {
  for (const table of partTables) await client.query(takeKnownIds(table));
  for (const table of linkTables) {
    await client.query(
      `DELETE FROM import_staging.linked_${table} l USING import_staging.work w
       WHERE w.state = 'changed' AND w.incident_key = l.incident_key`,
    );
    await linkParts(client, table, true);
  }
  await stagePairClasses(client);
  await keepStatements(client);
}

async function indexLinks({ main, helper }: ImportSession): Promise<void> {
  const index = async (client: Client, tables: readonly string[]): Promise<void> => {
    for (const table of tables) {
      await client.query(
        `CREATE INDEX ON import_staging.${table} (incident_key); ANALYZE import_staging.${table}`,
      );
    }
  };
  await Promise.all([
    index(main, ["work", "flags", "linked_relationship"]),
    index(helper, ["linked_victim_offence", "linked_victim_injury", "linked_offence_weapon"]),
  ]);
}

async function countStates(client: Client): Promise<Omit<ImportReport, "rejectedRows" | "figures">> {
  const { rows } = await client.query<Omit<ImportReport, "rejectedRows" | "figures">>(
    `SELECT count(*) FILTER (WHERE state = 'new')::int AS inserted,
       count(*) FILTER (WHERE state = 'changed')::int AS updated,
       count(*) FILTER (WHERE state = 'unchanged')::int AS unchanged,
       (SELECT count(DISTINCT coalesce(incident_key, 'line ' || line))::int FROM import_staging.incident i
        WHERE reason IS NOT NULL OR incident_key IN (SELECT unnest(incident_keys) FROM import_staging.reject)) AS refused
     FROM import_staging.work`,
  );
  const [counts] = rows;
  if (counts === undefined) throw new Error("an aggregate always gives a row");
  return counts;
}

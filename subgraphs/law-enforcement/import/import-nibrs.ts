import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Client } from "pg";
import { isLinkTable } from "./link-parts";
import { type ImportSession, withImportSession } from "./import-session";
import { dataFiles, nibrsFileNames } from "./nibrs-file-names";
import { nibrsFiles } from "./nibrs-files";
import { type Agency, readLookups } from "./nibrs-lookups";
import { refuseDuplicates, type SourceNames } from "./refuse-rows";
import { type ImportProgress, type ImportReport, settleImport } from "./settle-import";
import { findFiles } from "./source-folder";
import { type FilePlan, stageFile, type StagedRows } from "./stage-file";
import { readyTable, type StagedTable } from "./staging-tables";

/** What to import, and how. */
export interface NibrsImport {
  readonly databaseUrl: string;
  /** The folder of an FBI CSV extract. */
  readonly folder: string;
  /** Where refused rows go; made only when there are some. */
  readonly rejectsFile: string;
  /** Incidents in one transaction. */
  readonly batchSize?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Incident ids are unique in the whole of the FBI's extracts. */
const source = "nibrs";

/**
 * Imports an FBI NIBRS CSV extract, of either layout. Memory does not grow with it. Each offender becomes an unresolved
 * subject of his incident: NIBRS has no key for a person, and nobody is merged by guess. A second import of the same
 * extract changes nothing; a changed row updates its incident. A broken row refuses its incident, all of it.
 * Throws ImportError when the extract as a whole cannot be used; then nothing has been written.
 */
export async function importNibrs(options: NibrsImport): Promise<ImportReport> {
  const files = await findFiles(options.folder, nibrsFileNames);
  const lookups = await readLookups((name) => files.get(name) ?? name);
  return withImportSession(options.databaseUrl, async (session) => {
    const names = sourceNames(files);
    const staged = await stageAll(session, nibrsFiles(lookups), files, names, options.onProgress);
    return settleImport(session, {
      source,
      names,
      paths: new Map([...files.values()].map((path) => [basename(path), path])),
      staged,
      rejectsFile: options.rejectsFile,
      batchSize: options.batchSize ?? 5000,
      prepare: (client) => writeAgencies(client, [...lookups.agencies.values()]),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    });
  });
}

async function stageAll(
  { main, helper }: ImportSession,
  plans: readonly FilePlan[],
  files: ReadonlyMap<string, string>,
  names: SourceNames,
  onProgress: ((progress: ImportProgress) => void) | undefined,
): Promise<Map<StagedTable, StagedRows>> {
  const path = (plan: FilePlan) => files.get(plan.file) ?? plan.file;
  const sizes = await Promise.all(plans.map(async (plan) => (await stat(path(plan))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const counts = new Map<StagedTable, StagedRows>();
  const waiting = [...plans];
  let done = 0;
  const work = async (client: Client): Promise<void> => {
    for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
      const rows = await stageFile(client, path(plan), plan, (bytes) =>
        onProgress?.({ stage: "reading", done: (done += bytes), total }),
      );
      counts.set(plan.table, rows);
      // The server does this while the next file is read.
      await client.query(readyTable(plan.table));
      if (!isLinkTable(plan.table)) await refuseDuplicates(client, plan.table, names);
    }
  };
  const ends = await Promise.allSettled([work(main), work(helper)]);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return counts;
}

/** Keeps the names of reporting agencies up to date. */
export async function writeAgencies(client: Client, agencies: readonly Agency[]): Promise<void> {
  await client.query(
    `INSERT INTO reporting_agency (ori, name) SELECT DISTINCT ON (ori) ori, name FROM unnest($1::text[], $2::text[]) AS a (ori, name)
     ON CONFLICT (ori) DO UPDATE SET name = excluded.name WHERE reporting_agency.name <> excluded.name`,
    [agencies.map((agency) => agency.ori), agencies.map((agency) => agency.name)],
  );
}

function sourceNames(files: ReadonlyMap<string, string>): SourceNames {
  const named = Object.entries(dataFiles).map(([table, { file, key }]) => [
    table,
    { file: basename(files.get(file) ?? file), key },
  ]);
  return Object.fromEntries(named) as SourceNames;
}

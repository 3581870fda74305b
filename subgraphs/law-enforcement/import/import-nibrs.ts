import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Client } from "pg";
import { type ImportSession, withImportSession } from "./import-session";
import { nibrsFiles } from "./nibrs-files";
import { type Agency, lookupFiles, readLookups } from "./nibrs-lookups";
import type { SourceNames } from "./refuse-rows";
import { type ImportProgress, type ImportReport, settleImport } from "./settle-import";
import { findFiles } from "./source-folder";
import { type FilePlan, stageFile, type StagedRows } from "./stage-file";
import type { StagedTable } from "./staging-tables";

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

/** The data files, and what their key is called. */
const keyColumns: Readonly<Record<StagedTable, { readonly file: string; readonly key: string }>> = {
  incident: { file: "nibrs_incident", key: "INCIDENT_ID" },
  offence: { file: "nibrs_offense", key: "OFFENSE_ID" },
  subject: { file: "nibrs_offender", key: "OFFENDER_ID" },
  victim: { file: "nibrs_victim", key: "VICTIM_ID" },
  arrest: { file: "nibrs_arrestee", key: "ARRESTEE_ID" },
  victim_offence: { file: "nibrs_victim_offense", key: "VICTIM_ID" },
  victim_injury: { file: "nibrs_victim_injury", key: "VICTIM_ID" },
  offence_weapon: { file: "nibrs_weapon", key: "OFFENSE_ID" },
  relationship: { file: "nibrs_victim_offender_rel", key: "VICTIM_ID" },
};

/**
 * Imports an FBI NIBRS CSV extract, of either layout. Memory does not grow with it. Each offender becomes an unresolved
 * subject of his incident: NIBRS has no key for a person, and nobody is merged by guess. A second import of the same
 * extract changes nothing; a changed row updates its incident. A broken row refuses its incident, all of it.
 * Throws ImportError when the extract as a whole cannot be used; then nothing has been written.
 */
export async function importNibrs(options: NibrsImport): Promise<ImportReport> {
  const dataFiles = Object.values(keyColumns).map(({ file }) => file);
  const files = await findFiles(options.folder, [...Object.values(lookupFiles), ...dataFiles]);
  const lookups = await readLookups((name) => files.get(name) ?? name);
  return withImportSession(options.databaseUrl, async (session) => {
    const staged = await stageAll(session, nibrsFiles(lookups), files, options.onProgress);
    return settleImport(session, {
      source,
      names: sourceNames(files),
      paths: new Map([...files.values()].map((path) => [basename(path), path])),
      staged,
      rejectsFile: options.rejectsFile,
      batchSize: options.batchSize ?? 2000,
      prepare: (client) => writeAgencies(client, [...lookups.agencies.values()]),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    });
  });
}

async function stageAll(
  { main, helper }: ImportSession,
  plans: readonly FilePlan[],
  files: ReadonlyMap<string, string>,
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
  const named = Object.entries(keyColumns).map(([table, { file, key }]) => [
    table,
    { file: basename(files.get(file) ?? file), key },
  ]);
  return Object.fromEntries(named) as SourceNames;
}

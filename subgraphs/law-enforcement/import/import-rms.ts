import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Client } from "pg";
import { withImportSession } from "./import-session";
import { ImportError } from "./import-error";
import { type RmsColumnName, rmsColumnNames, rmsColumns, readRmsRow } from "./rms-columns";
import { writeRmsCases } from "./rms-cases";
import { refuseRmsRows } from "./rms-conflicts";
import { stageRmsPeople, touchedPersons, writeRmsPeople } from "./rms-people";
import { createRmsRows, rmsRowColumns, takeRowsApart } from "./rms-staging";
import type { SourceNames } from "./refuse-rows";
import { type ImportProgress, type ImportReport, settleImport } from "./settle-import";
import { type FilePlan, stageFile } from "./stage-file";

/** What to import, and how. */
export interface RmsImport {
  readonly databaseUrl: string;
  /** A CSV file with the columns of the column map. */
  readonly file: string;
  /** Where refused rows go; made only when there are some. */
  readonly rejectsFile: string;
  /** Incidents in one transaction. */
  readonly batchSize?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** What came of it. The levels of the persons it touched are to be proposed anew. */
export interface RmsReport extends ImportReport {
  readonly touchedPersonIds: readonly string[];
}

const rowPlan: FilePlan<"rms_row"> = {
  file: "",
  table: "rms_row",
  columns: rmsColumnNames.map((name) => ({ names: [name], optional: !("required" in rmsColumns[name]) })),
  into: rmsRowColumns,
  keys: { incident_key: rmsColumnNames.indexOf("incident_number") },
  read: (values) => {
    const row = Object.fromEntries(rmsColumnNames.map((name, at) => [name, (values[at] ?? "").trim()]));
    const read = readRmsRow(row as Record<RmsColumnName, string>);
    return rmsRowColumns.map((column) => read[column] ?? null);
  },
};

/**
 * Imports a person-linked extract of a records-management system: persons, victims, incidents, arrests, charges and
 * cases. A second import of the same file changes nothing; a changed row updates its incident. A row that is broken or
 * contradicts another refuses its incident, all of it.
 * Throws ImportError when the file as a whole cannot be used; then nothing has been written.
 */
export async function importRms(options: RmsImport): Promise<RmsReport> {
  const file = basename(options.file);
  const { size: total } = await stat(options.file).catch((error: NodeJS.ErrnoException) => {
    throw new ImportError("FILE_UNREADABLE", `cannot be read (${error.code ?? error.message})`, { file });
  });
  const progress = options.onProgress;
  return withImportSession(options.databaseUrl, async (session) => {
    const { main } = session;
    await createRmsRows(main);
    let done = 0;
    await stageFile(main, options.file, rowPlan, (bytes) =>
      progress?.({ stage: "reading", done: (done += bytes), total }),
    );
    await refuseRmsRows(main, file);
    const staged = await takeRowsApart(main);
    const touched = new Set<string>();
    const report = await settleImport(session, {
      source: "rms",
      names: namesOf(file),
      paths: new Map([[file, options.file]]),
      staged,
      rejectsFile: options.rejectsFile,
      batchSize: options.batchSize ?? 5000,
      prepare: async (client) => {
        await writeAgencies(client);
        await stageRmsPeople(client);
      },
      extras: {
        before: writeRmsPeople,
        after: async (client, batch) => {
          await writeRmsCases(client, batch);
          for (const id of await touchedPersons(client, batch)) touched.add(id);
        },
      },
      ...(progress === undefined ? {} : { onProgress: progress }),
    });
    return { ...report, touchedPersonIds: [...touched] };
  });
}

/** Every part comes from the same file. */
function namesOf(file: string): SourceNames {
  const name = { file, key: "incident_number" };
  const parts = ["incident", "offence", "subject", "victim", "arrest"];
  const tied = ["victim_offence", "victim_injury", "offence_weapon", "relationship"];
  return Object.fromEntries([...parts, ...tied].map((table) => [table, name])) as SourceNames;
}

async function writeAgencies(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO reporting_agency (ori, name)
     SELECT ori, coalesce(max(agency_name), ori) FROM import_staging.rms_row WHERE reason IS NULL AND ori IS NOT NULL GROUP BY ori
     ON CONFLICT (ori) DO UPDATE SET name = excluded.name
       WHERE excluded.name <> excluded.ori AND excluded.name <> reporting_agency.name`,
  );
}

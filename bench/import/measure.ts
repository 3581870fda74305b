import { createReadStream } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { importNibrs } from "../../subgraphs/law-enforcement/import/import-nibrs";
import { nibrsFileNames } from "../../subgraphs/law-enforcement/import/nibrs-file-names";
import { migrate } from "../../subgraphs/law-enforcement/store/database";

/** What one measured process says. */
export interface Measured {
  readonly milliseconds: number;
  /** The most memory the process ever held. */
  readonly megabytes: number;
  /** Rows copied, or incidents imported. */
  readonly rows: number;
}

type Work = () => Promise<number>;

/** Bare text tables are made beforehand; what is measured is COPY alone. */
async function prepareCopy(url: string, folder: string): Promise<Work> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const entries = (await readdir(folder)).filter((name) =>
    nibrsFileNames.includes(name.toLowerCase().replace(/\.csv$/, "")),
  );
  for (const [at, entry] of entries.entries()) {
    const columns = Array.from(
      { length: await width(join(folder, entry)) },
      (_, column) => `c${column} text`,
    );
    await client.query(`CREATE TABLE bare_${at} (${columns.join(", ")})`);
  }
  return async () => {
    let rows = 0;
    for (const [at, entry] of entries.entries()) {
      const copy = client.query(copyFrom(`COPY bare_${at} FROM STDIN (FORMAT csv, HEADER)`));
      await pipeline(createReadStream(join(folder, entry), { highWaterMark: 256 * 1024 }), copy);
      rows += copy.rowCount;
    }
    await client.end();
    return rows;
  };
}

async function width(path: string): Promise<number> {
  const file = await open(path);
  try {
    for await (const line of file.readLines()) return line.split(",").length;
    return 0;
  } finally {
    await file.close();
  }
}

async function prepareImport(url: string, folder: string): Promise<Work> {
  await migrate(url);
  return async () => {
    const { inserted } = await importNibrs({
      databaseUrl: url,
      folder,
      rejectsFile: join(folder, "bench-rejects.csv"),
    });
    return inserted;
  };
}

async function main([kind, url = "", folder = ""]: string[]): Promise<void> {
  const work = await (kind === "copy" ? prepareCopy(url, folder) : prepareImport(url, folder));
  const started = performance.now();
  const rows = await work();
  const milliseconds = performance.now() - started;
  const result: Measured = { milliseconds, megabytes: process.resourceUsage().maxRSS / 1024, rows };
  process.send?.(result, () => process.disconnect());
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster } from "../platform/postgres/cluster";
import { databaseUrl, ensureDatabase } from "../platform/postgres/databases";
import { PROJECT_ROOT } from "../platform/project-root";
import type { Measured } from "./import/measure";

/*
 * How long the import of an extract takes, against PostgreSQL's COPY of the same files into bare text tables (no keys, no
 * indexes, one connection, a transaction a file), and the memory it needs. Each measurement is a fresh process on an empty
 * database of a durable server of its own. Usage: npm run bench:import [-- FOLDER [ROUNDS]]
 */

const goals = { ratio: 5, megabytes: 300 };

async function main(): Promise<void> {
  const folder = process.argv[2] ?? join(PROJECT_ROOT, "../shared/data/nibrs-csv-MN-2018");
  const rounds = Number(process.argv[3] ?? 3);
  if (!existsSync(folder))
    throw new Error(`There is no extract in ${folder}; give its folder as an argument.`);
  const home = await mkdtemp(join(tmpdir(), "bench-import-"));
  await chmod(home, 0o711);
  const superuserPassword = randomBytes(18).toString("base64url");
  const cluster = await startCluster({ dataDirectory: join(home, "data"), superuserPassword });
  try {
    console.log(`${folder}, ${cpus().length} processors, ${rounds} rounds`);
    const copies: Measured[] = [];
    const imports: Measured[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (const [kind, results] of [
        ["copy", copies],
        ["import", imports],
      ] as const) {
        const name = `${kind}_${round}`;
        const spec = { database: name, role: "bench", password: superuserPassword };
        await ensureDatabase(cluster.superuserUrl(), spec);
        const result = await measure(kind, databaseUrl(cluster.superuserUrl(), spec), folder);
        results.push(result);
        console.log(
          `  ${kind.padEnd(6)} ${result.rows} ${kind === "copy" ? "rows" : "incidents"} in ${result.milliseconds.toFixed(0)} ms, ` +
            `peak memory ${result.megabytes.toFixed(0)} MB`,
        );
      }
    }
    const [copy, taken] = [median(copies), median(imports)];
    const ratio = taken / copy;
    const megabytes = Math.max(...imports.map((result) => result.megabytes));
    console.log(`COPY ${copy.toFixed(0)} ms, import ${taken.toFixed(0)} ms (medians)`);
    console.log(
      `ratio ${ratio.toFixed(1)} (goal: at most ${goals.ratio}): ${ratio <= goals.ratio ? "met" : "MISSED"}`,
    );
    console.log(
      `peak memory of the import ${megabytes.toFixed(0)} MB (goal: under ${goals.megabytes}): ${megabytes < goals.megabytes ? "met" : "MISSED"}`,
    );
  } finally {
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  }
}

function measure(kind: "copy" | "import", url: string, folder: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, "import/measure"), [kind, url, folder]);
    child.once("message", (result) => resolve(result as Measured));
    child.once("exit", (code) => reject(new Error(`The ${kind} ended with code ${code ?? "none"}.`)));
  });
}

function median(results: readonly Measured[]): number {
  const sorted = results.map((result) => result.milliseconds).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

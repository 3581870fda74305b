import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ClusterError } from "./cluster-error";
import type { Placement } from "./placement";
import { processFacts } from "./process-facts";

/**
 * Makes the data folder when there is none or an empty one, and leaves any other as it is. It is made beside its place
 * and moved in when complete, so a start that is interrupted, or a second at the same moment, leaves no half a cluster.
 * Throws DATA_BROKEN when a folder with files in it is not a cluster, START_FAILED when initdb fails.
 */
export async function initialiseWhenEmpty(
  { account, binaries, dataDirectory }: Placement,
  superuserPassword: string,
  durable: boolean,
): Promise<void> {
  const present = await readdir(dataDirectory).catch((): string[] => []);
  if (present.includes("PG_VERSION")) return;
  if (present.length > 0) {
    throw new ClusterError(
      "DATA_BROKEN",
      `The database folder ${dataDirectory} holds files but no PG_VERSION, so it is not a whole database; restore it from a backup or remove it to start afresh.`,
    );
  }
  await removeAbandoned(dataDirectory);
  const unfinished = `${dataDirectory}.new-${process.pid}-${randomBytes(4).toString("hex")}`;
  const passwordFile = join(unfinished, "password");
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
    if (account !== undefined) {
      await chown(passwordFile, account.uid, account.gid);
      await chown(unfinished, account.uid, account.gid);
    }
    const args = [
      ["--pgdata", join(unfinished, "data")],
      ["--username", "postgres"],
      ["--pwfile", passwordFile],
      ["--auth", "scram-sha-256"],
      // The same order and case rules on every machine, whatever languages it has installed.
      ["--encoding", "UTF8"],
      ["--locale", "C"],
      ["--locale-provider", "builtin"],
      ["--builtin-locale", "C.UTF-8"],
      durable ? [] : ["--no-sync"],
    ].flat();
    await initdb(join(binaries, "bin", "initdb"), args, account);
    // Fails when another start was faster; its cluster is then the one in place.
    await rename(join(unfinished, "data"), dataDirectory).catch(async (error: unknown) => {
      if (!(await readdir(dataDirectory)).includes("PG_VERSION")) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

function initdb(program: string, args: string[], account: Placement["account"]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...account,
      cwd: "/",
      // TZ saves a search through all time zones, and makes the server's own zone the same everywhere.
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    const fail = (why: string) =>
      reject(new ClusterError("START_FAILED", `A new PostgreSQL database could not be made: ${why}`));
    child.once("error", (error) => fail(error.message));
    child.once("close", (code) => {
      if (code === 0) return resolve();
      const lines = said.split("\n").filter((line) => line.trim() !== "");
      fail(lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? `initdb ended with code ${code}`);
    });
  });
}

async function removeAbandoned(dataDirectory: string): Promise<void> {
  const prefix = `${basename(dataDirectory)}.new-`;
  for (const name of await readdir(dirname(dataDirectory))) {
    if (!name.startsWith(prefix)) continue;
    if ((await processFacts(Number.parseInt(name.slice(prefix.length), 10))) !== undefined) continue;
    await rm(join(dirname(dataDirectory), name), { recursive: true, force: true });
  }
}

import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ClusterError } from "./cluster-error";
import { processFacts } from "./process-facts";

/** How long an abandoned server may take to shut down before it is killed. */
const patienceMs = 30_000;

/**
 * Makes `dataDirectory` free to start on, judging by the lock file PostgreSQL keeps there. A server left behind by a
 * starter that died is stopped; a lock that names no server of this folder is removed.
 * Throws ALREADY_RUNNING when a server runs there whose starter is alive (or is not ours to judge).
 */
export async function clearLock(dataDirectory: string): Promise<void> {
  const pid = await lockHolder(dataDirectory);
  if (pid === undefined) return;
  const server = await serverOn(pid, dataDirectory);
  if (server === undefined) return rm(join(dataDirectory, "postmaster.pid"), { force: true });
  if (!server.abandoned) {
    throw new ClusterError(
      "ALREADY_RUNNING",
      `A PostgreSQL server (process ${pid}) already runs on ${dataDirectory}; stop the hub that started it (process ${server.parent}) first.`,
    );
  }
  await stopServer(pid, async () => (await serverOn(pid, dataDirectory)) === undefined);
  // A killed server leaves its lock behind.
  if ((await lockHolder(dataDirectory)) === pid)
    await rm(join(dataDirectory, "postmaster.pid"), { force: true });
}

/** Marks a server's command line with the process that starts it, for `clearLock` of a later start to read. */
export const ownerSetting = "hub.started_by";

async function serverOn(pid: number, dataDirectory: string) {
  const facts = await processFacts(pid);
  if (facts === undefined || !/(^|\/)postgres /.test(facts.command)) return undefined;
  if (!`${facts.command} `.includes(` -D ${dataDirectory} `)) return undefined;
  const owner = new RegExp(`${ownerSetting}=(\\d+)`).exec(facts.command)?.[1];
  // When a parent dies its children are handed to another process, so a parent other than the starter means it is gone.
  return { parent: facts.parent, abandoned: owner !== undefined && Number(owner) !== facts.parent };
}

async function lockHolder(dataDirectory: string): Promise<number | undefined> {
  const lock = await readFile(join(dataDirectory, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number.parseInt(lock, 10);
  return pid > 0 ? pid : undefined;
}

/** Fast shutdown (open transactions are rolled back); after a bound the process is killed. */
export async function stopServer(pid: number, gone: () => Promise<boolean> | boolean): Promise<void> {
  signal(pid, "SIGINT");
  const deadline = Date.now() + patienceMs;
  while (!(await gone())) {
    if (Date.now() > deadline) signal(pid, "SIGKILL");
    await sleep(20);
  }
}

function signal(pid: number, name: "SIGINT" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

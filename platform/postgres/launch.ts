import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { ClusterError } from "./cluster-error";
import { ownerSetting } from "./lock";
import type { Placement } from "./placement";

/** A server process; `end` resolves with its last telling log line. */
export interface Server {
  readonly pid: number;
  readonly end: Promise<string>;
  ended(): boolean;
}

/** What `launch` needs to know. */
export interface Launch {
  readonly placement: Placement;
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly settings: Readonly<Record<string, string | number>>;
  readonly onLog: (line: string) => void;
}

/**
 * Starts the server process and resolves when it accepts the superuser's password.
 * Throws PORT_IN_USE, ALREADY_RUNNING, WRONG_PASSWORD, DATA_BROKEN or START_FAILED; no process is left then.
 */
export async function launch(how: Launch): Promise<Server> {
  const { account, binaries, dataDirectory } = how.placement;
  const settings = {
    listen_addresses: how.host,
    port: how.port,
    unix_socket_directories: "",
    log_line_prefix: "",
    [ownerSetting]: process.pid,
    ...how.settings,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(binaries, "bin", "postgres"), ["-D", dataDirectory, ...args], {
    ...account,
    cwd: "/",
    detached: true, // Ctrl-C in a terminal must not reach it: whoever started it stops it, when its clients are done
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log: string[] = [];
  let ready: () => void;
  const accepting = new Promise<void>((resolve) => (ready = resolve));
  createInterface(child.stderr).on("line", (line) => {
    how.onLog(line);
    if (log.push(line) > 50) log.shift();
    if (line.includes("database system is ready to accept connections")) ready();
  });
  let over = false;
  const end = new Promise<string>((resolve) => {
    child
      .once("error", (error) => log.push(error.message))
      .once("close", () => {
        over = true;
        resolve(lastWords(log));
      });
  });

  const started = await Promise.race([accepting.then(() => true), end.then(() => false)]);
  if (!started) throw explain(how, log);
  const server: Server = { pid: child.pid as number, end, ended: () => over };
  await greet(how).catch(async (error: unknown) => {
    child.kill("SIGINT");
    await end;
    throw error;
  });
  return server;
}

async function greet(how: Launch): Promise<void> {
  const client = new Client({ connectionString: how.url });
  try {
    await client.connect();
  } catch (error) {
    const wrongPassword = (error as { code?: string }).code === "28P01";
    throw wrongPassword
      ? new ClusterError(
          "WRONG_PASSWORD",
          `The database in ${how.placement.dataDirectory} was made with another superuser password; put the secrets file that belongs to it back, or remove that folder to start afresh.`,
        )
      : new ClusterError("START_FAILED", `PostgreSQL started but refused us: ${(error as Error).message}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function explain({ port, placement }: Launch, log: string[]): ClusterError {
  const { dataDirectory } = placement;
  if (log.some((line) => line.includes("Address already in use"))) {
    return new ClusterError(
      "PORT_IN_USE",
      `Port ${port} is in use; set HUB_POSTGRES_PORT to a free one, or stop the program that listens there.`,
    );
  }
  if (log.some((line) => line.includes("lock file") && line.includes("already exists"))) {
    return new ClusterError(
      "ALREADY_RUNNING",
      `Another PostgreSQL server just started on ${dataDirectory}; stop that one first.`,
    );
  }
  // Errors before the server opens its data (a library it cannot load, a setting it does not know) are not about the data.
  const opened = log.some((line) => line.includes("starting PostgreSQL"));
  const aboutData = (line: string) => line.includes(dataDirectory) || /"(global|base|pg_\w+)\//.test(line);
  return opened || log.some(aboutData)
    ? new ClusterError(
        "DATA_BROKEN",
        `PostgreSQL cannot use the database in ${dataDirectory} (${lastWords(log)}); restore it from a backup or remove it to start afresh.`,
      )
    : new ClusterError("START_FAILED", `PostgreSQL did not start: ${lastWords(log)}`);
}

/** The most telling line of the log: the last that reports a failure, else the last. */
function lastWords(log: string[]): string {
  return log.findLast((line) => /^(FATAL|PANIC)|error/i.test(line)) ?? log.at(-1) ?? "it said nothing.";
}

import { rm } from "node:fs/promises";
import { ClusterError } from "./cluster-error";
import { freePort } from "./free-port";
import { initialiseWhenEmpty } from "./initialise";
import { launch } from "./launch";
import { clearLock, stopServer } from "./lock";
import { mind } from "./minder";
import { place } from "./placement";

/** What a caller decides about a cluster. */
export interface ClusterOptions {
  /** Made when missing. When root's server account cannot enter it, it becomes a link to a folder it can enter. */
  readonly dataDirectory: string;
  readonly superuserPassword: string;
  /** A free one is taken when absent. */
  readonly port?: number;
  /** Server settings by name, as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** For tests: durability is off, and the data is removed on stop, or when this process dies. */
  readonly throwaway?: boolean;
  /** Root's folder for what the server's account cannot reach inside the project; default /var/lib/ipvi-hub. */
  readonly systemFolder?: string;
  readonly onLog?: (line: string) => void;
}

/** A running PostgreSQL server of our own on this machine. */
export interface Cluster {
  readonly host: string;
  readonly port: number;
  /** Where the data really is. */
  readonly dataDirectory: string;
  /** The address of a database (default `postgres`) for the superuser. */
  superuserUrl(database?: string): string;
  /** Shuts down: clients are cut off, open transactions rolled back. Safe to call twice. Never rejects for a dead server. */
  stop(): Promise<void>;
  /** Resolves, with the reason, if the server ends without `stop()`; otherwise stays open. */
  readonly failed: Promise<ClusterError>;
}

const host = "127.0.0.1";

const throwawaySettings = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  // Keeps the folder of a short life small.
  max_wal_size: "64MB",
};

/**
 * Starts PostgreSQL from the binaries npm installed, on 127.0.0.1 only, and resolves when it accepts the superuser.
 * The data folder is made when empty. Installs no signal or exit handlers; if this process is killed, the server is
 * shut down by a minder or, failing that, by the next start on the same folder.
 * Throws ClusterError, whose message says in one sentence what to do.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const throwaway = options.throwaway ?? false;
  const placement = await place(options.dataDirectory, options.systemFolder);
  const { dataDirectory } = placement;
  await clearLock(dataDirectory);
  const durable = !throwaway && options.settings?.["fsync"] !== "off";
  await initialiseWhenEmpty(placement, options.superuserPassword, durable);
  const port = options.port ?? (await freePort(host));
  const superuserUrl = (database = "postgres") =>
    `postgres://postgres:${encodeURIComponent(options.superuserPassword)}@${host}:${port}/${encodeURIComponent(database)}`;
  const server = await launch({
    placement,
    host,
    port,
    url: superuserUrl(),
    settings: { ...(throwaway ? throwawaySettings : {}), ...options.settings },
    onLog: options.onLog ?? (() => undefined),
  });
  const dismissMinder = mind({ server: server.pid, ...(throwaway ? { remove: dataDirectory } : {}) });

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await stopServer(server.pid, () => server.ended());
    await dismissMinder();
    if (!throwaway) return;
    await rm(dataDirectory, { recursive: true, force: true });
    await rm(options.dataDirectory, { recursive: true, force: true });
  };
  return {
    host,
    port,
    dataDirectory,
    superuserUrl,
    stop: () => (stopping ??= stop()),
    failed: new Promise((resolve) => {
      void server.end.then((lastWords) => {
        if (stopping !== undefined) return;
        void dismissMinder();
        const message = `PostgreSQL on ${dataDirectory} stopped unexpectedly: ${lastWords}`;
        resolve(new ClusterError("STOPPED_UNEXPECTEDLY", message));
      });
    }),
  };
}

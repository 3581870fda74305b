import { chmod, mkdtemp, statfs } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { randomBytes } from "node:crypto";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { type Cluster, startCluster } from "../../platform/postgres/cluster";
import { mind } from "../../platform/postgres/minder";

/** What the end of the run has to take down; both files run in Jest's own process. */
export interface TestPostgres {
  readonly folder: string;
  readonly door: Server;
  readonly dismissMinder: () => Promise<void>;
  readonly cluster: () => Promise<Cluster> | undefined;
}

declare global {
  var testPostgres: TestPostgres | undefined;
}

/** Where test files ask for the server's address. */
export const doorVariable = "HUB_TEST_POSTGRES_DOOR";

const GIGABYTE = 1024 ** 3;

/** Where nothing is written to a disk, if the machine has room for it there. */
async function roomiest(): Promise<string> {
  const memory = "/dev/shm";
  const free = await statfs(memory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return free >= 2 * GIGABYTE && freemem() >= 4 * GIGABYTE ? memory : tmpdir();
}

/**
 * Jest's globalSetup: gives the run a folder of its own, in which all that its tests leave behind ends with it, and opens a door (a local socket) at which test files ask for a throwaway PostgreSQL. The first to
 * ask waits a second or two for it to start; a run in which nobody asks never pays.
 */
export default async function startPostgres(): Promise<void> {
  const folder = await mkdtemp(join(await roomiest(), "hub-test-"));
  await chmod(folder, 0o711); // the server's account has to pass through it
  process.env["TMPDIR"] = folder;
  let cluster: Promise<Cluster> | undefined;
  const door = createServer((visitor) => {
    visitor.on("error", () => undefined);
    cluster ??= startCluster({
      dataDirectory: join(folder, "data"),
      superuserPassword: randomBytes(18).toString("base64url"),
      throwaway: true,
      settings: { max_connections: 200 },
    });
    cluster.then(
      (running) => visitor.end(JSON.stringify({ url: running.superuserUrl() })),
      (error: Error) => visitor.end(JSON.stringify({ error: error.message })),
    );
  });
  const address = join(folder, "door");
  await new Promise<void>((resolve, reject) => door.once("error", reject).listen(address, resolve));
  await chmod(address, 0o600);
  door.unref();
  process.env[doorVariable] = address;
  globalThis.testPostgres = { folder, door, dismissMinder: mind({ remove: folder }), cluster: () => cluster };
}

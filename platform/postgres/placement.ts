import { randomBytes } from "node:crypto";
import {
  chmod,
  cp,
  lchown,
  lstat,
  mkdir,
  readdir,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Account, chooseAccount, may } from "./account";
import { type Binaries, locateBinaries } from "./binaries";
import { ClusterError } from "./cluster-error";

/** Where a cluster lives: all three are decided together, because what root may read its server's account may not. */
export interface Placement {
  readonly account: Account | undefined;
  readonly binaries: string;
  readonly dataDirectory: string;
}

/**
 * Decides account, binaries and data folder. The folder asked for is used as it is unless we are root and the server's
 * account cannot enter it: then the data lies under `systemFolder` and the folder asked for becomes a link to it,
 * so that a restart finds it again and a fresh clone at the same path starts afresh.
 * Throws BINARIES_MISSING, NO_SYSTEM_USER or FOLDER_NOT_USABLE.
 */
export async function place(requested: string, systemFolder = "/var/lib/ipvi-hub"): Promise<Placement> {
  const installed = await locateBinaries();
  const parent = dirname(resolve(requested));
  const asked = join(parent, basename(requested));
  try {
    await mkdir(parent, { recursive: true });
    const wanted = join(await realpath(parent), basename(requested));
    const account = await chooseAccount(wanted);
    return {
      account,
      binaries: await reachableBinaries(installed, account, systemFolder),
      dataDirectory: await reachableData(wanted, account, systemFolder),
    };
  } catch (error) {
    if (error instanceof ClusterError || !(error instanceof Error)) throw error;
    throw new ClusterError(
      "FOLDER_NOT_USABLE",
      `The database folder ${asked} cannot be used: ${error.message}.`,
    );
  }
}

async function reachableBinaries(
  installed: Binaries,
  account: Account | undefined,
  systemFolder: string,
): Promise<string> {
  const { directory } = installed;
  if (account === undefined) return directory;
  const needed: ["-r" | "-x", string][] = [
    ["-x", "bin/postgres"],
    ["-x", "bin/initdb"],
    ["-x", "lib"],
    ["-r", "share/postgresql/postgres.bki"],
  ];
  const reachable = await Promise.all(
    needed.map(([check, path]) => may(account, check, join(directory, path))),
  );
  if (reachable.every(Boolean)) return directory;

  await ownFolder(systemFolder);
  const copy = join(systemFolder, `postgres-${installed.build}`);
  if ((await lstat(copy).catch(() => undefined)) === undefined) {
    const unfinished = `${copy}.${randomBytes(4).toString("hex")}`;
    await cp(directory, unfinished, { recursive: true, verbatimSymlinks: true });
    await readableByAll(unfinished);
    // Another start may have been faster: its copy is the same build.
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  await ownFolder(copy);
  return copy;
}

async function reachableData(
  wanted: string,
  account: Account | undefined,
  systemFolder: string,
): Promise<string> {
  const existing = await realpath(wanted).catch(() => undefined);
  const owner = existing === undefined ? undefined : (await stat(existing)).uid;
  if (account === undefined && owner !== undefined && owner !== process.getuid?.()) {
    throw new ClusterError(
      "FOLDER_NOT_USABLE",
      `The database folder ${wanted} belongs to another user (id ${owner}); start as that user or as root, or remove it.`,
    );
  }
  if (existing !== undefined && existing !== wanted) return existing;
  if (account === undefined) return wanted;
  if (await may(account, "-x", dirname(wanted))) {
    await hand(wanted, account);
    return wanted;
  }
  await ownFolder(systemFolder);
  await ownFolder(join(systemFolder, "data"));
  const project = basename(dirname(dirname(wanted))).replace(/[^\w.-]/g, "_");
  const target = join(systemFolder, "data", `${project}-${randomBytes(4).toString("hex")}`);
  if (existing === undefined) await rm(wanted, { force: true });
  else await rmdir(wanted);
  await symlink(target, wanted);
  return target;
}

/** Gives a data folder that root made (a restored backup, say) to the account: PostgreSQL insists on owning it. */
async function hand(path: string, account: Account): Promise<void> {
  const facts = await lstat(path).catch(() => undefined);
  if (facts === undefined || facts.uid !== 0) return;
  if (facts.isDirectory()) for (const entry of await readdir(path)) await hand(join(path, entry), account);
  await lchown(path, account.uid, account.gid);
}

/** Makes sure that `path` is a real folder which only root may change: nobody else can plant a program or a link in it. */
async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o755 });
  const facts = await lstat(path);
  if (!facts.isDirectory() || facts.uid !== 0 || (facts.mode & 0o022) !== 0) {
    throw new ClusterError(
      "FOLDER_NOT_USABLE",
      `The folder ${path} must belong to root and be writable by root alone; correct or remove it.`,
    );
  }
  await chmod(path, 0o755);
}

async function readableByAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await readableByAll(path);
    else if (entry.isFile()) await chmod(path, basename(directory) === "bin" ? 0o755 : 0o644);
  }
}

import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import { ClusterError } from "./cluster-error";

const run = promisify(execFile);

/** The system account PostgreSQL runs under; undefined stands for "whoever we are", which root may not be. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Chooses the account for a server on `dataDirectory`. An ordinary user is their own account (undefined). Root runs it as
 * the owner of an existing data folder, else as the system user `postgres`, which is created when it is missing.
 * Throws NO_SYSTEM_USER when it can be neither found nor created.
 */
export async function chooseAccount(dataDirectory: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(dataDirectory).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await find()) ?? (await create());
}

/** Whether `account` can run a shell test such as `test -x PATH`; the kernel answers, so access lists count too. */
export async function may(
  account: Account | undefined,
  check: "-r" | "-x" | "-w",
  path: string,
): Promise<boolean> {
  return run("/bin/sh", ["-c", 'test "$0" "$1"', check, path], { ...account, cwd: "/" }).then(
    () => true,
    () => false,
  );
}

async function find(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function create(): Promise<Account> {
  // shadow-utils first, then Debian's and BusyBox's adduser, which take different options.
  const attempts: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "postgres"]],
    ["adduser", ["--system", "--group", "--no-create-home", "--shell", "/bin/false", "postgres"]],
    ["adduser", ["-S", "-D", "-H", "-s", "/bin/false", "postgres"]],
  ];
  for (const [tool, args] of attempts) {
    await run(tool, args).catch(() => undefined);
    const account = await find();
    if (account !== undefined) return account;
  }
  throw new ClusterError(
    "NO_SYSTEM_USER",
    "PostgreSQL does not run as root and the system user postgres can be neither found nor created with useradd or adduser; " +
      "create a user named postgres, or start as an ordinary user.",
  );
}

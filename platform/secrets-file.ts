import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const contents = z.record(z.string(), z.string().min(16));

/** Writing takes milliseconds, so a half-written file this old was left by a process that was killed. */
const abandonedAfterMs = 10_000;

/**
 * Reads the secrets of these names from a JSON file that only its owner may read (mode 0600); those the file does not
 * hold yet are made at random (192 bits) and added, and the file and its folder are made when missing. Never changes a
 * secret it holds; processes that ask at the same moment get the same answer.
 * Throws an Error, one sentence without contents, when the file is damaged, open to others or belongs to another user.
 */
export async function readOrCreateSecrets<Name extends string>(
  path: string,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  for (;;) {
    const known = await read(path);
    if (names.every((name) => Object.hasOwn(known, name))) return known as Record<Name, string>;
    await add(path, names);
  }
}

async function read(path: string): Promise<Record<string, string>> {
  let text: string;
  try {
    if (((await stat(path)).mode & 0o077) !== 0) {
      throw new Error(`The secrets file ${path} can be read by other users; run chmod 600 on it.`);
    }
    text = await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return {};
    if (code === "EACCES") {
      throw new Error(`The secrets file ${path} belongs to another user; start as that user or as root.`);
    }
    throw error;
  }
  try {
    return contents.parse(JSON.parse(text));
  } catch {
    // Neither parser's message is passed on: both may quote the contents.
    throw new Error(
      `The secrets file ${path} is damaged; restore it, or remove it together with the data it opens.`,
    );
  }
}

/** The file being written is also the lock: only one process can create it, and renaming it releases it. */
async function add(path: string, names: readonly string[]): Promise<void> {
  const unfinished = `${path}.new`;
  await mkdir(dirname(path), { recursive: true });
  let file;
  try {
    file = await open(unfinished, "wx", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const made = await stat(unfinished).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > abandonedAfterMs)
      await rm(unfinished, { force: true });
    await sleep(10);
    return;
  }
  try {
    const secrets = await read(path);
    for (const name of names) {
      if (!Object.hasOwn(secrets, name)) secrets[name] = randomBytes(24).toString("base64url");
    }
    await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
    await file.sync();
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

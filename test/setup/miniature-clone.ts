import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { transformFile } from "@swc/core";

const project = join(__dirname, "..", "..");

/** A folder that looks like a fresh clone after installing, with one folder of the sources in it. */
export interface MiniatureClone {
  readonly directory: string;
  remove(): Promise<void>;
}

/** Copies the compiled `sources` (a folder of the project) and the npm packages named, with all they depend on. */
export async function miniatureClone(sources: string, packages: string[]): Promise<MiniatureClone> {
  const directory = await mkdtemp(join(tmpdir(), "hub-clone-"));
  await mkdir(join(directory, sources), { recursive: true });
  for (const file of await readdir(join(project, sources))) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
    const { code } = await transformFile(join(project, sources, file), {
      configFile: join(project, ".swcrc"),
    });
    await writeFile(join(directory, sources, `${basename(file, ".ts")}.js`), code);
  }
  const copied = new Set<string>();
  for (const name of packages) await copyPackage(name, directory, copied);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

async function copyPackage(name: string, directory: string, copied: Set<string>): Promise<void> {
  if (copied.has(name)) return;
  copied.add(name);
  const source = join(project, "node_modules", name);
  const described = await readFile(join(source, "package.json"), "utf8").catch(() => undefined);
  if (described === undefined) return; // optional, and not for this machine
  await cp(source, join(directory, "node_modules", name), { recursive: true, verbatimSymlinks: true });
  const { dependencies, optionalDependencies } = JSON.parse(described) as Record<string, object | undefined>;
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
    await copyPackage(needed, directory, copied);
  }
}

/** What a script run by `runScript` printed first, and the process, which may still be running. */
export interface RunningScript {
  readonly child: ChildProcess;
  readonly said: string;
}

/** Runs a script with bare Node in `directory` and resolves with its first line of output. */
export function runScript(
  script: string,
  directory: string,
  as: { uid?: number; gid?: number } = {},
): Promise<RunningScript> {
  const child = spawn(process.execPath, ["-e", script], {
    ...as,
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
    createInterface(child.stdout).once("line", (said) => resolve({ child, said }));
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`The script ended with ${code}: ${complaint}`)));
  });
}

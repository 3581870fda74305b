// Compiles the TypeScript sources to dist/, only what changed. Types are not checked here: `npm run check` does that.
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isRunning } from "./is-running.mjs";

const folders = ["bench", "cli", "gateway", "platform", "policy", "subgraphs"];

/**
 * Brings dist/ up to date. An output carries the modification time of its source, so any other time (newer or older)
 * means that it is out of date. Files are written aside and renamed: builds at the same time do not disturb each other.
 * Throws an Error naming the files that do not compile.
 */
export async function build(root) {
  const dist = join(root, "dist");
  const compiler = await compilerId(root);
  const stampFile = join(dist, ".compiler");
  const sameCompiler = (await readFile(stampFile, "utf8").catch(() => undefined)) === compiler;
  const sources = (await Promise.all(folders.map((folder) => list(join(root, folder))))).flat();
  const outputs = new Map(
    sources
      .filter((path) => /(?<!\.test|\.d)\.ts$/.test(path))
      .map((path) => [join(dist, relative(root, path)).replace(/\.ts$/, ".js"), path]),
  );
  const stale = [];
  for (const [output, source] of outputs) {
    const [from, to] = await Promise.all([stat(source), stat(output).catch(() => undefined)]);
    if (sameCompiler && to !== undefined && Math.abs(to.mtimeMs - from.mtimeMs) < 1) continue;
    stale.push({ output, source, mtime: from.mtime });
  }
  for (const path of await list(dist)) if (isLeftOver(path, outputs)) await rm(path, { force: true });
  if (stale.length > 0) await compileAll(root, stale);
  if (!sameCompiler) await put(stampFile, compiler);
}

/** An output whose source is gone, or a half-written file of a build that was killed. */
function isLeftOver(path, outputs) {
  const writer = /\.(\d+)\.new$/.exec(path)?.[1];
  return writer === undefined ? path.endsWith(".js") && !outputs.has(path) : !isRunning(Number(writer));
}

async function compileAll(root, stale) {
  const { transform } = (await import("@swc/core")).default;
  const failures = [];
  await Promise.all(
    stale.map(async ({ output, source, mtime }) => {
      const text = await readFile(source, "utf8").catch(() => undefined);
      if (text === undefined) return; // removed in this moment: the next build sees to it
      try {
        const { code } = await transform(text, {
          configFile: join(root, ".swcrc"),
          filename: source,
          sourceFileName: relative(dirname(output), source),
        });
        await put(output, code, mtime);
      } catch (error) {
        const [message] = error.message.split("\nCaused by:"); // what follows is the compiler's own stack
        failures.push(`${relative(root, source)}: ${message.trim()}`);
      }
    }),
  );
  if (failures.length > 0) throw new Error(`These sources do not compile:\n${failures.join("\n")}`);
}

async function put(path, content, mtime) {
  const aside = `${path}.${process.pid}.new`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(aside, content);
  if (mtime !== undefined) await utimes(aside, mtime, mtime);
  await rename(aside, path);
}

/** The files below a folder; what bench/ installs for itself is nobody's source. */
async function list(directory) {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const below = entries.map((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : list(path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(below)).flat();
}

/** Changes when the same source would compile to something else. */
async function compilerId(root) {
  const hash = createHash("sha256");
  for (const path of [join(root, ".swcrc"), fileURLToPath(import.meta.url)])
    hash.update(await readFile(path));
  hash.update(await readFile(join(root, "node_modules", "@swc", "core", "package.json")));
  return hash.digest("hex");
}

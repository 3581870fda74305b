// Installs the npm packages when those in node_modules are not those of package-lock.json. Bare Node only.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "./is-running.mjs";

/**
 * The versions of package-lock.json, as `npm ci` would take them. Not `npm ci` itself: that refuses a lock file made on a
 * machine whose registry lacks some other platform's builds. No package needs its install script here, so none is run.
 */
const install = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"].concat(
  // Also where NODE_ENV is production: the compiler is a development package.
  ["--include=dev", "--include=optional"],
);

/** Installs when a package is missing or of another version. Throws an Error with one sentence when that fails. */
export async function installWhenMissing(root) {
  if (isInstalled(root)) return;
  await alone(join(root, ".hub", "installing"), () => {
    if (isInstalled(root)) return;
    console.error("Installing the npm packages of package-lock.json first ...");
    // Under `npm run` npm says where it lives.
    const npm = process.env.npm_execpath?.endsWith(".js")
      ? [process.execPath, process.env.npm_execpath]
      : ["npm"];
    const [program, ...args] = [...npm, ...install];
    const { status, error } = spawnSync(program, args, { cwd: root, stdio: ["ignore", 2, 2] });
    if (error !== undefined)
      throw new Error(`npm could not be run (${error.message}); install Node.js with npm.`);
    if (status !== 0)
      throw new Error(`npm install failed (its messages are above); correct that and start again.`);
    if (!isInstalled(root))
      throw new Error("package-lock.json does not fit package.json; run npm install once.");
  });
}

/** npm records what it put into node_modules; the record is written last, so an install cut short has none. */
function isInstalled(root) {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const present = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined)
    throw new Error(`${root} holds no readable package-lock.json; is the clone complete?`);
  if (present === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || (path in present ? present[path].version === version : optional === true),
  );
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Two first starts at once: the second waits for the first. The file holds the number of the process at work. */
async function alone(lock, work) {
  mkdirSync(join(lock, ".."), { recursive: true });
  for (let waited = 0; ; waited += 1) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!isHeld(lock)) {
        rmSync(lock, { force: true });
        continue;
      }
      if (waited === 0) console.error("Waiting for another command that installs the npm packages ...");
      await sleep(200);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the process that holds the lock lives; while the file is just coming or going, ask again later. */
function isHeld(lock) {
  let holder = "";
  try {
    holder = readFileSync(lock, "utf8");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return holder === "" || isRunning(Number(holder));
}

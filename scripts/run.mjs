// The one way into the hub: node scripts/run.mjs <command> [arguments]. Runs on bare Node: what is missing is installed
// and compiled first. The command then runs in this very process, so signals and exit codes need no passing on.
import Module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What each command runs, and whether it needs the compiled code. */
const commands = {
  start: { entry: "dist/cli/start.js" },
  "start:law-enforcement": { entry: "dist/cli/start-one.js", args: ["law-enforcement"] },
  "start:advocacy": { entry: "dist/cli/start-one.js", args: ["advocacy"] },
  "start:services": { entry: "dist/cli/start-one.js", args: ["services"] },
  "start:gateway": { entry: "dist/cli/start-one.js", args: ["gateway"] },
  gateway: { entry: "dist/cli/hub.js", args: ["gateway"] },
  hub: { entry: "dist/cli/hub.js" },
  generate: { entry: "dist/cli/hub.js", args: ["generate"] },
  "bench:existence": { entry: "dist/bench/existence.js" },
  "bench:import": { entry: "dist/bench/import.js" },
  "bench:access-record": { entry: "dist/bench/access-record.js" },
  "bench:cold": { entry: "dist/bench/cold-operations.js" },
  "bench:alerts": { entry: "dist/bench/alerts.js" },
  "bench:conference": { entry: "dist/bench/conference.js" },
  soak: { entry: "bench/soak.mjs" },
  test: { entry: "node_modules/jest/bin/jest.js" },
  "fuzz:access": { entry: "scripts/fuzz.mjs", args: ["access"], compiled: false },
  "fuzz:gate": { entry: "scripts/fuzz.mjs", args: ["gate"], compiled: false },
  faults: { entry: "scripts/faults.mjs" },
  check: { entry: "scripts/check.mjs", compiled: false },
  format: { entry: "node_modules/prettier/bin/prettier.cjs", args: ["--write", "."], compiled: false },
};

function fail(message) {
  console.error(message);
  process.exit(1);
}

function requireNode(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `The hub needs Node.js 20.19 or newer, and this is ${version}; install a newer one from https://nodejs.org.`,
  );
}

/**
 * A Ctrl-C in a terminal reaches this process twice when npm started it: from the terminal and, in the same moment, from
 * npm. Whoever listens hears one; a second Ctrl-C by a person comes later and is heard.
 */
function hearSignalsOnce() {
  const heard = new Map();
  const emit = process.emit;
  process.emit = function (name, ...rest) {
    if (name === "SIGINT" || name === "SIGTERM") {
      const now = performance.now();
      if (now - (heard.get(name) ?? -Infinity) < 500) return true;
      heard.set(name, now);
    }
    return emit.call(this, name, ...rest);
  };
}

requireNode(process.versions.node);
const [name, ...given] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
if (command === undefined)
  fail(`Usage: node scripts/run.mjs <${Object.keys(commands).join(" | ")}> [arguments]`);

process.chdir(root);
try {
  const { installWhenMissing } = await import("./install.mjs");
  await installWhenMissing(root);
  if (command.compiled !== false) {
    const { build } = await import("./build.mjs");
    await build(root);
  }
} catch (error) {
  fail(error.message);
}
process.setSourceMapsEnabled(true);
hearSignalsOnce();
process.argv = [process.argv[0], join(root, command.entry), ...(command.args ?? []), ...given];
Module.runMain();

// Everything a machine can say about the sources: types, format, lint, boundaries. All four run, then the exit code tells.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const folders = ["bench", "cli", "gateway", "platform", "policy", "scripts", "subgraphs", "test"];

const checks = [
  ["types", "typescript/bin/tsc", "--noEmit"],
  ["format", "prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."],
  ["lint", "eslint/bin/eslint.js", ...folders, "--max-warnings", "0", "--no-error-on-unmatched-pattern"],
  ["boundaries", "dependency-cruiser/bin/dependency-cruise.mjs", ...folders, "--output-type", "err-long"],
];

const failed = checks.filter(([title, program, ...args]) => {
  console.log(`--- ${title}`);
  const { status } = spawnSync(process.execPath, [join("node_modules", program), ...args], {
    stdio: "inherit",
  });
  return status !== 0;
});
console.log(
  failed.length === 0 ? "All checks passed." : `Failed: ${failed.map(([title]) => title).join(", ")}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

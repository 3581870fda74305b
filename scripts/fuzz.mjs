// Much of what the tests do a little of, by chance: npm run fuzz:access -- --runs 1000000 [--seed S], npm run fuzz:gate.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** What is tried, how often when nobody says and at the least, and where it reads how often and from which seed. */
const kinds = {
  access: {
    of: "operations",
    runs: "100000",
    fewest: 1_000,
    tests: "test/access/canary",
    variables: "ACCESS",
  },
  gate: { of: "stories", runs: "2000", fewest: 1, tests: "test/gate/gate.property", variables: "GATE" },
};

const number = (value, name) => {
  if (/^\d+$/.test(value)) return value;
  console.error(`--${name} takes a whole number.`);
  process.exit(1);
};
const { values, positionals } = parseArgs({
  options: { runs: { type: "string" }, seed: { type: "string" } },
  allowPositionals: true,
});
const kind = kinds[positionals[0]];
const runs = number(values.runs ?? kind.runs, "runs");
if (Number(runs) < kind.fewest) {
  console.error(`--runs takes ${kind.fewest} at the least: fewer ${kind.of} try too little to say anything.`);
  process.exit(1);
}
const seed = number(values.seed ?? String(Date.now() % 2 ** 31), "seed");
process.env[`${kind.variables}_RUNS`] = runs;
process.env[`${kind.variables}_SEED`] = seed;
console.log(`${runs} ${kind.of}, seed ${seed}`);

const require = createRequire(import.meta.url);
const jest = fileURLToPath(new URL("../node_modules/jest/bin/jest.js", import.meta.url));
process.argv = [process.argv[0], jest, "--verbose", kind.tests];
require(jest);

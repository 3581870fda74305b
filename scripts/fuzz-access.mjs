// Random operations of everybody at every door, as many as asked for: npm run fuzz:access -- --runs 1000000 [--seed S].
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const number = (value, name) => {
  if (/^\d+$/.test(value)) return value;
  console.error(`--${name} takes a whole number.`);
  process.exit(1);
};
const { values } = parseArgs({ options: { runs: { type: "string" }, seed: { type: "string" } } });
process.env.ACCESS_RUNS = number(values.runs ?? "100000", "runs");
process.env.ACCESS_SEED = number(values.seed ?? String(Date.now() % 2 ** 31), "seed");
console.log(`${process.env.ACCESS_RUNS} operations, seed ${process.env.ACCESS_SEED}`);

const require = createRequire(import.meta.url);
const jest = fileURLToPath(new URL("../node_modules/jest/bin/jest.js", import.meta.url));
process.argv = [process.argv[0], jest, "--verbose", "test/access/canary"];
require(jest);

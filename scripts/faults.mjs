// Kills the hub's processes and servers at random while arrests are recorded, and measures what is withdrawn: npm run faults
// -- --minutes 3 [--seed S].
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(values.minutes ?? "3");
if (!(minutes > 0 && minutes <= 600)) {
  console.error("--minutes takes a number from 0 to 600.");
  process.exit(1);
}
process.env.FAULTS_SECONDS = String(Math.max(1, Math.round(minutes * 60)));
process.env.FAULTS_SEED = values.seed ?? String(Date.now() % 2 ** 31);
console.log(`${process.env.FAULTS_SECONDS} s of faults, seed ${process.env.FAULTS_SEED}`);

const require = createRequire(import.meta.url);
const jest = fileURLToPath(new URL("../node_modules/jest/bin/jest.js", import.meta.url));
process.argv = [process.argv[0], jest, "--verbose", "--runInBand", "test/faults"];
require(jest);

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VIOLENT_OFFENCE_CODES } from "./domain/offence-codes";
import { PREDICATE_NAMES } from "./domain/predicates";
import { readTierRules, TierRulesError, type RulesProblem } from "./tier-rules-file";

const SITE = join(__dirname, "../../site/tier-rules.json");
const folder = mkdtempSync(join(tmpdir(), "tier-rules-"));
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(text: string): readonly RulesProblem[] {
  const path = join(folder, "rules.json");
  writeFileSync(path, text);
  try {
    readTierRules(path);
  } catch (error) {
    if (error instanceof TierRulesError) return error.problems;
    throw error;
  }
  return [];
}

const good = {
  id: "s",
  version: 1,
  effectiveFrom: "2024-01-01",
  levels: ["A", "B", "C", "D"],
  criteria: [
    {
      id: "k",
      level: "D",
      predicate: "suspected-ipv",
      enabled: true,
      lookBackMonths: null,
      parameters: { atLeast: 1 },
    },
  ],
};
const [first] = good.criteria;

test("L13: the site's file is read, uses every predicate and marks every choice of its own", () => {
  const rules = readTierRules(SITE);
  expect(rules).toEqual(JSON.parse(readFileSync(SITE, "utf8")));
  expect(new Set(rules.criteria.map((one) => one.predicate))).toEqual(new Set(PREDICATE_NAMES));
  expect(rules.criteria.every((one) => /NNSC issue brief, level [A-D]/.test(one.note ?? ""))).toBe(true);
  const history = rules.criteria.find((one) => one.predicate === "violent-history");
  expect(history?.parameters).toMatchObject({ offenceCodes: VIOLENT_OFFENCE_CODES });
});

test("L13: a plain rule set is accepted", () => expect(problemsOf(JSON.stringify(good))).toEqual([]));

test.each([
  ["an unknown predicate", { criteria: [{ ...first, predicate: "score" }] }, "$.criteria[0].predicate"],
  ["an unknown level", { criteria: [{ ...first, level: "E" }] }, "$.criteria[0].level"],
  [
    "another predicate's parameter",
    { criteria: [{ ...first, parameters: { atLeast: 1, countBy: "charge" } }] },
    "$.criteria[0].parameters",
  ],
  ["a missing parameter", { criteria: [{ ...first, parameters: {} }] }, "$.criteria[0].parameters.atLeast"],
  [
    "a count of none",
    { criteria: [{ ...first, parameters: { atLeast: 0 } }] },
    "$.criteria[0].parameters.atLeast",
  ],
  [
    "a look-back of no month",
    { criteria: [{ ...first, lookBackMonths: 0 }] },
    "$.criteria[0].lookBackMonths",
  ],
  [
    "a look-back left out",
    { criteria: [{ ...first, lookBackMonths: undefined }] },
    "$.criteria[0].lookBackMonths",
  ],
  ["a repeated id", { criteria: [first, first] }, "$.criteria[1].id"],
  ["an unknown key", { levelled: true }, "$"],
  ["levels in another order", { levels: ["D", "C", "B", "A"] }, "$.levels[0]"],
  ["a day that is none", { effectiveFrom: "2024-02-30" }, "$.effectiveFrom"],
  ["no criterion", { criteria: [] }, "$.criteria"],
])("L13: %s is refused with its path", (_, differs, path) => {
  expect(problemsOf(JSON.stringify({ ...good, ...differs })).map((one) => one.path)).toContain(path);
});

test("L13: an unknown offence code is refused with its path", () => {
  const parameters = { offenceCodes: ["13A", "13Z"], dispositions: ["convicted"] };
  const criteria = [{ ...first, predicate: "violent-history", parameters }];
  expect(problemsOf(JSON.stringify({ ...good, criteria }))).toEqual([
    { path: "$.criteria[0].parameters.offenceCodes[1]", reason: "is no NIBRS offence code" },
  ]);
});

test("L13: all problems at once, a repeated id beside the others", () => {
  const criteria = [first, { ...first, predicate: "score" }];
  const paths = problemsOf(JSON.stringify({ ...good, version: 0, effectiveFrom: "soon", criteria })).map(
    (one) => one.path,
  );
  expect(paths.sort()).toEqual([
    "$.criteria[1].id",
    "$.criteria[1].predicate",
    "$.effectiveFrom",
    "$.version",
  ]);
});

test("L13: a file that is not JSON, or not there, is refused", () => {
  expect(problemsOf("{")).toEqual([{ path: "$", reason: "is not JSON" }]);
  expect(() => readTierRules(join(folder, "absent.json"))).toThrow(TierRulesError);
});

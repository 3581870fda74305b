import { readFileSync } from "node:fs";
import { z } from "zod";
import { isDay } from "./domain/calendar";
import { offence } from "./domain/offence-codes";
import type { TierRuleSet } from "./domain/tier-rules";

/** One thing wrong with a rules file: where (JSON path from the root, "$" for the file itself) and why. */
export interface RulesProblem {
  readonly path: string;
  readonly reason: string;
}

/** The rules file cannot be used. Holds every problem found, not only the first. */
export class TierRulesError extends Error {
  readonly code = "TIER_RULES_INVALID";

  constructor(
    readonly file: string,
    readonly problems: readonly RulesProblem[],
  ) {
    super([`tier rules ${file}:`, ...problems.map((one) => `  ${one.path}: ${one.reason}`)].join("\n"));
    this.name = "TierRulesError";
  }
}

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be lower-case letters, digits and hyphens");
const atLeast = z.int().min(1).max(100);
const offenceCode = z.string().refine((code) => offence(code).ok, "is no NIBRS offence code");

const common = {
  id: name,
  level: z.enum(["A", "B", "C", "D"]),
  enabled: z.boolean(),
  lookBackMonths: z.int().min(1).max(1200).nullable(),
  note: z.string().optional(),
};

const criterion = z.discriminatedUnion("predicate", [
  z.strictObject({
    ...common,
    predicate: z.literal("suspected-ipv"),
    parameters: z.strictObject({ atLeast }),
  }),
  z.strictObject({
    ...common,
    predicate: z.literal("ipv-charges"),
    parameters: z.strictObject({ atLeast, countBy: z.enum(["charge", "incident"]) }),
  }),
  z.strictObject({
    ...common,
    predicate: z.literal("prohibited-behaviour"),
    parameters: z.strictObject({ atLeast }),
  }),
  z.strictObject({
    ...common,
    predicate: z.literal("order-violation"),
    parameters: z.strictObject({ atLeast }),
  }),
  z.strictObject({
    ...common,
    predicate: z.literal("violent-history"),
    parameters: z.strictObject({
      offenceCodes: z.array(offenceCode),
      dispositions: z.array(z.enum(["pending", "convicted"])).min(1),
    }),
  }),
  z.strictObject({
    ...common,
    predicate: z.literal("ipv-charge-with-weapon"),
    parameters: z.strictObject({ countAsphyxiation: z.boolean() }),
  }),
  z.strictObject({ ...common, predicate: z.literal("ipv-conviction"), parameters: z.strictObject({}) }),
]);

const ruleSet = z.strictObject({
  id: name,
  version: z.int().min(1),
  effectiveFrom: z.string().refine(isDay, "must be a day, YYYY-MM-DD"),
  levels: z.tuple([z.literal("A"), z.literal("B"), z.literal("C"), z.literal("D")]),
  criteria: z.array(criterion).min(1),
  note: z.string().optional(),
});

function jsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => text + (typeof step === "number" ? `[${step}]` : `.${String(step)}`),
    "$",
  );
}

/** Looks at the raw data, so that a repeated id is reported even where other problems stop the schema early. */
function repeatedIds(raw: unknown): readonly RulesProblem[] {
  const criteria = z.object({ criteria: z.array(z.unknown()) }).safeParse(raw);
  if (!criteria.success) return [];
  const first = new Map<string, number>();
  return criteria.data.criteria.flatMap((entry, index) => {
    const found = z.object({ id: z.string() }).safeParse(entry);
    if (!found.success) return [];
    const earlier = first.get(found.data.id);
    if (earlier === undefined) first.set(found.data.id, index);
    return earlier === undefined
      ? []
      : [{ path: `$.criteria[${index}].id`, reason: `repeats the id of $.criteria[${earlier}]` }];
  });
}

function content(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new TierRulesError(path, [{ path: "$", reason }]);
  }
}

/**
 * Reads a site's tier rules from a JSON file. Refuses unknown predicates, unknown keys, parameters that are not the
 * predicate's, unknown offence codes, repeated criterion ids. Throws TierRulesError (code TIER_RULES_INVALID) with every
 * problem at once.
 */
export function readTierRules(path: string): TierRuleSet {
  const raw = content(path);
  const parsed = ruleSet.safeParse(raw);
  const problems = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => ({ path: jsonPath(issue.path), reason: issue.message }))),
    ...repeatedIds(raw),
  ];
  if (!parsed.success || problems.length > 0) throw new TierRulesError(path, problems);
  return parsed.data;
}

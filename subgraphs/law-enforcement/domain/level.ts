import { isDay, type Day } from "./calendar";
import { countableFacts, type CountableFacts, type HeldFact, type NotCountedFact } from "./countable-facts";
import type { OffenderFacts } from "./offender-facts";
import { evaluate } from "./predicates";
import { reasonCategory, type ReasonCategory } from "./reason-category";
import { compareLevels, type Level, type PredicateName, type TierRuleSet } from "./tier-rules";

/** A criterion that holds, and the facts it holds on. */
export interface FiredCriterion {
  readonly criterionId: string;
  readonly level: Level;
  readonly predicate: PredicateName;
  readonly factIds: readonly string[];
  /** The limited form for advocates (form L5 of the matrix), and nothing else may go to them. Of the criterion alone (L12). */
  readonly category: ReasonCategory;
}

/** What the brief's table has no box for, so that the person who confirms sees it. */
export interface Mark {
  readonly code:
    | "PREVIOUS_OFFENCE_OUTSIDE_TABLE" // one IPV charge and a previous offence that raises no level
    | "PROBABLE_CAUSE_WITHOUT_CHARGE" // suspected, with probable cause or an arrest, yet no charge that counts
    | "BEFORE_RULES_IN_EFFECT"; // the as-of day lies before the rule set's first day
  readonly factIds: readonly string[];
}

/** What the machine proposes. Nothing of it takes effect before a named person confirms it. */
export interface Proposal {
  /** `null` when no criterion holds. */
  readonly level: Level | null;
  readonly asOf: Day;
  readonly ruleSet: { readonly id: string; readonly version: number };
  /** Every enabled criterion that holds, not only those of the proposed level; highest level first. */
  readonly fired: readonly FiredCriterion[];
  readonly heldForReview: readonly HeldFact[];
  readonly notCounted: readonly NotCountedFact[];
  readonly marks: readonly Mark[];
  /** At every level; without it level A above all would be a machine's verdict. */
  readonly requiresNamedConfirmation: true;
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function distinct<Entry extends { factId: string; reason: string }>(
  entries: readonly Entry[],
): readonly Entry[] {
  const key = (entry: Entry): string => `${entry.factId} ${entry.reason}`;
  return [...new Map(entries.map((entry) => [key(entry), entry])).values()].sort((a, b) =>
    byText(key(a), key(b)),
  );
}

function marksOf(
  ruleSet: TierRuleSet,
  facts: CountableFacts,
  winning: readonly FiredCriterion[],
): readonly Mark[] {
  const marks: Mark[] = [];
  const mark = (code: Mark["code"], factIds: readonly string[]): void => {
    marks.push({ code, factIds: [...new Set(factIds)].sort() });
  };
  if (facts.asOf < ruleSet.effectiveFrom) mark("BEFORE_RULES_IN_EFFECT", []);

  const criteria = winning.flatMap((won) => ruleSet.criteria.filter((one) => one.id === won.criterionId));
  if (criteria.length === 0) return marks;
  if (criteria.every((one) => one.predicate === "ipv-charges" && one.parameters.atLeast === 1)) {
    const previous = [...facts.charges.filter((one) => !one.ipv), ...facts.priorRecords].map((one) => one.id);
    if (previous.length > 0) mark("PREVIOUS_OFFENCE_OUTSIDE_TABLE", previous);
  }
  if (criteria.every((one) => one.predicate === "suspected-ipv")) {
    const arrested = facts.incidents
      .filter((one) => one.intimatePartner && one.probableCause)
      .map((one) => one.id);
    if (arrested.length > 0) mark("PROBABLE_CAUSE_WITHOUT_CHARGE", arrested);
  }
  return marks;
}

/**
 * Proposes a level: the highest level of which an enabled criterion of the rule set holds on `asOf`. Source: NNSC issue
 * brief, example table; the rule set is the site's.
 *
 * Promises: one more qualifying fact never lowers it (L4); the order of facts says nothing (L5); dual-party facts never
 * count (L3); dismissed and acquitted charges never count (L6); switching a criterion off never raises it (L7); every
 * criterion that holds is reported with its facts (L8); what was not known on `asOf` does not count (L14).
 *
 * `asOf` is a calendar day at the site, 'YYYY-MM-DD'; throws RangeError otherwise. A fact that cannot be read is held for
 * a person and stops nothing else.
 */
export function proposeLevel(ruleSet: TierRuleSet, facts: OffenderFacts, asOf: Day): Proposal {
  if (!isDay(asOf)) throw new RangeError("asOf is a day, written YYYY-MM-DD");
  const countable = countableFacts(facts, asOf);

  const fired: FiredCriterion[] = [];
  const held = [...countable.held];
  for (const criterion of ruleSet.criteria.filter((one) => one.enabled)) {
    const finding = evaluate(criterion, countable);
    held.push(...finding.held);
    if (!finding.fired) continue;
    const { id, level, predicate } = criterion;
    const category = reasonCategory(criterion);
    fired.push({ criterionId: id, level, predicate, factIds: finding.factIds, category });
  }
  fired.sort((one, other) => compareLevels(other.level, one.level));

  const level = fired[0]?.level ?? null;
  const winning = fired.filter((one) => one.level === level);
  return {
    level,
    asOf,
    ruleSet: { id: ruleSet.id, version: ruleSet.version },
    fired,
    heldForReview: distinct(held),
    notCounted: distinct(countable.notCounted),
    marks: marksOf(ruleSet, countable, winning),
    requiresNamedConfirmation: true,
  };
}

/**
 * The reasons in the form advocates get (form L5 of the matrix): categories, each once, strongest level first. No fact,
 * count, date or id, and the same whether a record is local, a court's or national (L12). A category left out where it
 * rests on national history alone would say just that: a level without a reason. Source: CJIS Security Policy, national
 * history goes to criminal-justice roles only.
 */
export function limitedReasons(proposal: Pick<Proposal, "fired">): readonly ReasonCategory[] {
  return [...new Set(proposal.fired.map((one) => one.category))];
}

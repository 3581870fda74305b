import { lookBack, type Day } from "./calendar";
import { normalCode } from "./code-table";
import type { CountableFacts, HeldFact } from "./countable-facts";
import { offence } from "./offence-codes";
import type { Criterion, PredicateName, PredicateParameters } from "./tier-rules";
import { weaponFlags } from "./weapon-codes";

/** What a predicate found in the facts: whether it holds, on which facts, and what it could not judge. */
export interface Finding {
  readonly fired: boolean;
  /** Ids of the facts that qualify, each once, sorted. */
  readonly factIds: readonly string[];
  readonly held: readonly HeldFact[];
}

/** Collects what qualifies within one look-back; an undated fact under a limit is held, not guessed. */
class Tally {
  private readonly units = new Map<string, Set<string>>();
  readonly held: HeldFact[] = [];

  constructor(
    private readonly facts: CountableFacts,
    private readonly lookBackMonths: number | null,
  ) {}

  /** `unit` is what is counted: the fact itself unless it stands for something larger, as a charge for its incident. */
  add(factId: string, date: Day | null, unit: string = factId): void {
    const place = lookBack(date, this.lookBackMonths, this.facts.asOf);
    if (place === "undated") this.held.push({ factId, reason: "undated" });
    if (place === "inside") this.units.set(unit, (this.units.get(unit) ?? new Set()).add(factId));
  }

  hold(factId: string, reason: HeldFact["reason"]): void {
    this.held.push({ factId, reason });
  }

  finding(atLeast: number): Finding {
    const factIds = [...new Set([...this.units.values()].flatMap((ids) => [...ids]))].sort();
    return { fired: this.units.size >= atLeast, factIds, held: this.held };
  }
}

type Predicate<Name extends PredicateName> = (
  tally: Tally,
  facts: CountableFacts,
  parameters: PredicateParameters[Name],
) => Finding;

/*
 * Every predicate is monotone: it asks only whether enough qualifying facts are there, never whether some are absent.
 * "no previous offence" (level C) and "no probable cause" (level D) in the brief's table tell those levels from higher
 * ones; read as conditions they would let a new fact push a person out of every box. They are marks of the explanation.
 */
const PREDICATES: { readonly [Name in PredicateName]: Predicate<Name> } = {
  /** NNSC issue brief, level D. */
  "suspected-ipv": (tally, facts, { atLeast }) => {
    for (const one of facts.incidents) if (one.intimatePartner) tally.add(one.id, one.occurredOn);
    return tally.finding(atLeast);
  },

  /**
   * NNSC issue brief, levels C (one), B (two) and A (three). Dated by the day of filing. An
   * older record of an IPV charge may be one of these charges seen from elsewhere: a person says, it is not counted twice.
   */
  "ipv-charges": (tally, facts, { atLeast, countBy }) => {
    for (const one of facts.charges.filter((charge) => charge.ipv)) {
      tally.add(one.id, one.filedOn, countBy === "incident" ? (one.incidentId ?? one.id) : one.id);
    }
    for (const one of facts.priorRecords) {
      if (one.ipv && one.disposition !== "convicted") tally.hold(one.id, "unlinked-ipv-charge");
    }
    return tally.finding(atLeast);
  },

  /** NNSC issue brief, level B. */
  "prohibited-behaviour": (tally, facts, { atLeast }) => {
    for (const one of facts.prohibitedBehaviour) tally.add(one.id, one.occurredOn);
    return tally.finding(atLeast);
  },

  /**
   * NNSC issue brief, level A. A violation reported and also charged is one when both name its incident; a charge or a
   * report without an incident stands for itself.
   */
  "order-violation": (tally, facts, { atLeast }) => {
    for (const one of facts.orderViolations) tally.add(one.id, one.occurredOn, one.incidentId ?? one.id);
    for (const one of facts.charges) {
      if (one.orderViolation) tally.add(one.id, one.filedOn, one.incidentId ?? one.id);
    }
    return tally.finding(atLeast);
  },

  /**
   * NNSC issue brief, level A. History is older records of any kind and charges that are not IPV: an IPV charge has
   * predicates of its own and is not its own history. A violent record whose disposition the source does not give is held
   * for a person.
   */
  "violent-history": (tally, facts, { offenceCodes, dispositions }) => {
    const violentCodes = new Set(offenceCodes.map(normalCode));
    for (const one of facts.charges) {
      if (one.ipv) continue;
      if (!offence(one.offenceCode).ok) tally.hold(one.id, "unknown-offence-code");
      else if (violentCodes.has(normalCode(one.offenceCode)) && dispositions.includes(one.disposition)) {
        tally.add(one.id, one.filedOn);
      }
    }
    for (const one of facts.priorRecords) {
      const known = one.offenceCode === null || offence(one.offenceCode).ok;
      const listed = one.offenceCode !== null && violentCodes.has(normalCode(one.offenceCode));
      if (!one.violent && !listed) {
        if (!known) tally.hold(one.id, "unknown-offence-code");
      } else if (one.disposition === "unknown") tally.hold(one.id, "disposition-unknown");
      else if (dispositions.includes(one.disposition)) tally.add(one.id, one.occurredOn);
    }
    return tally.finding(1);
  },

  /** NNSC issue brief, level A; NIBRS data element 13. A code that cannot be read is held for a person. */
  "ipv-charge-with-weapon": (tally, facts, { countAsphyxiation }) => {
    for (const one of facts.charges.filter((charge) => charge.ipv)) {
      const flags = weaponFlags(one.weaponCodes);
      if (!flags.ok) tally.hold(one.id, "unknown-weapon-code");
      else if (flags.value.involvesWeapon || (countAsphyxiation && flags.value.asphyxiation)) {
        tally.add(one.id, one.filedOn);
      }
    }
    return tally.finding(1);
  },

  /** NNSC issue brief, level A. Dated by the conviction, else by the filing or the offence. */
  "ipv-conviction": (tally, facts) => {
    for (const one of facts.charges) {
      if (one.ipv && one.disposition === "convicted") tally.add(one.id, one.dispositionOn ?? one.filedOn);
    }
    for (const one of facts.priorRecords) {
      if (one.ipv && one.disposition === "convicted") tally.add(one.id, one.dispositionOn ?? one.occurredOn);
    }
    return tally.finding(1);
  },
};

/** The names a rule set may use. */
export const PREDICATE_NAMES = Object.keys(PREDICATES) as readonly PredicateName[];

/** What one criterion finds in the facts, whether it is enabled or not. */
export function evaluate(criterion: Criterion, facts: CountableFacts): Finding {
  // The compiler cannot follow that a criterion's name and its parameters belong together; the mapped type says so.
  const predicate = PREDICATES[criterion.predicate] as Predicate<PredicateName>;
  return predicate(new Tally(facts, criterion.lookBackMonths), facts, criterion.parameters);
}

import { compareAddresses } from "./domain/compare-addresses";
import {
  newestRule,
  unsafeBecause,
  type OutreachMeans,
  type SafetyFacts,
  type Unsafe,
} from "./domain/safe-contact";
import type { AdvocacyContext } from "./graphql/context";
import { ruleOf } from "./store/safe-contact";

/** Clocks of two machines differ. */
const CLOCK_TOLERANCE_MS = 60_000;

/** How the victim of one case may be turned to, as far as is known at this moment. */
export interface SafeOutreach {
  readonly rule: SafetyFacts["rule"];
  /** Why not by this means; null: it is safe. A letter asks for her addresses and his to be known to be apart. */
  readonly unsafe: (means: OutreachMeans, at?: Date) => Unsafe;
}

/**
 * What every letter, call, message and visit has to pass. Null: the case is not on the advocate's caseload, or not open to
 * her. Law enforcement is asked for his addresses each time, whether or not the victim is a client; without its answer no
 * letter is safe. Her own addresses leave this process never.
 */
export async function safeOutreachOf(
  { rows, policeAddresses, outreachTerms, now }: AdvocacyContext,
  id: string,
): Promise<SafeOutreach | null> {
  const records = rows.ownRecords();
  const own = await records?.own(id);
  if (!records || !own) return null;
  // Asked before it is known whether she is a client: nobody could tell it by which question her case is in, or when.
  const asked = policeAddresses.load(own.caseId);
  const [police, told] = await Promise.all([asked, records.safety(own.caseId)]);
  if (told === null) return null;
  const addresses = police ? compareAddresses([...told.addresses, ...police.hers], police.his) : "unknown";
  const rules = told.rules.map(ruleOf);
  /** What she said later than that allowed nothing then. */
  const ruleAt = (at: Date) =>
    newestRule(rules.filter(({ toldAt }) => toldAt.getTime() <= at.getTime() + CLOCK_TOLERANCE_MS));
  return {
    rule: newestRule(rules),
    unsafe: (means, at = now()) => unsafeBecause({ rule: ruleAt(at), addresses }, means, outreachTerms, at),
  };
}

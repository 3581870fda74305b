import type { UnknownCode } from "./code-table";
import { relationshipClass, type RelationshipClass } from "./relationship-codes";
import { accept, refuse, type Result } from "./result";

/**
 * The hub's own word for the tie, beside NIBRS's: it knows what NIBRS has no code for (a child in common and nothing
 * else). Every value but "not-intimate" says intimate partner. "not-intimate" settles an unknown relationship, but never
 * takes away what NIBRS says.
 */
export type HubRelationship =
  | "married"
  | "divorced-or-separated"
  | "dating"
  | "formerly-dating"
  | "cohabiting-partner"
  | "child-in-common"
  | "not-intimate";

/** One victim and one offender of an incident. `null` where that source says nothing. */
export interface RelationshipPair {
  readonly victimId: string;
  readonly offenderId: string;
  readonly nibrsCode: string | null;
  readonly hubRelationship: HubRelationship | null;
}

/** Something a person has to look at before the incident is used. */
export type RelationshipReview =
  | { readonly kind: "primary-aggressor"; readonly victimId: string }
  | { readonly kind: "unknown-relationship"; readonly victimId: string; readonly offenderId: string };

/** What an incident's pairs say, in the order given. */
export interface IncidentRelationships {
  readonly pairs: readonly (RelationshipPair & { readonly class: RelationshipClass })[];
  /** At least one pair is of intimate partners. */
  readonly intimatePartner: boolean;
  /** The offenders who are a victim's intimate partner; an incident may have others too. */
  readonly intimatePartnerOffenderIds: readonly string[];
  /** At least one intimate-partner victim is recorded as an offender too. Never tiered automatically. */
  readonly dualParty: boolean;
  readonly reviews: readonly RelationshipReview[];
}

/** Why an incident's pairs cannot be read. */
export type RelationshipRefusal =
  | UnknownCode
  | { readonly code: "TOO_MANY_PAIRS"; readonly victimId: string }
  | { readonly code: "PAIR_REPEATED"; readonly victimId: string; readonly offenderId: string };

/** NIBRS data elements 34 and 35 repeat up to ten times for one victim. */
export const PAIRS_PER_VICTIM = 10;

/** The hub's own field says that these two are or were partners. */
function hubSaysPartners(pair: RelationshipPair): boolean {
  return pair.hubRelationship !== null && pair.hubRelationship !== "not-intimate";
}

function classOf(pair: RelationshipPair): Result<RelationshipClass, UnknownCode> {
  const nibrs =
    pair.nibrsCode === null ? accept<RelationshipClass>("unknown") : relationshipClass(pair.nibrsCode);
  if (!nibrs.ok || nibrs.value === "victim-was-offender") return nibrs;
  if (hubSaysPartners(pair)) return accept("intimate-partner");
  return nibrs.value === "unknown" && pair.hubRelationship === "not-intimate" ? accept("known") : nibrs;
}

/**
 * Classifies every victim-offender pair of one incident and marks the incident.
 *
 * - A pair is of intimate partners when NIBRS or the hub's own field says so.
 * - VO ("victim was offender") says nothing of the tie. A victim with VO and at least one intimate-partner pair makes
 *   the incident dual-party and opens a primary-aggressor review (L3). A VO pair keeps its class; when the hub's own field
 *   calls those two partners, it is an intimate-partner pair as well.
 * - An unknown relationship (RU, or no source at all) opens an unknown-relationship review and is never guessed (L2).
 *
 * Refuses with UNKNOWN_RELATIONSHIP_CODE, TOO_MANY_PAIRS (more than ten for a victim), PAIR_REPEATED (one victim and
 * offender twice: two classes for one tie). Source: NIBRS data elements 34 and 35.
 */
export function incidentRelationships(
  pairs: readonly RelationshipPair[],
): Result<IncidentRelationships, RelationshipRefusal> {
  const classified: (RelationshipPair & { class: RelationshipClass })[] = [];
  const byVictim = new Map<string, { class: RelationshipClass; partner: boolean; offenderId: string }[]>();
  for (const pair of pairs) {
    const found = classOf(pair);
    if (!found.ok) return found;
    const { victimId, offenderId } = pair;
    const known = byVictim.get(victimId) ?? [];
    if (known.some((one) => one.offenderId === offenderId))
      return refuse({ code: "PAIR_REPEATED", victimId, offenderId });
    if (known.length === PAIRS_PER_VICTIM) return refuse({ code: "TOO_MANY_PAIRS", victimId });
    const partner = found.value === "intimate-partner" || hubSaysPartners(pair);
    byVictim.set(victimId, [...known, { class: found.value, partner, offenderId }]);
    classified.push({ ...pair, class: found.value });
  }

  const reviews: RelationshipReview[] = [];
  for (const [victimId, ties] of byVictim) {
    const alsoOffender = ties.some((tie) => tie.class === "victim-was-offender");
    if (alsoOffender && ties.some((tie) => tie.partner))
      reviews.push({ kind: "primary-aggressor", victimId });
    for (const tie of ties) {
      if (tie.class === "unknown") {
        reviews.push({ kind: "unknown-relationship", victimId, offenderId: tie.offenderId });
      }
    }
  }
  const partners = [...byVictim.values()].flatMap((ties) => ties.filter((tie) => tie.partner));
  return accept({
    pairs: classified,
    intimatePartner: partners.length > 0,
    intimatePartnerOffenderIds: [...new Set(partners.map((tie) => tie.offenderId))].sort(),
    dualParty: reviews.some((review) => review.kind === "primary-aggressor"),
    reviews,
  });
}

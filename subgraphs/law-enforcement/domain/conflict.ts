/**
 * The conflict wall and the compartment as pure statements: `policy/conflict-wall.ts` says the same in SQL, and a property
 * test holds the two together. Source: an abusive partner may work for a partner agency, and so may his sister, or the
 * victim; a case against an officer is kept from his colleagues.
 */

export const CONFLICT_REASONS = ["party", "related", "named-employee"] as const;
/** Why somebody is cut off: party to a case, related to one who is, or an employee named on it. */
export type ConflictReason = (typeof CONFLICT_REASONS)[number];

/** One live conflict of one employee: about a case, or about an abusive partner of whom there need be no case yet. */
export interface Conflict {
  readonly why: ConflictReason;
  readonly caseId: string | null;
  readonly personId: string | null;
}

/** One person and one victim. */
export interface CaseOfTwo {
  readonly id: string;
  readonly personId: string;
  readonly victimId: string;
}

/** Who took part in an incident, as far as they are linked to a record of the hub; null: not linked. */
export interface IncidentParties {
  readonly personIds: readonly (string | null)[];
  readonly victimIds: readonly (string | null)[];
}

/** What one reader is cut off from. Everything else follows: what hangs on a barred row is barred with it. */
export interface Barred {
  /** Abusive partners whose record is shut. */
  readonly persons: ReadonlySet<string>;
  /** Victims, through whichever case or incident they would be seen. */
  readonly victims: ReadonlySet<string>;
  /** Abusive partners with a case that is sealed from the reader: their contacts are shut, since a contact names no case. */
  readonly sealedPersons: ReadonlySet<string>;
}

/**
 * What a reader is cut off from (L20, L21).
 *
 * A party and a relative: the abusive partner, all that hangs on him, and every victim of a case of his. An employee
 * named on a case: its victim; the abusive partner stays, since what is his alone says nothing of her. `sealed`: the cases
 * in a compartment of which the reader is no named reader: their victims, and the abusive partner too unless another case
 * of his is open to the reader.
 */
export function barredFrom(
  conflicts: readonly Conflict[],
  cases: readonly CaseOfTwo[],
  sealed: ReadonlySet<string>,
): Barred {
  const persons = new Set<string>();
  const victims = new Set<string>();
  for (const { why, caseId, personId } of conflicts) {
    const named = cases.find((one) => one.id === caseId);
    if (named) victims.add(named.victimId);
    const man = personId ?? named?.personId;
    if (why === "named-employee" || man === undefined) continue;
    persons.add(man);
    for (const one of cases) if (one.personId === man) victims.add(one.victimId);
  }
  const shut = cases.filter((one) => sealed.has(one.id));
  for (const { victimId } of shut) victims.add(victimId);
  for (const { personId } of shut) {
    const open = cases.some((one) => one.personId === personId && !victims.has(one.victimId));
    if (!open) persons.add(personId);
  }
  return { persons, victims, sealedPersons: new Set(shut.map(({ personId }) => personId)) };
}

/** True when a case is shut: its abusive partner is, or its victim. */
export function isCaseBarred(barred: Barred, { personId, victimId }: CaseOfTwo): boolean {
  return barred.persons.has(personId) || barred.victims.has(victimId);
}

/** True when the contacts with an abusive partner are shut. */
export function areContactsBarred(barred: Barred, personId: string): boolean {
  return barred.persons.has(personId) || barred.sealedPersons.has(personId);
}

/**
 * True when an incident is shut: somebody in it is. One of a person with a sealed case is shut too, unless a victim in it
 * is known to be another: whose it is cannot be told.
 */
export function isIncidentBarred(barred: Barred, { personIds, victimIds }: IncidentParties): boolean {
  const persons = personIds.filter((id) => id !== null);
  const victims = victimIds.filter((id) => id !== null);
  if (persons.some((id) => barred.persons.has(id)) || victims.some((id) => barred.victims.has(id)))
    return true;
  return persons.some((id) => barred.sealedPersons.has(id)) && victims.length === 0;
}

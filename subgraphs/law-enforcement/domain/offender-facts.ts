import type { Day } from "./calendar";

/*
 * What the rules read about one abusive partner. Every id is opaque and unique over all kinds of fact, so that an
 * explanation can name facts by id alone. A day is `null` where the source has none.
 */

/** How a charge stands. */
export type Disposition = "pending" | "convicted" | "dismissed" | "acquitted";

/** An incident in which this person is an offender. */
export interface IncidentFact {
  readonly id: string;
  readonly occurredOn: Day | null;
  /** This person is an intimate partner of a victim of it. */
  readonly intimatePartner: boolean;
  /** Probable cause was recorded, or an arrest was made. */
  readonly probableCause: boolean;
  /** A primary-aggressor review is open, or found this person not to be the primary aggressor. */
  readonly dualParty: boolean;
}

/** A charge filed against this person, local arrest or docket. */
export interface ChargeFact {
  readonly id: string;
  readonly incidentId: string | null;
  /** NIBRS offence code. */
  readonly offenceCode: string;
  /** The victim is an intimate partner and the offence can be one against a partner. */
  readonly ipv: boolean;
  /** The charge is for violating an order of protection (usually filed as 90Z, which does not say so). */
  readonly orderViolation: boolean;
  readonly weaponCodes: readonly string[];
  readonly filedOn: Day | null;
  readonly disposition: Disposition;
  readonly dispositionOn: Day | null;
  readonly dualParty: boolean;
}

/** A violation of an order of protection, charged or not. */
export interface OrderViolationFact {
  readonly id: string;
  readonly incidentId: string | null;
  readonly occurredOn: Day | null;
  /** Somebody looked and found that it did not happen. */
  readonly unfounded: boolean;
  readonly dualParty: boolean;
}

/** A violation of what this person was forbidden: conditions of release or supervision, or the rules he was told. */
export interface ProhibitedBehaviourFact {
  readonly id: string;
  readonly incidentId: string | null;
  readonly rule: "release-condition" | "supervision-condition" | "ipvi-rule";
  readonly occurredOn: Day | null;
  readonly unfounded: boolean;
  readonly dualParty: boolean;
}

/**
 * An older offence, from another source than the charges above. An IPV offence counts here only when convicted: one that
 * is not might be a charge already known, and is held until a person enters it as a charge or drops it.
 */
export interface PriorRecordFact {
  readonly id: string;
  /** NIBRS offence code; `null` where the source uses another coding, as national history does. */
  readonly offenceCode: string | null;
  /** The source itself, or a person reading it, says the offence is violent. */
  readonly violent: boolean;
  readonly ipv: boolean;
  readonly occurredOn: Day | null;
  /** "unknown" where the source gives none, as national history often does not. */
  readonly disposition: Disposition | "unknown";
  readonly dispositionOn: Day | null;
  readonly provenance: "local" | "court" | "ncic";
}

/** All of it. */
export interface OffenderFacts {
  readonly incidents: readonly IncidentFact[];
  readonly charges: readonly ChargeFact[];
  readonly orderViolations: readonly OrderViolationFact[];
  readonly prohibitedBehaviour: readonly ProhibitedBehaviourFact[];
  readonly priorRecords: readonly PriorRecordFact[];
}

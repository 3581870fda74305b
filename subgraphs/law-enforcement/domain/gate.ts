import type { ContactState } from "./contact-state";
import type { Level } from "./tier-rules";

/** Something done to reach a victim, as recorded by the justice side. */
export interface OutreachFact {
  readonly kind: "victim-notice" | "notice-attempt" | "visit" | "call" | "letter";
  readonly outcome: "reached" | "not-reached" | "declined";
  readonly recordedAt: Date;
}

/** A supervisor signed that enough attempts to reach the victim of a case have failed, for one planned contact. */
export interface SignOff {
  readonly contactId: string;
  readonly signedAt: Date;
}

/** What was done for the victim of one case. */
export interface VictimFacts {
  readonly outreach: readonly OutreachFact[];
  readonly signOffs: readonly SignOff[];
}

/** A contact as far as a gate looks at it. */
export interface PlannedFact {
  readonly id: string;
  readonly state: ContactState;
  /** When it was planned. */
  readonly recordedAt: Date;
  /** So many attempts must have failed before a supervisor may sign. */
  readonly attemptsNeeded: number;
}

/** What the gate of a case rests on: outreach in this case; that of another victim of his says nothing here. */
export interface GateFacts extends VictimFacts {
  /** The abusive partner's level in force; `null`: none was confirmed. */
  readonly inForce: { readonly level: Level; readonly confirmedAt: Date } | null;
  /** His contacts, whichever case they come from: a contact is with the person. */
  readonly contacts: readonly PlannedFact[];
}

/** Whether the victim of one case has been warned of what comes next, at one instant. */
export interface GateReading {
  readonly state: "open" | "closed";
  /** When the notice that opens the gate was recorded, the first of them; `null` while none did. */
  readonly noticeRecordedAt: Date | null;
  readonly asOf: Date;
}

function between(instant: Date, after: Date, until: Date): boolean {
  return instant > after && instant <= until;
}

/** When the first notice that reached her was recorded, after `after` and until `now`; null: none. */
function noticeRecorded({ outreach }: VictimFacts, after: Date, now: Date): Date | null {
  const notices = outreach
    .filter((one) => one.kind === "victim-notice" && one.outcome === "reached")
    .filter((one) => between(one.recordedAt, after, now))
    .map((one) => one.recordedAt.getTime());
  return notices.length === 0 ? null : new Date(Math.min(...notices));
}

/** The attempts to give her notice that failed, recorded after `after` and until `until`. She declined: it failed. */
export function failedAttempts<Fact extends OutreachFact>(
  outreach: readonly Fact[],
  after: Date,
  until: Date,
): Fact[] {
  return outreach.filter(
    ({ kind, outcome, recordedAt }) =>
      (kind === "victim-notice" || kind === "notice-attempt") &&
      outcome !== "reached" &&
      between(recordedAt, after, until),
  );
}

function isSignedOff({ outreach, signOffs }: VictimFacts, contact: PlannedFact, now: Date): boolean {
  return signOffs.some(
    ({ contactId, signedAt }) =>
      contactId === contact.id &&
      signedAt <= now &&
      failedAttempts(outreach, contact.recordedAt, signedAt).length >= contact.attemptsNeeded,
  );
}

/**
 * Whether this contact may pass as far as this victim goes: a notice that reached her was recorded after the contact was
 * planned, or enough attempts since have failed and a supervisor then signed (L15). What was done for an earlier contact
 * counts for none; nor does a call or a visit that reached her, unless it is recorded as the notice.
 */
export function victimWasTold(victim: VictimFacts, contact: PlannedFact, now: Date): boolean {
  return noticeRecorded(victim, contact.recordedAt, now) !== null || isSignedOff(victim, contact, now);
}

/** His latest contact that is planned or released; null: there is none. */
function latestPlanned(contacts: readonly PlannedFact[]): PlannedFact | null {
  const ahead = contacts.filter(({ state }) => state === "planned" || state === "released");
  return ahead.sort((one, other) => other.recordedAt.getTime() - one.recordedAt.getTime())[0] ?? null;
}

/**
 * The victim gate of a case at `now` (L15): closed, unless a level other than A is in force and the victim was told of his
 * latest planned contact or, with none planned, of his level.
 *
 * It speaks for one victim. He may be contacted only while the gate of every case of his is open.
 *
 * Source: NNSC issue brief, level B (notice before the offender is contacted) and level A (no message); NNSC training
 * slides, victim safety comes first.
 */
export function gateAt(facts: GateFacts, now: Date): GateReading {
  const { inForce, contacts } = facts;
  const closed: GateReading = { state: "closed", noticeRecordedAt: null, asOf: now };
  if (inForce === null || inForce.level === "A" || inForce.confirmedAt > now) return closed;
  const planned = latestPlanned(contacts);
  const noticeRecordedAt = noticeRecorded(facts, planned?.recordedAt ?? inForce.confirmedAt, now);
  const open = planned === null ? noticeRecordedAt !== null : victimWasTold(facts, planned, now);
  return open ? { state: "open", noticeRecordedAt, asOf: now } : closed;
}

import type { Level } from "./tier-rules";

/** Something done to reach a victim, as recorded by the justice side. */
export interface OutreachFact {
  readonly kind: "victim-notice" | "notice-attempt" | "visit" | "call" | "letter";
  readonly outcome: "reached" | "not-reached" | "declined";
  readonly recordedAt: Date;
}

/** What the gate of a case rests on. */
export interface GateFacts {
  /** Outreach in this case; that of another victim of his says nothing here. */
  readonly outreach: readonly OutreachFact[];
  /** The abusive partner's level in force; `null`: none was confirmed. */
  readonly inForce: { readonly level: Level; readonly confirmedAt: Date } | null;
  /** His contacts, whichever case they come from: a contact is with the person. */
  readonly contacts: readonly {
    readonly state: "planned" | "made" | "refused" | "cancelled";
    readonly recordedAt: Date;
  }[];
}

/** Whether the victim of one case has been warned of what comes next, at one instant. */
export interface GateReading {
  readonly state: "open" | "closed";
  /** When the notice that opens the gate was recorded, the first of them; `null` while the gate is closed. */
  readonly noticeRecordedAt: Date | null;
  readonly asOf: Date;
}

/** The instant after which a notice must be recorded to count; `null` when there is nothing she could be warned of. */
function noticeCountsAfter({ inForce, contacts }: GateFacts, now: Date): Date | null {
  if (inForce === null || inForce.level === "A" || inForce.confirmedAt > now) return null;
  const planned = contacts.filter((one) => one.state === "planned").map((one) => one.recordedAt.getTime());
  return planned.length === 0 ? inForce.confirmedAt : new Date(Math.max(...planned));
}

/**
 * The victim gate of a case at `now` (L15): closed, unless a level other than A is in force and a victim notice that
 * reached her was recorded after his latest planned contact was planned or, with none planned, after the level was
 * confirmed. A notice given for an earlier contact opens nothing; nor does a call or a visit that reached her, unless it
 * is recorded as the notice.
 *
 * It speaks for one victim. He may be contacted only while the gate of every case of his is open.
 *
 * Source: NNSC issue brief, level B (notice before the offender is contacted) and level A (no message); NNSC training
 * slides, victim safety comes first.
 */
export function gateAt(facts: GateFacts, now: Date): GateReading {
  const after = noticeCountsAfter(facts, now);
  const notices = facts.outreach
    .filter((one) => one.kind === "victim-notice" && one.outcome === "reached" && one.recordedAt <= now)
    .filter((one) => after !== null && one.recordedAt > after)
    .map((one) => one.recordedAt.getTime());
  if (notices.length === 0) return { state: "closed", noticeRecordedAt: null, asOf: now };
  return { state: "open", noticeRecordedAt: new Date(Math.min(...notices)), asOf: now };
}

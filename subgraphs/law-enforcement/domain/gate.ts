/** Something done to reach a victim, as recorded by the justice side. */
export interface OutreachFact {
  readonly kind: "victim-notice" | "notice-attempt" | "visit" | "call" | "letter";
  readonly outcome: "reached" | "not-reached" | "declined";
  readonly recordedAt: Date;
}

/** Whether the abusive partner may be contacted, at one instant. */
export interface GateReading {
  readonly state: "open" | "closed";
  /** When it was first recorded that a notice reached her. */
  readonly noticeRecordedAt: Date | null;
  readonly asOf: Date;
}

/**
 * The victim gate of a case at `now`: closed until it is recorded that a victim notice reached her. A call or a visit
 * that reached her opens nothing, unless it is recorded as the notice. Source: NNSC training slides, victim safety
 * comes first; notice before the offender is contacted (level B).
 */
export function gateAt(outreach: readonly OutreachFact[], now: Date): GateReading {
  const noticed = outreach
    .filter((one) => one.kind === "victim-notice" && one.outcome === "reached" && one.recordedAt <= now)
    .map((one) => one.recordedAt)
    .sort((one, other) => one.getTime() - other.getTime());
  const first = noticed[0] ?? null;
  return { state: first === null ? "closed" : "open", noticeRecordedAt: first, asOf: now };
}

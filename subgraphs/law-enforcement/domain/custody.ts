/** A change of custody, as recorded. */
export interface CustodyEvent {
  readonly status: "booked" | "bailed" | "released" | "escaped";
  readonly facility: string | null;
  readonly occurredAt: Date;
  readonly releaseExpectedAt: Date | null;
  /** When the record was last known to be true. */
  readonly recordedAt: Date;
}

/** What may be said of custody at one instant. */
export interface CustodyReading {
  readonly status: CustodyEvent["status"] | "unknown";
  readonly facility: string | null;
  readonly since: Date | null;
  readonly releaseExpectedAt: Date | null;
  /** `null` when custody was never recorded. */
  readonly asOf: Date | null;
}

/** A record older than this is not relied on. Assumption: jail rosters are refreshed at least daily, weekends included. */
export const CUSTODY_RECORD_HOLDS_HOURS = 72;

/**
 * Reads the latest custody event at `now`. Stale data must not be read as safe: a record older than 72 hours, and no
 * record at all, say "unknown", with nothing beside it but the old as-of.
 */
export function custodyAt(latest: CustodyEvent | null, now: Date): CustodyReading {
  const unknown = { status: "unknown", facility: null, since: null, releaseExpectedAt: null } as const;
  if (latest === null) return { ...unknown, asOf: null };
  const age = now.getTime() - latest.recordedAt.getTime();
  if (age > CUSTODY_RECORD_HOLDS_HOURS * 3_600_000) return { ...unknown, asOf: latest.recordedAt };
  const { status, facility, occurredAt: since, releaseExpectedAt, recordedAt: asOf } = latest;
  return { status, facility, since, releaseExpectedAt, asOf };
}

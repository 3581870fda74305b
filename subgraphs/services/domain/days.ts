const HOUR_MS = 3_600_000;

/** The latest day that an instant falls on anywhere: a day is ahead only if it is so everywhere. */
export const latestDay = (at: Date): string =>
  new Date(at.getTime() + 14 * HOUR_MS).toISOString().slice(0, 10);

/** The earliest day that an instant falls on anywhere: a day is over only if it is so everywhere. */
export const earliestDay = (at: Date): string =>
  new Date(at.getTime() - 12 * HOUR_MS).toISOString().slice(0, 10);

/** Clocks of two machines differ. */
const CLOCK_TOLERANCE_MS = 60_000;

/** True for what cannot have happened yet. */
export const isAheadOf = (instant: Date, now: Date): boolean =>
  instant.getTime() > now.getTime() + CLOCK_TOLERANCE_MS;

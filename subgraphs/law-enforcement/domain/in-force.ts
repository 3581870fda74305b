import type { Day } from "./calendar";

/*
 * Days are written by the site's calendar, and the hub does not know its time zone yet. Until it does, a day has begun
 * when it has begun anywhere (UTC+14), and is over when it is over everywhere (UTC-12): terms that protect somebody hold
 * some hours longer rather than shorter.
 */

const HOUR = 3_600_000;

function dayAt(now: Date, hoursFromUtc: number): Day {
  return new Date(now.getTime() + hoursFromUtc * HOUR).toISOString().slice(0, 10);
}

/** The days that `now` is somewhere on earth: the earliest that is not over everywhere, the latest that has begun. */
export function daysOf(now: Date): { readonly earliest: Day; readonly latest: Day } {
  return { earliest: dayAt(now, -12), latest: dayAt(now, 14) };
}

/** True once a day has begun anywhere. */
export function hasBegun(day: Day, now: Date): boolean {
  return day <= daysOf(now).latest;
}

/** True while something holds that runs from one day to another, both included; `null`: no end is set (L18). */
export function isInForce(from: Day, until: Day | null, now: Date): boolean {
  return hasBegun(from, now) && (until === null || until >= daysOf(now).earliest);
}

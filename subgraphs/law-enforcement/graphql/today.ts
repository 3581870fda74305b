import type { Day } from "../domain/calendar";

/** The calendar day of an instant, in UTC. A site far from Greenwich is a day off for some hours. */
export function today(now: Date): Day {
  return now.toISOString().slice(0, 10);
}

/** ms before the first attempt, and at most. */
const FIRST = 100;
const MOST = 5_000;

/**
 * How long to wait before the nth attempt (from 1), in ms: doubling up to five seconds, and somewhere in the upper half of
 * that, so that many who lost the same server do not come back to it in one moment. `random` is from 0 up to 1.
 */
export function backoff(attempt: number, random: number): number {
  const most = Math.min(FIRST * 2 ** Math.min(attempt - 1, 10), MOST);
  return Math.round(most / 2 + (most / 2) * random);
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../cli/seed/random";

/** Something that can be broken. */
export interface Target {
  readonly name: string;
  /** Breaks it. */
  readonly strike: () => Promise<void>;
  /** Mends it: resolves when it works again. */
  readonly mend: () => Promise<void>;
}

/** ms. */
const LONGEST_AWAY = 1_500;
const BETWEEN = [2_000, 15_000] as const;

/**
 * Breaks and mends each target at random times, apart from all others, for so many seconds: each at least once, in the first
 * half. Resolves, when all are mended, with the ms that each strike took to mend.
 */
export async function strikeAtRandom(
  targets: readonly Target[],
  { seconds, random }: { readonly seconds: number; readonly random: Random },
): Promise<ReadonlyMap<string, readonly number[]>> {
  const strikes = new Map<string, number[]>();
  const over = performance.now() + seconds * 1_000;
  async function strikeOne({ name, strike, mend }: Target): Promise<void> {
    const choices = random.fork(name);
    let wait = choices.int(200, seconds * 500);
    while (performance.now() + wait < over || !strikes.has(name)) {
      await sleep(wait);
      await strike();
      await sleep(choices.int(0, LONGEST_AWAY));
      const begun = performance.now();
      await mend();
      strikes.set(name, [...(strikes.get(name) ?? []), Math.round(performance.now() - begun)]);
      wait = choices.int(...BETWEEN);
    }
  }
  await Promise.all(targets.map(strikeOne));
  return strikes;
}

import { readFileSync } from "node:fs";
import { z } from "zod";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const Feeds = z.strictObject({
  /** Hours without an event after which an agency's feed counts as silent, by subgraph. */
  silentAfterHours: z.record(z.string(), z.number().positive().max(8_760)),
  /** Days for which events are kept to be gone on from; whole months are let go of. Escalations need them for two days. */
  keptDays: z.int().min(31).max(3_660),
});

/** What the site says of one agency's feed, in ms. */
export interface FeedLimits {
  readonly silentAfter: number;
  readonly keptFor: number;
}

/**
 * Reads what the site says of an agency's feed.
 *
 * @throws Error naming every fault at once, and that nothing is said of the agency.
 */
export function readFeedLimits(file: string, subgraph: string): FeedLimits {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new Error(`${file} cannot be read as JSON.`);
  }
  const { data, error } = Feeds.safeParse(content);
  const faults = error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
  const hours = data?.silentAfterHours[subgraph];
  if (data && hours === undefined) faults.push(`silentAfterHours.${subgraph}: is missing`);
  if (!data || hours === undefined) throw new Error(`${file} is not valid:\n  ${faults.join("\n  ")}`);
  return { silentAfter: hours * HOUR, keptFor: data.keptDays * DAY };
}

import { readFileSync } from "node:fs";
import { z } from "zod";

const HOUR = 3_600_000;

const Feeds = z.strictObject({
  /** Hours without an event after which an agency's feed counts as silent, by subgraph. */
  silentAfterHours: z.record(z.string(), z.number().positive().max(8_760)),
});

/**
 * Reads what the site expects of its agencies' feeds, as ms by subgraph.
 *
 * @throws Error naming every fault at once, and each of `subgraphs` for which nothing is said.
 */
export function readFeeds(file: string, subgraphs: readonly string[]): Readonly<Record<string, number>> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new Error(`${file} cannot be read as JSON.`);
  }
  const { data, error } = Feeds.safeParse(content);
  const faults = error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
  const missing = subgraphs.filter((name) => data && data.silentAfterHours[name] === undefined);
  faults.push(...missing.map((name) => `silentAfterHours.${name}: is missing`));
  if (!data || faults.length > 0) throw new Error(`${file} is not valid:\n  ${faults.join("\n  ")}`);
  return Object.fromEntries(
    Object.entries(data.silentAfterHours).map(([name, hours]) => [name, hours * HOUR]),
  );
}

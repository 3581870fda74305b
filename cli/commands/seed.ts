import type { Command } from "commander";
import type { SeededCity, SeedRequest } from "../seed/seed-city";
import { readSettings } from "../settings";

/** What the command needs of whoever knows the site. */
export interface SeedCommandOptions {
  /** Finds the databases of the site (migrated), runs the work with their addresses, and puts away what it opened. */
  readonly databaseUrls: (work: (urls: SeedRequest["urls"]) => Promise<void>) => Promise<void>;
  /** The site's folder; default: that of this project. */
  readonly site?: string;
}

interface Options {
  readonly people: string;
  readonly seed: string;
  readonly asOf: string;
}

/** `seed`: fills the empty databases of the site with a synthetic city; refused in production, where people are real. */
export function registerSeed(program: Command, { databaseUrls, site }: SeedCommandOptions): void {
  program
    .command("seed")
    .description(
      "fill empty databases with a synthetic city; the same options give the same city (refused in production)",
    )
    .option("--people <number>", "persons known to police", "2000")
    .option("--seed <number>", "which city", "1")
    .option("--as-of <day>", "the day of the city, YYYY-MM-DD", new Date().toISOString().slice(0, 10))
    .action(async ({ people, seed, asOf }: Options) => {
      if (readSettings().NODE_ENV === "production") {
        throw new Error("A synthetic city is refused in production.");
      }
      const numbers = { people: wholeNumber("--people", people), seed: wholeNumber("--seed", seed) };
      // Loaded here: the other commands need none of it.
      const { seedCity } = await import("../seed/seed-city");
      await databaseUrls(async (urls) => {
        const progress = (doing: string) => console.error(`  ${doing} ...`);
        const request = { urls, ...numbers, asOf, progress };
        const started = performance.now();
        const city = await seedCity(site === undefined ? request : { ...request, site });
        console.log(sentenceOf(city, asOf, (performance.now() - started) / 1000));
      });
    });
}

function wholeNumber(option: string, value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isSafeInteger(number)) {
    throw new Error(`${option} takes a whole number, not '${value}'.`);
  }
  return number;
}

function sentenceOf({ counts, firstPersonId }: SeededCity, asOf: string, seconds: number): string {
  const { persons, victims, incidents, levels, awaitingConfirmation } = counts;
  const byLevel = Object.entries(levels).map(([level, count]) => `${level} ${count}`);
  return [
    `A city of ${asOf}: ${persons} persons, ${victims} victims, ${incidents} incidents, in ${seconds.toFixed(1)} s.`,
    `Confirmed levels: ${byLevel.join(", ")}; ${awaitingConfirmation} proposals await confirmation.`,
    `The first person: ${firstPersonId}`,
  ].join("\n");
}

import { readFileSync, writeFileSync } from "node:fs";
import { Client } from "pg";
import { filesOf, type Settings } from "../settings";
import { seedCity } from "../seed/seed-city";
import type { AgencyAddresses } from "./migrate-all";

/** What the welcome needs to know of the synthetic city. */
export interface City {
  readonly firstPersonId: string;
}

const SEED = 1;

async function isEmpty(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ empty: boolean }>(
      "SELECT NOT EXISTS (SELECT FROM person) AS empty",
    );
    return rows[0]!.empty;
  } finally {
    await client.end();
  }
}

function knownCity(path: string): City | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as City;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Fills empty databases with a synthetic city, outside production only. Databases that hold people are left alone;
 * the city made here earlier is remembered.
 */
export async function fillWhenEmpty(settings: Settings, urls: AgencyAddresses): Promise<City | undefined> {
  const { city } = filesOf(settings);
  if (settings.NODE_ENV === "production") return undefined;
  if (!(await isEmpty(urls.lawEnforcement))) return knownCity(city);
  console.log(`Seeding a synthetic city of ${settings.HUB_CITY_PEOPLE} people.`);
  const { firstPersonId } = await seedCity({
    urls,
    people: settings.HUB_CITY_PEOPLE,
    seed: SEED,
    asOf: new Date().toISOString().slice(0, 10),
  });
  writeFileSync(city, JSON.stringify({ firstPersonId }));
  return { firstPersonId };
}

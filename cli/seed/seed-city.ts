import { join } from "node:path";
import { PROJECT_ROOT } from "../../platform/project-root";
import { isDay } from "../../subgraphs/law-enforcement/domain/calendar";
import { ADVOCACY_TABLES } from "./agencies/advocacy-tables";
import { SERVICES_TABLES } from "./agencies/services-tables";
import { countRecords, type SeedCounts } from "./counts";
import { holdEmpty, openDatabase, openJusticeDatabase, type OpenDatabase } from "./databases";
import { JUSTICE_TABLES } from "./justice/tables";
import { LEVEL_TABLES } from "./justice/conferences";
import { SeedError } from "./seed-error";
import { readSeedSite } from "./site";
import { writeCity } from "./write-city";

/** Where a synthetic city goes, and which one. */
export interface SeedRequest {
  readonly urls: {
    readonly lawEnforcement: string;
    readonly services: string;
    /** By the community agency's id. */
    readonly advocacy: Readonly<Record<string, string>>;
  };
  /** How many persons known to police; their victims come with them. */
  readonly people: number;
  readonly seed: number;
  /** The day the city is of, YYYY-MM-DD: everything recorded lies before it, everything planned on it or after. */
  readonly asOf: string;
  /** The folder with partners.json and tier-rules.json; default: the site of this project. */
  readonly site?: string;
  /** Hears what is being done, in a few words. */
  readonly progress?: (doing: string) => void;
}

export interface SeededCity {
  /** A person with something in every element of the visibility matrix; the same for one seed, whatever the rest. */
  readonly firstPersonId: string;
  readonly firstCaseId: string;
  readonly counts: SeedCounts;
}

/** More than the largest county has; the city's telephone numbers repeat long before. */
const MOST_PEOPLE = 100_000;

function check({ people, seed, asOf }: SeedRequest): void {
  if (!Number.isInteger(people) || people < 1 || people > MOST_PEOPLE) {
    throw new SeedError(`The number of people is a whole number from 1 to ${MOST_PEOPLE}.`);
  }
  if (!Number.isSafeInteger(seed)) throw new SeedError("The seed is a whole number.");
  if (!isDay(asOf)) throw new SeedError("The day of the city is written YYYY-MM-DD.");
}

/**
 * Fills the empty databases of a site with a synthetic city. The same people, seed and day give the same rows, ids
 * included. Each database is written in one transaction, and all are committed when all are complete, so that a failure
 * leaves nothing behind (unless a server is lost between two commits).
 *
 * @throws SeedError, in one sentence, when a database is not empty or does not answer, or the request makes no sense.
 */
export async function seedCity(request: SeedRequest): Promise<SeededCity> {
  check(request);
  const { urls, site: folder = join(PROJECT_ROOT, "site"), progress = () => undefined } = request;
  const site = readSeedSite(folder, Object.keys(urls.advocacy));
  const open: OpenDatabase[] = [];
  try {
    const justice = await openJusticeDatabase("law-enforcement", urls.lawEnforcement);
    open.push(justice);
    await holdEmpty(justice, { ...LEVEL_TABLES, ...JUSTICE_TABLES });
    const services = await openDatabase("services", urls.services);
    open.push(services);
    await holdEmpty(services, SERVICES_TABLES);
    const advocacy = new Map<string, OpenDatabase>();
    for (const [agency, url] of Object.entries(urls.advocacy)) {
      const database = await openDatabase(agency, url);
      open.push(database);
      await holdEmpty(database, ADVOCACY_TABLES);
      advocacy.set(agency, database);
    }

    const city = await writeCity({ justice, services, advocacy }, site, request, progress);
    const counts = await countRecords({ justice, services, advocacy });
    progress("committing");
    // The justice side last: whether there is a city is asked there.
    for (const database of open.toReversed()) await database.commit();
    // The server would do it by itself within minutes; until then its plans know nothing of what came last.
    for (const { client } of open) await client.query("VACUUM (ANALYZE)");
    return { ...city, counts };
  } finally {
    for (const database of open) await database.close();
  }
}

import pino from "pino";
import type { DataSource } from "typeorm";
import { openAgencyFeed, type AgencyFeed } from "../../platform/outbox/open-feed";
import type { CaseNews } from "./store/case-news";
import { startTellingCaseNews, type CaseNewsTeller, type TellNews } from "./tell-case-news";

const log = pino({ level: "silent" });
const AGENCIES = ["harbor-house", "safe-passage"];

/** A feed over a law-enforcement database that drops nothing. */
export const openTestFeed = (databaseUrl: string, database: DataSource): Promise<AgencyFeed> =>
  openAgencyFeed({
    ...{ name: "test", databaseUrl, database, log },
    ...{ silentAfter: 3_600_000, keptFor: 3_600_000_000 },
  });

/** Tells the two agencies until it is closed. */
export const startTestTeller = (
  databaseUrl: string,
  { feed }: AgencyFeed,
  tell: TellNews,
): Promise<CaseNewsTeller> => startTellingCaseNews({ databaseUrl, feed, agencies: AGENCIES, tell, log });

/** The agencies' server: takes what it is told, unless an agency is down. */
export function server() {
  const taken: (CaseNews & { agency: string })[] = [];
  const down = new Set<string>();
  let asked = 0;
  const tell: TellNews = (agency, news) => {
    asked += 1;
    if (down.has(agency)) return Promise.resolve(false);
    taken.push(...news.map((one) => ({ ...one, agency })));
    return Promise.resolve(true);
  };
  const seen = () => taken.filter(({ historic }) => !historic);
  return { tell, down, taken, asked: () => asked, kinds: (agency = "harbor-house") => seen().filter((one) => one.agency === agency).map(({ kind }) => kind) }; // prettier-ignore
}

export async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 20_000) throw new Error("It did not come.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

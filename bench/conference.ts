import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withCity } from "./hub-with-city";
import { developmentToken } from "../cli/commands/token";
import { PURPOSE_HEADER } from "../platform/caller/purpose";
import { PROJECT_ROOT } from "../platform/project-root";

/*
 * What a case conference asks of the whole hub, with embedded PostgreSQL, in a city of 2,000 people: the agenda, and the
 * sheet of its first fifty persons, each as far as its reader may see him, by eight readers at once.
 * Usage: npm run bench:conference [-- SECONDS [PEOPLE]]
 */

const READERS = 8;
/** What a sheet asks for whatever its reader may see is withheld with these. */
const WALLS = ["UNAUTHORIZED_FIELD_OR_TYPE", "RELEASE_REQUIRED"];
const AGENDA = `query ($id: ID!) { conference(id: $id) { agenda(first: 200) {
  items { reasons latestAt person { id identity { givenName familyName } level { level asOf } } } } } }`;
const SHEET = readFileSync(join(PROJECT_ROOT, "docs", "queries", "conference-sheet.graphql"), "utf8");

interface Answer {
  readonly data: {
    readonly conferences?: {
      readonly conferences: readonly { readonly id: string; readonly state: string }[];
    };
    readonly conference?: { readonly agenda: { readonly items: readonly unknown[] } };
  } | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

type Ask = (query: string, variables?: object) => Promise<Answer>;

function askerAt(url: string, token: string): Ask {
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${token}`,
    [PURPOSE_HEADER]: "case-work",
  };
  return async (query, variables = {}) => {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as Answer;
    const fault = answer.errors?.find(({ extensions }) => !WALLS.includes(extensions?.code ?? ""));
    if (fault) throw new Error(JSON.stringify(fault));
    return answer;
  };
}

const share = (sorted: readonly number[], of: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))]!.toFixed(0);

/** Eight readers ask the same again and again for so long; prints how long the answers took. */
async function measure(what: string, ask: () => Promise<Answer>, seconds: number): Promise<void> {
  const warm = await ask();
  for (let count = 0; count < 2 * READERS; count++) await ask();
  const took: number[] = [];
  const end = performance.now() + seconds * 1_000;
  await Promise.all(
    Array.from({ length: READERS }, async () => {
      while (performance.now() < end) {
        const since = performance.now();
        await ask();
        took.push(performance.now() - since);
      }
    }),
  );
  took.sort((one, other) => one - other);
  const items = warm.data?.conference?.agenda.items.length ?? 0;
  console.log(
    `${what}: ${items} persons, ${took.length} answers: p50 ${share(took, 0.5)} ms, p95 ${share(took, 0.95)} ms`,
  );
}

async function main(): Promise<void> {
  const [seconds = 10, people = 2_000] = process.argv.slice(2).map(Number);
  await withCity(people, async (url) => {
    for (const [role, agency] of [
      ["coordinator", "metro-police"],
      ["advocate", "harbor-house"],
    ] as const) {
      const ask = askerAt(url, await developmentToken({ role, agency, hours: "8" }));
      const found = await ask("{ conferences(first: 10) { conferences { id state } } }");
      const id = found.data!.conferences!.conferences.find(({ state }) => state === "CLOSED")!.id;
      await measure(`agenda as ${role}`, () => ask(AGENDA, { id }), seconds);
      await measure(`sheet of fifty as ${role}`, () => ask(SHEET, { id, first: 50 }), seconds);
    }
  });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

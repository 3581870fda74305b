import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildSchema } from "graphql";
import { Client } from "pg";
import { findDatabases } from "../../cli/processes/databases";
import { readSitePartners } from "../../cli/processes/site-partners";
import { filesOf, readSettings } from "../../cli/settings";
import { watchEvents } from "../../cli/watch/watch-events";
import { PROJECT_ROOT } from "../../platform/project-root";
import type { RmsColumnName } from "../../subgraphs/law-enforcement/import/rms-columns";
import { environmentOf, startHub, type RunningHub } from "./hub-process";

const run = promisify(execFile);

const api = buildSchema(readFileSync(join(PROJECT_ROOT, "schema", "supergraph.graphql"), "utf8"), {
  assumeValidSDL: true,
});
/** The type of each mutation's input. */
const INPUTS = new Map(
  Object.values(api.getMutationType()!.getFields()).map(({ name, args: [input] }) => [
    name,
    String(input?.type),
  ]),
);

/** A record of what happened, as a records-management system gives it. */
export type Happening = Readonly<Partial<Record<RmsColumnName, string>>>;

/** Days from today, as records say them. */
export const day = (shift: number): string =>
  new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);

/** A running hub, and the people of a story who use it, each with his own token. */
export interface Story {
  readonly hub: RunningHub;
  /** What somebody asks; its answer has to be without an error. */
  asks(who: string, query: string, variables?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** What somebody does: a mutation with an input, told under a key of its own. Answers what is shown, and the problem. */
  does<Shown = Record<string, unknown>>(
    who: string,
    mutation: string,
    input: object,
    shown: string,
  ): Promise<Shown & { readonly problem: string | null }>;
  /** What the court, the jail or the passing of hours does, which nobody tells the hub by a command. */
  happens(owner: string, statement: string, values?: unknown[]): Promise<void>;
  /** Follows law enforcement's events from now on in somebody's client; `next` waits for one that fits. */
  follows(
    who: string,
    subscription: string,
  ): Promise<{ next(fits: (event: object) => boolean): Promise<object> }>;
  /** The man of a story, as the level queue shows him to a coordinator: what is proposed of him, and his cases. */
  proposal(who: string, familyName: string): Promise<Proposal>;
  /** Takes happenings over from the police's records, as `hub import rms` does. */
  records(...happenings: readonly Happening[]): Promise<string>;
  end(): Promise<void>;
}

export interface Proposal {
  readonly id: string;
  readonly level: string;
  readonly person: {
    readonly id: string;
    readonly identity: { readonly familyName: string };
    readonly cases: readonly { readonly id: string }[];
  };
}

const QUEUE = `query ($after: String) { levelQueue(first: 100, after: $after) {
  proposals { id level person { id identity { familyName } cases { id } } } endCursor hasNextPage } }`;

/** Starts a hub for a story; `people`: how `hub token` makes the token of each who takes part. */
export async function begin(people: Readonly<Record<string, readonly string[]>>): Promise<Story> {
  const home = await mkdtemp(join(tmpdir(), "hub-story-"));
  const hub = await startHub(home);
  const tokens = new Map<string, string>();
  for (const [who, [role, ...options]] of Object.entries(people)) {
    tokens.set(who, await hub.token(role!, ...options));
  }
  const over = new AbortController();
  const watching: Promise<unknown>[] = [];
  const asks: Story["asks"] = async (who, query, variables = {}) => {
    const answer = await hub.ask(tokens.get(who), query, variables);
    if (answer.errors.length > 0 || answer.data === null) {
      throw new Error(`${who}: ${JSON.stringify(answer.errors)}`);
    }
    return answer.data;
  };
  return {
    hub,
    asks,
    does: async (who, mutation, input, shown) => {
      const query = `mutation ($input: ${INPUTS.get(mutation)!}) { told: ${mutation}(input: $input) { ${shown} problem } }`;
      return (await asks(who, query, { input: { key: randomUUID(), ...input } }))["told"] as never;
    },
    proposal: async (who, familyName) => {
      for (let after: string | null = null; ;) {
        const { levelQueue } = (await asks(who, QUEUE, { after })) as {
          levelQueue: { proposals: Proposal[]; endCursor: string | null; hasNextPage: boolean };
        };
        const his = levelQueue.proposals.find(({ person }) => person.identity.familyName === familyName);
        if (his) return his;
        if (!levelQueue.hasNextPage) throw new Error(`Nothing is proposed for ${familyName}.`);
        after = levelQueue.endCursor;
      }
    },
    happens: async (owner, statement, values = []) => {
      const settings = readSettings(environmentOf(home));
      const { urls } = await findDatabases(settings, readSitePartners(filesOf(settings).partners), {});
      const client = new Client({ connectionString: urls[owner]! });
      await client.connect();
      await client.query(statement, values).finally(() => client.end());
    },
    follows: async (who, subscription) => {
      const feed = await asks(who, "{ lawEnforcementFeed { cursor } }");
      const { cursor } = feed["lawEnforcementFeed"] as { cursor: string };
      const events: object[] = [];
      let heard = () => undefined as void;
      watching.push(
        watchEvents({
          url: hub.url.replace("http", "ws"),
          query: subscription,
          variables: {},
          after: cursor,
          connectionParams: () =>
            Promise.resolve({
              authorization: `Bearer ${tokens.get(who)}`,
              "x-ipvi-purpose": "alert-response",
            }),
          onEvent: (event) => {
            events.push(event as object);
            heard();
          },
          onNotice: () => undefined,
          signal: over.signal,
        }),
      );
      return {
        next: async (fits) => {
          for (;;) {
            const found = events.find(fits);
            if (found) return found;
            await new Promise<void>((resolve) => (heard = resolve));
          }
        },
      };
    },
    records: async (...happenings) => {
      const columns = [...new Set(happenings.flatMap((one) => Object.keys(one)))] as RmsColumnName[];
      const lines = happenings.map((one) => columns.map((column) => one[column] ?? "").join(","));
      const file = join(home, `${randomUUID()}.csv`);
      await writeFile(file, [columns.join(","), ...lines].map((line) => `${line}\n`).join(""));
      const hubCommand = join(PROJECT_ROOT, "dist", "cli", "hub.js");
      const args = [hubCommand, "import", "rms", file, "--rejects", `${file}.rejects`];
      return (await run(process.execPath, args, { env: environmentOf(home) })).stdout;
    },
    end: async () => {
      over.abort();
      await Promise.all(watching);
      await hub.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

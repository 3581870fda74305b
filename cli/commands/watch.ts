import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { Kind, OperationTypeNode, parse, type DocumentNode } from "graphql";
import { PURPOSE_HEADER } from "../../platform/caller/purpose";
import { PROJECT_ROOT } from "../../platform/project-root";
import { readSettings } from "../settings";
import { watchEvents } from "../watch/watch-events";
import { readText, readVariables } from "./arguments";
import { developmentToken } from "./token";

interface WatchCommandOptions {
  readonly as: string;
  readonly agency?: string;
  readonly subject?: string;
  readonly purpose: string;
  readonly after?: string;
  readonly variables: string;
}

const FOLDER = join(PROJECT_ROOT, "docs", "queries", "subscriptions");

function parsed(source: string, file: string): DocumentNode {
  try {
    return parse(source);
  } catch (error) {
    throw new Error(`${file} is no GraphQL document: ${(error as Error).message}`, { cause: error });
  }
}

async function documentOf(what: string): Promise<string> {
  const file = existsSync(what) ? what : join(FOLDER, `${what}.graphql`);
  if (existsSync(file)) {
    const source = await readText(file);
    const operations = parsed(source, what).definitions.filter(
      (one) => one.kind === Kind.OPERATION_DEFINITION,
    );
    const [only, ...more] = operations.map(({ operation }) => operation);
    if (only === OperationTypeNode.SUBSCRIPTION && more.length === 0) return source;
    const held =
      operations.length === 1 ? `a ${only}, not a subscription` : `${operations.length} operations`;
    throw new Error(`${what} holds ${held}: 'watch' takes a file with one subscription.`);
  }
  const known = (await readdir(FOLDER)).map((name) => basename(name, ".graphql"));
  throw new Error(`There is no ${what} to watch: name a file, or one of ${known.join(", ")}.`);
}

/** Which agency's feed a subscription's events come from; most are law enforcement's. */
function feedOf(query: string): string {
  return /\b(referralUpdates|servicesFeedAlerts)\b/.test(query) ? "servicesFeed" : "lawEnforcementFeed";
}

/** `watch`: prints a subscription's events as a role gets them, one JSON line each, until Ctrl-C. */
export function registerWatch(program: Command): void {
  program
    .command("watch")
    .description(
      "print live events, e.g. 'watch arrestAlerts --as advocate'; goes on by itself after a break",
    )
    .argument("<what>", "arrestAlerts, custodyChanges, ..., or a file with one subscription")
    .requiredOption("--as <role>", "the role to watch as")
    .option("--agency <agency>", "the agency's id; default: the first that holds the role")
    .option("--subject <who>", "the person; default: <role>-1")
    .option("--purpose <purpose>", "why", "alert-response")
    .option("--after <cursor>", "begin after this event")
    .option("--variables <json>", "the subscription's other variables", "{}")
    .action(async (what: string, options: WatchCommandOptions) => {
      const { HUB_HOST, GATEWAY_PORT } = readSettings();
      const over = new AbortController();
      process.once("SIGINT", () => over.abort());
      process.once("SIGTERM", () => over.abort());
      const query = await documentOf(what);
      const variables = readVariables(options.variables);
      const token = () => developmentToken({ ...options, role: options.as, hours: "1" });
      await token(); // What is wrong with role or agency is said at once.
      console.error(`Watching ${what} as ${options.as}; Ctrl-C ends it.`);
      await watchEvents({
        url: `ws://${HUB_HOST}:${GATEWAY_PORT}/graphql`,
        query,
        variables,
        after: options.after,
        feed: feedOf(query),
        connectionParams: async () => ({
          authorization: `Bearer ${await token()}`,
          [PURPOSE_HEADER]: options.purpose,
        }),
        onEvent: (event) => console.log(JSON.stringify(event)),
        onNotice: (notice) => console.error(notice),
        onMissing: (notice) => console.error(notice),
        signal: over.signal,
      });
    });
}

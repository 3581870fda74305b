import type { Command } from "commander";
import { PURPOSES, PURPOSE_HEADER } from "../../platform/caller/purpose";
import { readSettings } from "../settings";
import { readText, readVariables } from "./arguments";
import { developmentToken } from "./token";

interface QueryOptions {
  readonly as: string;
  readonly agency?: string;
  readonly subject?: string;
  readonly variables: string;
  readonly purpose: string;
}

/** `query`: asks the gateway as a role would, and prints the answer. */
export function registerQuery(program: Command): void {
  program
    .command("query")
    .description("ask the gateway the query in FILE, with a development token for a role")
    .argument("<file>", "a file with one GraphQL operation")
    .requiredOption("--as <role>", "the role to ask as")
    .option("--agency <agency>", "the agency's id; default: the first that holds the role")
    .option("--subject <who>", "the person; default: <role>-1")
    .option("--purpose <purpose>", `why you ask: ${PURPOSES.join(", ")}`, "case-work")
    .option("--variables <json>", "the operation's variables", "{}")
    .action(async (file: string, options: QueryOptions) => {
      const { HUB_HOST, GATEWAY_PORT } = readSettings();
      const query = await readText(file);
      const variables = readVariables(options.variables);
      const token = await developmentToken({ ...options, role: options.as, hours: "1" });
      const response = await fetch(`http://${HUB_HOST}:${GATEWAY_PORT}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${token}`,
          [PURPOSE_HEADER]: options.purpose,
        },
        body: JSON.stringify({ query, variables }),
      }).catch(() => {
        throw new Error(`Nothing answers at port ${GATEWAY_PORT}: run 'npm start' first.`);
      });
      const { data, ...rest } = (await response.json()) as Record<string, unknown>;
      // What was answered first: of what is withheld there can be pages.
      console.log(JSON.stringify({ data, ...rest }, null, 2));
      // Refused as a whole, as against withheld in part.
      if (data === undefined || data === null) process.exitCode = 1;
    });
}

import "reflect-metadata";
import { Command } from "commander";
import { registerDocuments } from "./commands/documents";
import { registerAudit } from "./commands/audit";
import { registerGateway } from "./commands/gateway";
import { registerGenerate } from "./commands/generate";
import { registerImport } from "./commands/import";
import { registerQuery } from "./commands/query";
import { registerSeed } from "./commands/seed";
import { registerToken } from "./commands/token";
import { registerWatch } from "./commands/watch";
import type { AgencyAddresses } from "./processes/migrate-all";

/** Loaded with the agencies' migrations only when it is asked for. */
async function withDatabases(work: (urls: AgencyAddresses) => Promise<void>): Promise<void> {
  return (await import("./processes/databases")).withDatabases(work);
}

async function withDatabaseOf(
  owner: string | undefined,
  work: (urls: Partial<AgencyAddresses>) => Promise<void>,
): Promise<void> {
  return (await import("./processes/databases")).withDatabaseOf(owner, work);
}

const program = new Command("hub").description("The IPVI hub's command line").showHelpAfterError();
registerGenerate(program);
registerGateway(program);
registerDocuments(program);
registerToken(program);
registerQuery(program);
registerWatch(program);
registerSeed(program, { databaseUrls: withDatabases });
registerAudit(program, { databaseUrls: withDatabaseOf });
registerImport(program, {
  databaseUrl: (work) => withDatabaseOf("law-enforcement", (urls) => work(urls.lawEnforcement!)),
});

program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  // What a command had begun, such as a gateway that got no port, may still be open and would keep the process alive.
  process.exit(1);
});

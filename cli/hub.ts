import "reflect-metadata";
import { Command } from "commander";
import { registerGateway } from "./commands/gateway";
import { registerGenerate } from "./commands/generate";
import { registerQuery } from "./commands/query";
import { registerSeed } from "./commands/seed";
import { registerToken } from "./commands/token";

const program = new Command("hub").description("The IPVI hub's command line").showHelpAfterError();
registerGenerate(program);
registerGateway(program);
registerToken(program);
registerQuery(program);
// Loaded with the agencies' migrations only when it is asked for.
registerSeed(program, {
  databaseUrls: async (work) => (await import("./processes/databases")).withDatabases(work),
});

program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

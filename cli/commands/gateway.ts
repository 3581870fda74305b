import type { Command } from "commander";
import pino from "pino";
import { readSettings } from "../settings";

interface GatewayCommandOptions {
  readonly supergraph: string;
  readonly port: string;
  readonly auth: boolean;
}

/** `gateway`: serves any supergraph file, without authorization, to try the engine on it. */
export function registerGateway(program: Command): void {
  program
    .command("gateway")
    .description("serve any supergraph file, subgraphs at the addresses it names (development only)")
    .requiredOption("--supergraph <file>", "a composed supergraph")
    .option("--port <port>", "the port to serve on", "4000")
    .option("--no-auth", "let anybody see everything; refused in production")
    .action(async (options: GatewayCommandOptions) => {
      const { NODE_ENV, HUB_HOST, LOG_LEVEL } = readSettings();
      if (options.auth)
        throw new Error("Say --no-auth: with authorization the gateway is 'npm run start:gateway'.");
      if (NODE_ENV === "production") throw new Error("--no-auth is refused in production.");
      const { startGateway } = await import("../../gateway/main");
      const door = await startGateway({
        supergraphFile: options.supergraph,
        addresses: {},
        access: "open",
        port: Number(options.port),
        host: HUB_HOST,
        log: pino({ name: "gateway", level: LOG_LEVEL }),
      });
      console.log(`The gateway serves ${door.url}`);
      const stop = () => void door.close().then(() => process.exit(0));
      process.on("SIGINT", stop);
      process.on("SIGTERM", stop);
    });
}

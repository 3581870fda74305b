// The gateway under soak: says how much it holds after a full collection, and at the end what it left open.
import { randomBytes } from "node:crypto";
import { readdirSync, readlinkSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
require("reflect-metadata");
const { default: pino } = await import(require.resolve("pino"));
const { startGateway } = require("../../dist/gateway/main.js");
const { createTokenVerifier } = require("../../dist/platform/caller/verify-token.js");

/** Open sockets as the kernel counts them: Node itself does not tell of those that keep no process alive. Linux only. */
function openSockets() {
  return readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith("socket:");
    } catch {
      return false; // closed in this moment
    }
  }).length;
}
/** The channel to the parent, and what it reads of our output. */
const ofTheProcess = openSockets();

const given = JSON.parse(process.env.SOAK_GIVEN);
// The subgraphs verify no signature; the hub makes it all the same.
const hubSecrets = Object.fromEntries(
  Object.keys(given.addresses).map((name) => [name, randomBytes(32).toString("base64url")]),
);
const door = await startGateway({
  supergraphFile: given.supergraphFile,
  addresses: given.addresses,
  access: { verifyToken: createTokenVerifier([given.issuer]), scopesFile: given.scopesFile, hubSecrets },
  port: 0,
  host: "127.0.0.1",
  log: pino({ level: "silent" }),
});

const complaints = [];
process.on("unhandledRejection", (reason) => complaints.push(`unhandled rejection: ${reason}`));
process.on("uncaughtException", (error) => complaints.push(`uncaught exception: ${error}`));
// Too many listeners, for one: a leak that Node itself has noticed.
process.on("warning", (warning) => complaints.push(`warning: ${warning.name}: ${warning.message}`));

const orders = {
  sample: async () => {
    globalThis.gc();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heapUsed, sockets: openSockets() - ofTheProcess };
  },
  close: async () => {
    await door.close();
    // A second: less than an idle connection is kept, so one that nobody closed is still there.
    for (let turn = 0; turn < 20 && openSockets() > ofTheProcess; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return { left: openSockets() - ofTheProcess, complaints };
  },
};
process.on("message", (order) => void orders[order]().then((answer) => process.send(answer)));
process.on("disconnect", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
process.send({ url: door.url });

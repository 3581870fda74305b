// This repository's gateway as compiled to dist/: authorization on, or off with BENCH_OPEN=1.
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { announce, given } from "./announce.mjs";

const require = createRequire(import.meta.url);
require("reflect-metadata");
const { default: pino } = await import(require.resolve("pino"));
const { startGateway } = require("../../../dist/gateway/main.js");
const { createTokenVerifier } = require("../../../dist/platform/caller/verify-token.js");

// The bench's subgraphs verify no signature; the hub makes it all the same.
const hubSecrets = Object.fromEntries(
  Object.keys(given.addresses).map((name) => [name, randomBytes(32).toString("base64url")]),
);
const open = process.env.BENCH_OPEN === "1";
const door = await startGateway({
  supergraphFile: given.supergraph.secured,
  addresses: given.addresses,
  access: open
    ? "open"
    : { verifyToken: createTokenVerifier([given.issuer]), scopesFile: given.scopesFile, hubSecrets },
  port: 0,
  host: "127.0.0.1",
  log: pino({ level: "error" }),
});
announce(door.url);

// This repository's gateway as compiled to dist/, authorization on.
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import pino from "pino";
import { announce, given } from "../announce.mjs";

const require = createRequire(import.meta.url);
require("reflect-metadata");
const { startGateway } = require("../../../dist/gateway/main.js");
const { createTokenVerifier } = require("../../../dist/platform/caller/verify-token.js");

// The bench's subgraphs verify no signature; the hub makes it all the same.
const hubSecrets = Object.fromEntries(
  Object.keys(given.addresses).map((name) => [name, randomBytes(32).toString("base64url")]),
);
const door = await startGateway({
  supergraphFile: given.supergraph.secured,
  addresses: given.addresses,
  access: { verifyToken: createTokenVerifier(given.issuers), scopesFile: given.scopesFile, hubSecrets },
  // With one agency, all the subscribers are that agency's.
  streamLimits: { perPerson: 10, perAgency: 20_000 },
  port: 0,
  host: "127.0.0.1",
  log: pino({ level: "error" }),
});
announce(door.url);

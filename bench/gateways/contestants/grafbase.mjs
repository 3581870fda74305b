// Grafbase's gateway, written in Rust, as its command line serves it. This module only starts and ends the binary.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { print } from "graphql";
import { SUBGRAPHS, openSchemaOf } from "../supergraph/schemas.mjs";
import { announce, given } from "./announce.mjs";

/** ms; it composes the schemas in well under one second. */
const PATIENCE = 30_000;

const binary = join(
  dirname(createRequire(import.meta.url).resolve("@grafbase/cli-x86_64-unknown-linux-musl/package.json")),
  "grafbase",
);
const folder = join(given.folder, "grafbase");
mkdirSync(folder);
const sections = SUBGRAPHS.map((name) => {
  const file = join(folder, `${name}.graphql`);
  writeFileSync(file, print(openSchemaOf(name)));
  return `[subgraphs.${name}]\nurl = "${given.addresses[name]}"\nschema_path = "${file}"\n`;
});
writeFileSync(join(folder, "grafbase.toml"), sections.join("\n"));

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port: free } = probe.address();
    probe.close(() => resolve(free));
  });
});
const child = spawn(
  binary,
  ["--home", folder, "dev", "--config", "grafbase.toml", "--listen-address", `127.0.0.1:${port}`],
  { cwd: folder, stdio: ["ignore", "ignore", "inherit"] },
);
process.on("exit", () => child.kill("SIGKILL"));
child.once("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
child.once("exit", (code) => process.exit(code ?? 1));

const url = `http://127.0.0.1:${port}/graphql`;
const body = JSON.stringify({ query: "{ __typename }" });
for (let waited = 0; waited < PATIENCE; waited += 100) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  }).catch(() => undefined);
  if (answer?.ok) {
    announce(url, { pid: child.pid });
    break;
  }
  await sleep(100);
}

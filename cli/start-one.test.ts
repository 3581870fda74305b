import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../platform/project-root";
import { readPartners } from "../platform/site/partners";
import { createTestDatabase } from "../test/setup/databases";
import { PROCESSES, type ProcessName } from "./settings";

describe("one process alone, as an agency deploys it", () => {
  const home = mkdtempSync(join(tmpdir(), "hub-one-"));
  const partners = readPartners(join(PROJECT_ROOT, "site", "partners.json"));
  const databases: { drop(): Promise<void> }[] = [];
  const urls: Record<string, string> = {};
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    for (const { name, env } of partners.databases) {
      const database = await createTestDatabase({ key: `one-${name}` });
      databases.push(database);
      urls[env] = database.url;
    }
  }, 60_000);
  afterAll(async () => {
    for (const child of started) child.kill("SIGKILL");
    for (const database of databases) await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  /** What it printed until it served or ended, and how it ends when it is told to. */
  async function start(name: ProcessName) {
    const env = {
      PATH: process.env["PATH"],
      HUB_HOME: home,
      LOG_LEVEL: "silent",
      ...Object.fromEntries(
        ["GATEWAY", "LAW_ENFORCEMENT", "ADVOCACY", "SERVICES"].map((one) => [`${one}_PORT`, "0"]),
      ),
      ...urls,
    };
    const child = spawn(process.execPath, [join(PROJECT_ROOT, "dist", "cli", "start-one.js"), name], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    started.push(child);
    const ended = once(child, "close") as Promise<[number | null]>;
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await Promise.race([
      new Promise<void>((resolve) => {
        child.stdout.on("data", (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes(" serves ")) resolve();
        });
      }),
      ended,
    ]);
    return {
      said,
      stop: async () => {
        child.kill("SIGTERM");
        return (await ended)[0];
      },
    };
  }

  test("in development the four make the keys and secrets that none has made, and share them", async () => {
    const processes = await Promise.all(PROCESSES.map(start));
    expect(processes.map(({ said }) => said)).toEqual(
      PROCESSES.map((name) => expect.stringMatching(new RegExp(`^${name} serves http://`)) as string),
    );
    expect(readdirSync(home).sort()).toEqual(["hub-secrets.json", "keys"]);
    expect(readdirSync(join(home, "keys")).sort()).toEqual(
      partners.issuers.map(({ agency }) => `${agency}.jwk`).sort(),
    );
    expect(await Promise.all(processes.map(({ stop }) => stop()))).toEqual([0, 0, 0, 0]);
  }, 120_000);
});

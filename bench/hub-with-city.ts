import { fork } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

/** Starts the hub with a synthetic city in a home of its own; resolves with its address. */
async function startHub(): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const hub = fork(join(__dirname, "..", "cli", "start.js"), { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const ended = new Promise((resolve) => hub.once("exit", resolve));
  let said = "";
  const url = await Promise.race([
    new Promise<string>((resolve) =>
      hub.stdout!.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const up = /up: (http:\S+)/.exec(said)?.[1];
        if (up !== undefined) resolve(up);
      }),
    ),
    ended.then(() => {
      throw new Error("The hub did not start.");
    }),
  ]);
  return { url, stop: () => (hub.kill("SIGINT"), ended) };
}

/**
 * Runs a measurement against the whole hub as `npm start` starts it, with a synthetic city of so many people in a home of
 * its own, and prints how busy the machine was.
 */
export async function withCity(
  people: number,
  measure: (gatewayUrl: string) => Promise<void>,
): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "hub-bench-"));
  const ports = [
    "HUB_POSTGRES_PORT",
    "GATEWAY_PORT",
    "LAW_ENFORCEMENT_PORT",
    "ADVOCACY_PORT",
    "SERVICES_PORT",
  ];
  for (const port of ports) process.env[port] = "0";
  Object.assign(process.env, { HUB_HOME: home, HUB_CITY_PEOPLE: String(people) });
  const load = () => loadavg()[0]!.toFixed(1);
  const before = load();
  const { url, stop } = await startHub();
  try {
    await measure(url);
    console.log(`${cpus().length} processors, load ${before} before and ${load()} after`);
  } finally {
    await stop();
    // As root the database lies elsewhere, and this is a link to it.
    rmSync(realpathSync(join(home, "postgres")), { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }
}

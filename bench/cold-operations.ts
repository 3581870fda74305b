import { fork } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import pino from "pino";
import { startGateway } from "../gateway/main";
import { PROJECT_ROOT } from "../platform/project-root";
import type { Order, Seen } from "./cold-operations/clients";

/*
 * How long the gateway's event loop stands still when many operations come at once that it has never seen: each is parsed,
 * validated, planned and compiled there. The gateway is this process, over the hub's own supergraph with everything open;
 * clients and subgraphs are another. Usage: npm run bench:cold [-- OPERATIONS]
 */

const SUBGRAPHS = ["law-enforcement", "advocacy", "services"];

/** Count and sum of the planning histogram, from the metrics' own text. */
async function planned(metricsUrl: string): Promise<{ count: number; milliseconds: number }> {
  const text = await (await fetch(metricsUrl)).text();
  const figure = (name: string) =>
    Number(new RegExp(`^hub_planning_seconds_${name} (.*)$`, "m").exec(text)?.[1] ?? NaN);
  return { count: figure("count"), milliseconds: figure("sum") * 1_000 };
}

async function main(): Promise<void> {
  const operations = Number(process.argv[2] ?? 500);
  const clients = fork(join(__dirname, "cold-operations/clients"));
  const [address] = (await once(clients, "message")) as [string];
  const gateway = await startGateway({
    supergraphFile: join(PROJECT_ROOT, "schema/supergraph.graphql"),
    addresses: Object.fromEntries(SUBGRAPHS.map((name) => [name, address])),
    access: "open",
    port: 0,
    metricsPort: 0,
    host: "127.0.0.1",
    log: pino({ level: "error" }),
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  async function round(first: number, count: number): Promise<Seen> {
    const asked: Order = { url: gateway.url, first, operations: count };
    clients.send(asked);
    const [seen] = (await once(clients, "message")) as [Seen];
    return seen;
  }
  // One operation first: loading and the planner's own preparations are no part of it.
  await round(0, 1);
  const before = await planned(gateway.metricsUrl ?? "");
  delay.enable();
  const seen = await round(1, operations);
  delay.disable();
  const after = await planned(gateway.metricsUrl ?? "");
  const count = after.count - before.count;
  console.log(
    `${cpus().length} processors, ${operations} operations at once, answered ${JSON.stringify(seen.statuses)}`,
  );
  console.log(`all answered after ${seen.milliseconds.toFixed(0)} ms`);
  console.log(
    `planned ${count}, ${((after.milliseconds - before.milliseconds) / count).toFixed(1)} ms each (mean)`,
  );
  console.log(
    `event loop: longest stall ${(delay.max / 1e6).toFixed(0)} ms, 99th percentile ${(delay.percentile(99) / 1e6).toFixed(0)} ms`,
  );
  console.log(`/health/live meanwhile: slowest answer ${seen.slowestHealth.toFixed(0)} ms`);
  await gateway.close();
  clients.disconnect();
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

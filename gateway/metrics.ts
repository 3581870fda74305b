import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Counter, Histogram, Registry, collectDefaultMetrics } from "prom-client";

/** The gateway's figures, for its operator: nothing in them says who asked, or for what. */
export interface Metrics {
  /** An operation was pruned, planned and compiled, which held the event loop so long (ms). */
  planned(milliseconds: number): void;
  subgraphFailed(subgraph: string, outcome: "unavailable" | "bad-response"): void;
  /** In the text format that Prometheus reads. */
  text(): Promise<string>;
  close(): void;
}

/** Seconds: a plan from the cache costs nothing, a common one some milliseconds, and a second is trouble. */
const PLANNING_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2];

/** Counts from now on; the event loop's delay, memory and garbage collection are among the figures. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const planning = new Histogram({
    name: "hub_planning_seconds",
    help: "Time to prune, plan and compile one operation for one scope set; the event loop waits meanwhile.",
    buckets: PLANNING_BUCKETS,
    registers: [registry],
  });
  const failures = new Counter({
    name: "hub_subgraph_failures_total",
    help: "Requests to a subgraph that brought no usable answer.",
    labelNames: ["subgraph", "outcome"],
    registers: [registry],
  });
  return {
    planned: (milliseconds) => planning.observe(milliseconds / 1000),
    subgraphFailed: (subgraph, outcome) => failures.inc({ subgraph, outcome }),
    text: () => registry.metrics(),
    close: () => registry.clear(),
  };
}

/**
 * Serves the figures at /metrics on a port of their own, which the public never reaches.
 *
 * @throws Error in one sentence when the port is taken.
 */
export async function serveMetrics(metrics: Metrics, port: number, host: string) {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") return void response.writeHead(404).end();
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", () => reject(new Error(`Port ${port} on ${host} is in use by another program.`)));
    server.listen(port, host, () => resolve());
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/metrics`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

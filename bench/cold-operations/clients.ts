import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../platform/project-root";

/** What the parent sends: where to ask, and how many operations, numbered from `first`. */
export interface Order {
  readonly url: string;
  readonly first: number;
  readonly operations: number;
}

/** What the clients saw. */
export interface Seen {
  /** ms from the first request to the last answer. */
  readonly milliseconds: number;
  /** ms; of /health/live, asked again and again meanwhile. */
  readonly slowestHealth: number;
  readonly statuses: Readonly<Record<string, number>>;
}

const personView = readFileSync(join(PROJECT_ROOT, "docs/queries/person-view.graphql"), "utf8");

/** The view of one person as an agency's tool asks it, under a name of its own each time: a text nobody has sent. */
function coldOperation(number: number): string {
  return JSON.stringify({
    query: personView.replace(/\bperson\(/, `n${number}: person(`),
    variables: { id: "00000000-0000-4000-8000-000000000000" },
  });
}

async function ask({ url, first, operations }: Order): Promise<Seen> {
  const statuses: Record<string, number> = {};
  const begin = performance.now();
  let isOver = false;
  let slowestHealth = 0;
  const watching = (async () => {
    while (!isOver) {
      const asked = performance.now();
      await (await fetch(new URL("/health/live", url))).text();
      slowestHealth = Math.max(slowestHealth, performance.now() - asked);
    }
  })();
  await Promise.all(
    Array.from({ length: operations }, async (_, number) => {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: coldOperation(first + number),
      });
      await answer.text();
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    }),
  );
  isOver = true;
  await watching;
  return { milliseconds: performance.now() - begin, slowestHealth, statuses };
}

/** Every subgraph at once: what is measured is planning, so it knows nobody. */
const subgraph = createServer((request, response) => {
  request.resume();
  request.on("end", () =>
    response.setHeader("content-type", "application/json").end('{"data":{"person":null}}'),
  );
});
subgraph.listen(0, "127.0.0.1", () => {
  process.send?.(`http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`);
});
process.on("message", (order: Order) => void ask(order).then((seen) => process.send?.(seen)));
process.on("disconnect", () => process.exit(0));

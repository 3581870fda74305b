import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import pino from "pino";
import { compose } from "../../cli/generate/compose";
import { startGateway, type GatewayDoor } from "../../gateway/main";
import { documentIdOf } from "../../gateway/trusted-documents";

/** Which operations the gateway lets in, on its HTTP door, and what it says of its work. */
const LISTED = "query Listed { notices(first: 2) }";
const DEEP = `${"{ a ".repeat(20)} ${"}".repeat(20)}`;
const OTHER = "{ notices(first: 1) }";

const folder = mkdtempSync(join(tmpdir(), "admission-"));
const supergraphFile = join(folder, "supergraph.graphql");
const listFile = join(folder, "trusted.json");
let subgraph: Server;

beforeAll(async () => {
  const typeDefs =
    parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { notices(first: Int): [String!]! }`);
  const schema = buildSubgraphSchema({
    typeDefs,
    resolvers: {
      Query: { notices: (_: unknown, { first }: { first: number }) => Array<string>(first).fill("n") },
    },
  });
  subgraph = createServer((request, response) => {
    void text(request)
      .then((body) => JSON.parse(body) as { query: string; variables?: Record<string, unknown> })
      .then(({ query, variables }) => graphql({ schema, source: query, variableValues: variables ?? {} }))
      .then((answer) => response.setHeader("content-type", "application/json").end(JSON.stringify(answer)));
  });
  await new Promise<void>((resolve) => subgraph.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`;
  writeFileSync(supergraphFile, compose([{ name: "notices", url, typeDefs }]));
  writeFileSync(listFile, JSON.stringify({ [`sha256:${documentIdOf(LISTED)}`]: LISTED }));
});
afterAll(async () => {
  subgraph.closeAllConnections();
  await new Promise((resolve) => subgraph.close(resolve));
  rmSync(folder, { recursive: true });
});

const logged: string[] = [];
async function withGateway(
  more: Partial<Parameters<typeof startGateway>[0]>,
  work: (door: GatewayDoor) => Promise<void>,
): Promise<void> {
  logged.length = 0;
  const log = pino({ level: "warn" }, { write: (line: string) => void logged.push(line) });
  const door = await startGateway({
    supergraphFile,
    addresses: {},
    access: "open",
    port: 0,
    host: "127.0.0.1",
    log,
    ...more,
  });
  try {
    await work(door);
  } finally {
    await door.close();
  }
}

async function post(door: GatewayDoor, body: object) {
  const response = await fetch(door.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await response.json()) as {
    data?: unknown;
    errors?: { extensions: { code: string; limit?: number } }[];
  };
}
async function get(door: GatewayDoor, parameters: Record<string, string>) {
  const response = await fetch(`${door.url}?${new URLSearchParams(parameters).toString()}`);
  return (await response.json()) as Awaited<ReturnType<typeof post>>;
}
const codeOf = ({ errors }: Awaited<ReturnType<typeof post>>) => errors?.[0]?.extensions.code;

describe("a list of trusted documents, enforced", () => {
  const trustedDocuments = { file: listFile, enforced: true };
  const answered = { data: { notices: ["n", "n"] } };

  test("lets the listed operation in by its text, its id and Apollo's hash, by POST and GET", () =>
    withGateway({ trustedDocuments }, async (door) => {
      const hash = documentIdOf(LISTED);
      const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
      expect(await post(door, { query: LISTED })).toEqual(answered);
      expect(await post(door, { documentId: hash })).toEqual(answered);
      expect(await post(door, { documentId: `sha256:${hash}` })).toEqual(answered);
      expect(await post(door, { extensions })).toEqual(answered);
      expect(await get(door, { documentId: hash })).toEqual(answered);
      expect(await get(door, { query: LISTED })).toEqual(answered);
    }));

  test("refuses every other, whichever way it comes", () =>
    withGateway({ trustedDocuments }, async (door) => {
      const hash = documentIdOf(OTHER);
      const persistedQuery = { version: 1, sha256Hash: hash };
      expect(codeOf(await post(door, { query: OTHER }))).toBe("UNTRUSTED_DOCUMENT");
      expect(codeOf(await get(door, { query: OTHER }))).toBe("UNTRUSTED_DOCUMENT");
      expect(codeOf(await post(door, { documentId: hash }))).toBe("DOCUMENT_UNKNOWN");
      expect(codeOf(await get(door, { documentId: hash }))).toBe("DOCUMENT_UNKNOWN");
      expect(codeOf(await post(door, { extensions: { persistedQuery } }))).toBe("PERSISTED_QUERY_NOT_FOUND");
      // Nobody adds to the list by Apollo's protocol.
      expect(codeOf(await post(door, { query: OTHER, extensions: { persistedQuery } }))).toBe(
        "UNTRUSTED_DOCUMENT",
      );
      expect(codeOf(await post(door, { extensions: { persistedQuery } }))).toBe("PERSISTED_QUERY_NOT_FOUND");
    }));
});

test("a list that is not enforced: others run and are logged once, by their id alone", () =>
  withGateway({ trustedDocuments: { file: listFile, enforced: false } }, async (door) => {
    for (let time = 0; time < 3; time += 1) {
      expect(await post(door, { query: OTHER })).toEqual({ data: { notices: ["n"] } });
    }
    await post(door, { query: LISTED });
    expect(logged.map((line) => (JSON.parse(line) as { documentId: string }).documentId)).toEqual([
      documentIdOf(OTHER),
    ]);
    expect(logged.join()).not.toContain("notices");
  }));

test.each([
  ["{}x", "is no list of trusted documents"],
  ['{"sha256:00": "{ notices }"}', "is not the SHA-256 of its document"],
  [JSON.stringify({ [documentIdOf(DEEP)]: DEEP }), "has more than 16 levels of fields"],
])("a list that is wrong stops the start: %s", async (content, message) => {
  const file = join(folder, "wrong.json");
  writeFileSync(file, content);
  await expect(
    withGateway({ trustedDocuments: { file, enforced: true } }, async () => undefined),
  ).rejects.toThrow(message);
});

test("an operation over a limit is refused by its code, by POST and GET", () =>
  withGateway({}, async (door) => {
    expect((await post(door, { query: DEEP })).errors).toEqual([
      {
        message: "The operation has more than 16 levels of fields.",
        extensions: { code: "OPERATION_TOO_DEEP", limit: 16 },
      },
    ]);
    expect(codeOf(await get(door, { query: DEEP }))).toBe("OPERATION_TOO_DEEP");
  }));

test("an operation too costly with the variables given is refused, known or not", () =>
  withGateway({}, async (door) => {
    const query = "query ($n: Int) { notices(first: $n) }";
    const huge = { query, variables: { n: 1_000_000_000 } };
    for (let time = 0; time < 2; time += 1) {
      expect((await post(door, huge)).errors?.[0]?.extensions).toMatchObject({
        code: "OPERATION_TOO_COSTLY",
        limit: 250_000,
      });
      expect(await post(door, { query, variables: { n: 1 } })).toEqual({ data: { notices: ["n"] } });
    }
  }));

test("the figures tell how long planning held the event loop, and how often a subgraph failed", () =>
  withGateway({ metricsPort: 0 }, async (door) => {
    const figures = async () => (await fetch(door.metricsUrl ?? "")).text();
    expect(await figures()).toContain("hub_planning_seconds_count 0");
    await post(door, { query: LISTED });
    await post(door, { query: LISTED });
    await post(door, { query: OTHER });
    const after = await figures();
    expect(after).toContain("hub_planning_seconds_count 2");
    expect(after).toContain("nodejs_eventloop_lag_p99_seconds");
    expect(after).not.toContain("hub_subgraph_failures_total{");
  }));

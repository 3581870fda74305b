import { createServer, type Server } from "node:http";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import pino from "pino";
import { startGateway } from "../../../gateway/main";
import { federate, type Federation } from "./harness";
import type { SubgraphBody } from "./subgraph";
import { Facts, type World } from "./world";
import { abstract } from "./worlds/abstract";
import { requires } from "./worlds/requires";

/** The subgraphs of a world on ports of their own, and the gateway's door over them. */
async function open(world: World) {
  const folder = await mkdtemp(join(tmpdir(), "federation-"));
  const facts = new Facts(world.facts());
  const servers = new Map<string, Server>();
  const answering = new Map<string, Federation>();
  for (const name of Object.keys(world.subgraphs)) {
    const server = createServer((request, response) => {
      void (async () => {
        const body = JSON.parse(await text(request)) as SubgraphBody;
        const answer = await answering.get(name)!.subgraphs.get(name)!.answer(body, facts);
        response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.set(name, server);
  }
  const portOf = (name: string) => (servers.get(name)!.address() as AddressInfo).port;
  const federation = federate(world, (name) => `http://127.0.0.1:${portOf(name)}/graphql`);
  for (const name of servers.keys()) answering.set(name, federation);
  const supergraphFile = join(folder, "supergraph.graphql");
  await writeFile(supergraphFile, federation.supergraph);
  const door = await startGateway({
    supergraphFile,
    addresses: {},
    access: "open",
    port: 0,
    host: "127.0.0.1",
    log: pino({ level: "silent" }),
  });
  return {
    federation,
    post: async (query: string, variables: object) => {
      const response = await fetch(door.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, text: await response.text() };
    },
    close: async () => {
      await door.close();
      for (const server of servers.values()) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await rm(folder, { recursive: true });
    },
  };
}

describe("the whole gateway, over HTTP", () => {
  test.each([
    [
      "requires",
      requires,
      [
        ["query ($sku: ID!) { product(sku: $sku) { label duty } products { weight hint } }", { sku: "s1" }],
        ["{ shelves { label size { width } } }", {}],
      ],
    ],
    [
      "abstract",
      abstract,
      [
        ["{ feed { __typename ... on Priced { price } title } search { ... on Actor { fee } } }", {}],
        [
          'query ($id: ID = "b2") { media(id: $id) { ... on Book { sequel { id } related { ... on Song { count } } } } }',
          {},
        ],
      ],
    ],
  ] as const)(
    "answers the supergraph %s as the monolith does, the first time and again",
    async (_, world, asked) => {
      const { federation, post, close } = await open(world);
      try {
        for (const [source, variables] of asked) {
          const { monolith } = await federation.run(source, variables);
          expect(monolith.errors).toEqual([]);
          for (let time = 1; time <= 2; time++) {
            const { status, text: answered } = await post(source, variables);
            expect({ time, status, answered: answered.trim() }).toEqual({
              time,
              status: 200,
              answered: `{"data":${monolith.text}}`,
            });
          }
        }
      } finally {
        await close();
      }
    },
  );
});

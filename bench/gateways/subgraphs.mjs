// The three subgraphs: one process, three ports. The records never change, so each request body is executed once and its
// answer remembered: any gateway's own operations are answered right, and the subgraphs cost the measurement little.
import { createServer } from "node:http";
import { buildSchema, graphql } from "graphql";
import { makeData } from "./supergraph/data.mjs";
import { executableSdlOf, firstFederationSdlOf, SUBGRAPHS } from "./supergraph/schemas.mjs";

/** Above the different bodies of one run (240 ids, three queries, some gateways); a body beyond it is executed anew. */
const REMEMBERED = 20_000;

const counts = { asked: 0, executed: 0 };

function answererOf(name, { entities, root }) {
  const schema = buildSchema(executableSdlOf(name), { assumeValid: true });
  const rootValue = {
    ...root,
    _service: { sdl: firstFederationSdlOf(name) },
    _entities: ({ representations }) => representations.map((r) => entities[r.__typename].get(r.id) ?? null),
  };
  const remembered = new Map();
  return async (body) => {
    counts.asked += 1;
    const known = remembered.get(body);
    if (known) return known;
    counts.executed += 1;
    const { query, variables, operationName } = JSON.parse(body);
    const answer = await graphql({
      schema,
      source: query,
      rootValue,
      variableValues: variables,
      operationName: operationName ?? undefined,
    });
    if (answer.errors) process.stderr.write(`${name}: ${answer.errors[0].message}\n${query}\n`);
    const bytes = Buffer.from(JSON.stringify(answer));
    if (remembered.size < REMEMBERED) remembered.set(body, bytes);
    return bytes;
  };
}

function listen(answer) {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      answer((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString("utf8")).then(
        (bytes) => {
          response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length });
          response.end(bytes);
        },
        (error) => {
          process.stderr.write(`${error.stack}\n`);
          response.writeHead(500).end();
        },
      );
    });
  });
  server.keepAliveTimeout = 600_000;
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}/graphql`));
  });
}

const data = makeData();
const addresses = {};
for (const name of SUBGRAPHS) addresses[name] = await listen(answererOf(name, data[name]));
const law = data["law-enforcement"].entities;
process.on("message", () => process.send({ counts }));
process.on("disconnect", () => process.exit(0));
process.send({
  addresses,
  ids: { persons: [...law.Person.keys()], conferences: [...law.Conference.keys()] },
});

// One subgraph of the bench: each request body is executed once by graphql-js and its answer remembered.
import { createServer } from "node:http";
import { buildSchema, graphql } from "graphql";
import { executableSdlOf, firstFederationSdlOf } from "./supergraph/schemas.mjs";

/** Above the different bodies of one run (240 ids, three queries, some gateways); a body beyond it is executed anew. */
const REMEMBERED = 20_000;

/** Requests of all subgraphs of this process. */
export const counts = { asked: 0, executed: 0 };

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

/** Serves one subgraph's records; resolves with its address. */
export function serveSubgraph(name, records, port = 0) {
  const answer = answererOf(name, records);
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
    server.listen(port, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}/graphql`));
  });
}

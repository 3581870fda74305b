import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { TEST_HUB_SECRET } from "../../platform/hub-signature/signed-fetch.fixture";
import { createHubSigner } from "../../platform/hub-signature/sign";
import { createHubVerifier } from "../../platform/hub-signature/verify";
import { createSubgraphClient, type SubgraphClient, type SubgraphClientOptions } from "./subgraph-client";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

describe("the connection to a subgraph", () => {
  let server: Server;
  let client: SubgraphClient;
  let handled = 0;

  async function serve(handler: Handler, options: SubgraphClientOptions = {}): Promise<void> {
    handled = 0;
    server = createServer((request, response) => {
      handled += 1;
      request.resume();
      request.on("end", () => handler(request, response));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    client = createSubgraphClient(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
      options,
    );
  }
  afterEach(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const ask = (more: { isMutation?: boolean; signal?: AbortSignal } = {}) =>
    client.ask({ body: "{}", headers: {}, isMutation: false, signal: undefined, ...more });
  const answer =
    (text: string, status = 200): Handler =>
    (_request, response) =>
      void response.writeHead(status).end(text);

  test("gives data and errors as they came", async () => {
    await serve(answer('{"data":{"a":1},"errors":[{"message":"m"}]}'));
    expect(await ask()).toEqual({ kind: "answered", data: { a: 1 }, errors: [{ message: "m" }] });
  });

  test("joins an answer that comes in pieces, also within a character", async () => {
    await serve((_request, response) => {
      const text = Buffer.from('{"data":{"name":"Zoë"}}');
      response.write(text.subarray(0, 20));
      setImmediate(() => response.end(text.subarray(20)));
    });
    expect(await ask()).toMatchObject({ data: { name: "Zoë" } });
  });

  test.each([
    ["HTML", "<html>502</html>"],
    ["half an answer", '{"data":{"a":'],
    ["a list", "[]"],
    ["neither data nor errors", "{}"],
    ["data that is no object", '{"data":"x"}'],
    ["errors that are no list", '{"data":null,"errors":"x"}'],
    ["errors that are no objects", '{"data":null,"errors":["x"]}'],
    ["nothing", ""],
  ])("calls %s a bad response, whatever the status", async (_title, text) => {
    await serve(answer(text, 500));
    expect(await ask()).toEqual({ kind: "bad-response" });
  });

  test("calls a server that is not there unavailable", async () => {
    await serve(answer("{}"));
    const port = (server.address() as AddressInfo).port;
    await new Promise((resolve) => server.close(resolve));
    const gone = createSubgraphClient(`http://127.0.0.1:${port}/graphql`);
    expect(await gone.ask({ body: "{}", headers: {}, isMutation: false, signal: undefined })).toEqual({
      kind: "unavailable",
    });
    await gone.close();
    server = createServer().listen(0);
  });

  test("calls one that does not answer in time unavailable", async () => {
    await serve(() => undefined, { timeout: 50 });
    expect(await ask()).toEqual({ kind: "unavailable" });
  });

  test("calls an answer without bound unavailable", async () => {
    await serve(answer(`{"data":{"a":"${"x".repeat(10_000)}"}}`), { longestAnswer: 1_000 });
    expect(await ask()).toEqual({ kind: "unavailable" });
  });

  test("asks a query once more on a connection that was closed, and a mutation never", async () => {
    const closing: Handler = (request, response) => {
      if (handled === 1) request.socket.destroy();
      else response.end('{"data":{"a":1}}');
    };
    await serve(closing);
    expect([await ask(), handled]).toEqual([{ kind: "answered", data: { a: 1 }, errors: [] }, 2]);
    handled = 0;
    expect([await ask({ isMutation: true }), handled]).toEqual([{ kind: "unavailable" }, 1]);
  });

  test("H4: signs each sending anew, over what it sends", async () => {
    const verify = createHubVerifier(TEST_HUB_SECRET);
    const codes: unknown[] = [];
    const closing: Handler = ({ method = "", url = "", headers, socket }, response) => {
      codes.push(verify({ method, target: url, headers }, Buffer.from("{}"))?.code);
      if (handled === 1) socket.destroy();
      else response.end('{"data":{}}');
    };
    await serve(closing, { sign: createHubSigner(TEST_HUB_SECRET) });
    expect([await ask(), codes]).toMatchObject([{ kind: "answered" }, [undefined, undefined]]);
  });

  test("ends the request when the client goes away", async () => {
    const away = new AbortController();
    const dropped = new Promise<void>((resolve) => {
      void serve((request) => {
        request.socket.on("close", resolve);
        away.abort();
      }).then(async () => {
        expect(await ask({ signal: away.signal })).toEqual({ kind: "unavailable" });
      });
    });
    await dropped;
  });

  test("stops asking a server that fails, and finds out when it is back", async () => {
    let down = true;
    let passes = 0;
    const open = { failed: 0 };
    await serve(
      (request, response) => (down ? void request.socket.destroy() : void response.end('{"data":{}}')),
      {
        breaker: {
          mayPass: () => open.failed === 0 || ++passes > 1,
          failed: () => void (open.failed += 1),
          succeeded: () => void (open.failed = 0),
        },
      },
    );
    expect(await ask({ isMutation: true })).toEqual({ kind: "unavailable" });
    down = false;
    const before = handled;
    expect([await ask(), handled]).toEqual([{ kind: "unavailable" }, before]);
    expect(await ask()).toMatchObject({ kind: "answered" });
    expect(open.failed).toBe(0);
  });
});

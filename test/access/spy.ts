import { Agent, createServer, request as send, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that the gateway sent to a subgraph, as it stood on the wire. */
export interface SentRequest {
  readonly subgraph: string;
  readonly authorization: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Spy {
  readonly url: string;
  close(): Promise<void>;
}

/** Stands between the gateway and one subgraph: passes everything on as it is, and tells of each request. */
export async function spyOn(
  subgraph: string,
  target: string,
  tell: (sent: SentRequest) => void,
): Promise<Spy> {
  const { hostname, port, pathname } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const { headers } = request;
      tell({ subgraph, authorization: headers.authorization, headers, body: body.toString("utf8") });
      const passed = send(
        { hostname, port, path: pathname, method: request.method, headers, agent },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      passed.on("error", () => response.destroy());
      passed.end(body);
    });
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

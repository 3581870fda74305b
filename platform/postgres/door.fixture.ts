import { once } from "node:events";
import { createServer, connect as dial, type Server, type Socket } from "node:net";

/** A door before the server of all tests, which can be shut for one of them. */
export interface Door {
  readonly url: string;
  shut(): void;
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** Opens one; its address is the server's through it. */
export async function openDoor(target: string): Promise<Door> {
  const url = new URL(target);
  const { hostname, port } = url;
  const visitors = new Set<Socket>();
  const serve = () =>
    createServer((visitor) => {
      const through = dial(Number(port), hostname);
      for (const [one, other] of [
        [visitor, through],
        [through, visitor],
      ] as const) {
        visitors.add(one);
        one.on("error", () => undefined);
        one.on("close", () => other.destroy());
        one.pipe(other);
      }
    });
  let listening: Server = serve().listen(0, "127.0.0.1");
  await once(listening, "listening");
  const at = (listening.address() as { port: number }).port;
  url.host = `127.0.0.1:${at}`;
  const shut = () => {
    listening.close();
    for (const visitor of visitors) visitor.destroy();
    visitors.clear();
  };
  return {
    url: url.href,
    shut,
    async reopen() {
      listening = serve().listen(at, "127.0.0.1");
      await once(listening, "listening");
    },
    async close() {
      shut();
    },
  };
}

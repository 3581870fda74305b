import { once } from "node:events";
import WebSocket from "ws";

export interface Payload {
  readonly data: unknown;
}

/** One subscription on a socket of its own, that never comes back by itself; what it is told, and when. */
export class StreamClient {
  readonly received: { readonly payload: Payload; readonly at: number }[] = [];
  /** "4401 TOKEN_EXPIRED". */
  closed: string | undefined;
  private socket!: WebSocket;

  async open(url: string, presented: Record<string, string>, query: string): Promise<this> {
    this.socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws");
    this.socket.on("close", (code, reason) => (this.closed = `${code} ${reason.toString()}`));
    this.socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; payload: Payload };
      if (message.type === "connection_ack") this.send({ type: "subscribe", id: "1", payload: { query } });
      if (message.type === "next") this.received.push({ payload: message.payload, at: performance.now() });
    });
    await once(this.socket, "open");
    this.send({ type: "connection_init", payload: presented });
    return this;
  }

  /** Presents another token, without a break. */
  renew(presented: Record<string, string>): void {
    this.send({ type: "ping", payload: presented });
  }

  close(): void {
    this.socket.terminate();
  }

  private send(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }
}

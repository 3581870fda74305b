import WebSocket, { type ClientOptions } from "ws";
import { until } from "./stage";

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A client that speaks the protocol by hand, rightly or not. */
export class RawClient {
  readonly messages: Message[] = [];
  pings = 0;
  closed: { code: number; reason: string } | undefined;
  private readonly socket: WebSocket;
  readonly opened: Promise<void>;

  constructor(url: string, protocol = "graphql-transport-ws", options: ClientOptions = {}) {
    this.socket = new WebSocket(url, protocol, options);
    this.opened = new Promise((resolve, reject) => {
      this.socket.once("open", resolve);
      this.socket.once("error", reject);
    });
    this.socket.on("message", (raw: Buffer) => this.messages.push(JSON.parse(raw.toString()) as Message));
    this.socket.on("ping", () => (this.pings += 1));
    this.socket.on("close", (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
  }

  send(message: object | string): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }
  async init(payload: object): Promise<void> {
    await this.opened;
    this.send({ type: "connection_init", payload });
    await until("the acknowledgement", () => this.of("connection_ack").length === 1);
  }
  subscribe(id: string, query = "subscription { arrests { id } }"): void {
    this.send({ id, type: "subscribe", payload: { query } });
  }
  of(type: string, id?: string): Message[] {
    return this.messages.filter((one) => one.type === type && (id === undefined || one.id === id));
  }
  terminate(): void {
    this.socket.terminate();
  }
}

import WebSocket from "ws";
import { SIGNATURE_HEADER } from "../hub-signature/message";
import { createHubSigner } from "../hub-signature/sign";
import { TEST_HUB_SECRET } from "../hub-signature/signed-fetch.fixture";

/** What an agency's server sends for one event, mark or audience. */
export interface Told {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly extensions: {
    readonly cursor?: string;
    readonly position?: string;
    readonly live?: true;
    readonly standsStill?: true;
    readonly audience?: string;
  };
}

export type Ending = "complete" | readonly { readonly extensions: Readonly<Record<string, unknown>> }[];

interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** One stream as the hub hears it. */
export class HeardStream {
  private readonly heard: Told[] = [];
  private ending: Ending | undefined;
  private wake: () => void = () => undefined;
  constructor(private readonly stopIt: () => void) {}

  receive(told: Told): void {
    this.heard.push(told);
    this.wake();
  }
  finish(ending: Ending): void {
    this.ending = ending;
    this.wake();
  }

  /** The next message; rejects when the stream has ended before it. */
  async next(): Promise<Told> {
    for (;;) {
      const told = this.heard.shift();
      if (told) return told;
      if (this.ending) throw new Error(`The stream has ended: ${JSON.stringify(this.ending)}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** The next event; marks are passed over. */
  async event(): Promise<Told> {
    for (;;) {
      const told = await this.next();
      if (!told.extensions.live && !told.extensions.standsStill) return told;
    }
  }

  /** How it ends; events before are passed over. */
  async end(): Promise<Ending> {
    while (!this.ending) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.ending;
  }

  stop(): void {
    this.stopIt();
  }
}

/** A connection as the hub makes it. */
export interface HubSocket {
  begin(asked: Asked): HeardStream;
  readonly socket: WebSocket;
  close(): void;
}

/** The socket before its first message; `headers` undefined: signed as the hub signs. */
export function knock(
  url: string,
  headers?: Readonly<Record<string, string>>,
  secret = TEST_HUB_SECRET,
): WebSocket {
  const { pathname, host } = new URL(url);
  const signed = { method: "GET", target: pathname, headers: {} };
  return new WebSocket(`ws://${host}${pathname}`, "graphql-transport-ws", {
    headers: headers ?? { [SIGNATURE_HEADER]: createHubSigner(secret)(signed, "") },
  });
}

/** Connects, and says hello. */
export async function openHubSocket(url: string, secret?: string): Promise<HubSocket> {
  const socket = knock(url, undefined, secret);
  const streams = new Map<string, HeardStream>();
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => socket.send('{"type":"connection_init"}'));
    socket.on("message", (raw: Buffer) => {
      const { type, id, payload } = JSON.parse(raw.toString()) as {
        type: string;
        id: string;
        payload: never;
      };
      const stream = streams.get(id);
      if (type === "connection_ack") resolve();
      if (type === "next") stream?.receive(payload);
      if (type === "error") stream?.finish(payload);
      if (type === "complete") stream?.finish("complete");
    });
    socket.on("close", () => {
      for (const stream of streams.values()) stream.finish("complete");
    });
  });
  return {
    socket,
    begin(payload) {
      const id = String((count += 1));
      const stream = new HeardStream(() => socket.send(JSON.stringify({ type: "complete", id })));
      streams.set(id, stream);
      socket.send(JSON.stringify({ type: "subscribe", id, payload }));
      return stream;
    },
    close: () => socket.terminate(),
  };
}

import { createClient, type Client, type ClientOptions } from "graphql-ws";
import type { GraphQLFormattedError } from "graphql";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import WebSocket from "ws";
import { compose } from "../../../cli/generate/compose";
import { startGateway, type GatewayDoor, type GatewayOptions } from "../../../gateway/main";
import { ARRESTS, ArrestAgency, NAMES, NameAgency } from "./agency";

interface Payload {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

export interface Received {
  readonly payloads: Payload[];
  ended:
    | "open"
    | "complete"
    | { readonly errors: { extensions: { code: string; cursor?: string } }[] }
    | { code: number };
  readonly stop: () => void;
}

/** Two agencies and the gateway over them, open to anybody. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), "subscriptions-"));
  readonly logged: string[] = [];
  private readonly supergraphFile = join(this.folder, "supergraph.graphql");
  readonly arrests = new ArrestAgency();
  readonly names = new NameAgency();
  gateway!: GatewayDoor;
  private readonly clients: Client[] = [];

  async open(more: Partial<GatewayOptions> = {}): Promise<void> {
    await this.arrests.open();
    await this.names.open();
    writeFileSync(
      this.supergraphFile,
      compose([
        { name: "arrests", url: this.arrests.url, typeDefs: ARRESTS },
        { name: "names", url: this.names.url, typeDefs: NAMES },
      ]),
    );
    this.gateway = await startGateway({
      supergraphFile: this.supergraphFile,
      addresses: {},
      access: "open",
      port: 0,
      host: "127.0.0.1",
      log: pino({ level: "info" }, { write: (line: string) => void this.logged.push(line) }),
      ...more,
    });
  }

  changeSupergraph(change: (sdl: string) => string): void {
    writeFileSync(this.supergraphFile, change(readFileSync(this.supergraphFile, "utf8")));
  }

  get socketUrl(): string {
    return this.gateway.url.replace("http", "ws");
  }

  client(more: Partial<ClientOptions> = {}): Client {
    const client = createClient({ url: this.socketUrl, webSocketImpl: WebSocket, retryAttempts: 0, ...more });
    this.clients.push(client);
    return client;
  }

  subscribe(query: string, variables: Record<string, unknown> = {}, client = this.client()): Received {
    const payloads: Received["payloads"] = [];
    const received: { -readonly [K in keyof Received]: Received[K] } = {
      payloads,
      ended: "open",
      stop: () => undefined,
    };
    received.stop = client.subscribe(
      { query, variables },
      {
        next: (payload) => payloads.push(payload),
        error: (error) => {
          received.ended = Array.isArray(error)
            ? { errors: error as never }
            : { code: (error as { code: number }).code };
        },
        complete: () => {
          received.ended = "complete";
        },
      },
    );
    return received;
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.dispose();
    await this.gateway.close();
    await this.arrests.close();
    await this.names.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** Waits for a condition; a test that never sees it runs into the test's own timeout, and says what it waited for. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 25_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`It never came to: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

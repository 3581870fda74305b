import { watchEvents } from "../../cli/watch/watch-events";
import { openDoor, type Door } from "../../platform/postgres/door.fixture";
import type { Hub, Reader } from "./hub";

/** The client is read from her agency, which may be away: then the event comes without it. */
const QUERIES: Readonly<Record<string, string>> = {
  advocate: `subscription ($after: Cursor) {
    arrestAlerts(after: $after) { id person { id } cases { id client { id } } summary { arrestDate } }
  }`,
  detective:
    "subscription ($after: Cursor) { arrestAlerts(after: $after) { id person { id } arrest { id } } }",
};

interface Alert {
  readonly id: string;
  readonly cases?: readonly { readonly id: string }[] | null;
}

/** A client that goes on after the last event whenever its stream breaks, behind a door of its own. */
export class Subscriber {
  /** As they came, the same one maybe twice. */
  readonly received: Alert[] = [];
  notices = 0;
  failure: Error | undefined;
  private readonly over = new AbortController();
  private done: Promise<void> = Promise.resolve();
  private door!: Door;

  constructor(
    readonly name: string,
    readonly reader: Reader,
  ) {}

  async open(hub: Hub, after: string): Promise<void> {
    this.door = await openDoor(hub.gatewayUrl);
    this.done = watchEvents({
      url: this.door.url.replace("http", "ws"),
      query: QUERIES[this.reader.role]!,
      variables: {},
      after,
      connectionParams: () => hub.presented(this.reader),
      onEvent: (event) => this.received.push((event as { arrestAlerts: Alert }).arrestAlerts),
      onNotice: () => (this.notices += 1),
      signal: this.over.signal,
    }).catch((error: Error) => {
      this.failure = error;
    });
  }

  /** Cuts its connection off, for as long as it takes to come back. */
  async drop(): Promise<void> {
    this.door.shut();
    await this.door.reopen();
  }

  has(eventId: string): boolean {
    return this.received.some(({ id }) => id === eventId);
  }

  async close(): Promise<void> {
    this.over.abort();
    await this.done;
    await this.door?.close();
  }
}

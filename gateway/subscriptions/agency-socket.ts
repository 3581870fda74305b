import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import WebSocket from "ws";
import { isObject, own, type JsonObject, type JsonValue } from "../engine/json";

/** Who hears one operation. After `ended` or `lost` nothing more comes. */
export interface Operation {
  next(payload: JsonValue | undefined): void;
  /** With what the agency sent as its reason, whatever that is; undefined: it is complete. */
  ended(errors: JsonValue | undefined): void;
  /** The connection was lost or never made. */
  lost(): void;
}

/** ms between pings, and how long an answer may take: a silent peer is noticed within twice that. */
const HEARTBEAT = 5_000;
/** Bytes of one event. */
const LONGEST_EVENT = 4 * 1_048_576;
const BAD_RESPONSE = 4400;

const INIT = '{"type":"connection_init"}';
const PING = '{"type":"ping"}';
const PONG = '{"type":"pong"}';

function messageOf(raw: Buffer): JsonObject | undefined {
  try {
    const message = JSON.parse(raw.toString()) as JsonValue;
    return isObject(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The client's side of graphql-transport-ws, for some ten thousand operations on one socket: each costs an entry in a map,
 * and nothing is looked for in lists. Open while there are operations; never opened again by itself.
 */
export class AgencySocket {
  private socket: WebSocket | undefined;
  private isAcknowledged = false;
  private readonly operations = new Map<string, Operation>();
  /** Messages of operations that wait for the connection, by operation. */
  private readonly waiting = new Map<string, string>();
  private lastId = 0;
  private isLost = false;

  /**
   * @param headersOf What the hub says of itself when it connects: its signature.
   * @param onNotice Hears once that operations were lost, and once that the agency is there again.
   * @param heartbeat ms between pings.
   */
  constructor(
    private readonly url: string,
    private readonly headersOf: () => Readonly<Record<string, string>>,
    private readonly onNotice: (what: "lost" | "back") => void,
    private readonly heartbeat = HEARTBEAT,
  ) {}

  get isConnected(): boolean {
    return this.isAcknowledged;
  }

  /** Begins an operation. Returns the function that ends it: the operation hears nothing more. */
  subscribe(payload: object, operation: Operation): () => void {
    this.lastId += 1;
    const id = String(this.lastId);
    const message = JSON.stringify({ id, type: "subscribe", payload });
    this.operations.set(id, operation);
    if (this.isAcknowledged) this.socket?.send(message);
    else this.waiting.set(id, message);
    this.socket ??= this.connect();
    return () => this.stop(id);
  }

  /** Ends every operation as lost. */
  close(): void {
    this.socket?.close(1000);
    this.gone();
  }

  private stop(id: string): void {
    if (!this.operations.delete(id)) return;
    if (!this.waiting.delete(id)) this.socket?.send(JSON.stringify({ id, type: "complete" }));
    this.closeUnused();
  }

  private closeUnused(): void {
    if (this.operations.size > 0) return;
    this.socket?.close(1000);
    this.gone();
  }

  private notice(isLost: boolean): void {
    if (isLost !== this.isLost) this.onNotice(isLost ? "lost" : "back");
    this.isLost = isLost;
  }

  /** From here on the socket's messages concern nobody. */
  private gone(): void {
    this.socket = undefined;
    this.isAcknowledged = false;
    this.waiting.clear();
    const lost = [...this.operations.values()];
    this.operations.clear();
    this.notice(lost.length > 0 || this.isLost);
    for (const operation of lost) operation.lost();
  }

  private connect(): WebSocket {
    const socket = new WebSocket(this.url, GRAPHQL_TRANSPORT_WS_PROTOCOL, {
      headers: this.headersOf(),
      maxPayload: LONGEST_EVENT,
      perMessageDeflate: false,
    });
    let isSilent = false;
    const beat = setInterval(() => {
      // Neither has answered in time: the one who was to acknowledge, nor the one who was pinged.
      if (isSilent) return socket.terminate();
      isSilent = true;
      if (this.socket === socket && this.isAcknowledged) socket.send(PING);
    }, this.heartbeat);
    socket.on("open", () => socket.send(INIT));
    socket.on("message", (raw: Buffer) => {
      isSilent = false;
      if (this.socket !== socket) return;
      const message = messageOf(raw);
      if (message && this.hear(message, socket)) return;
      socket.close(BAD_RESPONSE, "Bad response");
      this.gone();
    });
    // The close that follows says the same.
    socket.on("error", () => undefined);
    socket.once("close", () => {
      clearInterval(beat);
      if (this.socket === socket) this.gone();
    });
    return socket;
  }

  /** Returns false for what is no message of the protocol. */
  private hear(message: JsonObject, socket: WebSocket): boolean {
    const id = own(message, "id");
    const operation = typeof id === "string" ? this.operations.get(id) : undefined;
    const payload = own(message, "payload");
    switch (own(message, "type")) {
      case "connection_ack":
        if (this.isAcknowledged) return false;
        this.isAcknowledged = true;
        this.notice(false);
        for (const waiting of this.waiting.values()) socket.send(waiting);
        this.waiting.clear();
        return true;
      case "ping":
        socket.send(PONG);
        return true;
      case "pong":
        return true;
      case "next":
        operation?.next(payload);
        return typeof id === "string";
      case "error":
      case "complete":
        if (typeof id !== "string") return false;
        this.operations.delete(id);
        operation?.ended(message["type"] === "complete" ? undefined : (payload ?? null));
        this.closeUnused();
        return true;
      default:
        return false;
    }
  }
}

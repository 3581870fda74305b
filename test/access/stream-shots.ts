import { WebSocket } from "ws";
import { openHubSocket } from "../../platform/subgraph/hub-socket.fixture";
import { until } from "../contract/subscriptions/stage";

interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What a message of a client may be, rightly or not. */
export type Message = string | object;

const subscribe = (id: number, payload: Asked) => ({ id: String(id), type: "subscribe", payload });

/**
 * Comes to the gateway's socket with a first message, and asks once let in. Answers all that was received, with the reason of
 * the close: when every operation is over, or the gateway has closed.
 */
export async function askOverSocket(
  url: string,
  presented: Readonly<Record<string, unknown>>,
  asked: readonly Asked[],
  then: readonly Message[] = [],
): Promise<string> {
  const socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws");
  let text = "";
  let closed = false;
  let over = 0;
  const send = (message: Message) =>
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  socket.on("open", () => send({ type: "connection_init", payload: presented }));
  socket.on("message", (raw: Buffer) => {
    text += raw.toString();
    const { type } = JSON.parse(raw.toString()) as { type: string };
    if (type === "connection_ack") [...asked.map((one, id) => subscribe(id, one)), ...then].forEach(send);
    if (type === "complete" || type === "error") over += 1;
  });
  socket.on("error", () => undefined);
  socket.on("close", (code, reason) => {
    text += `${code} ${reason.toString()}`;
    closed = true;
  });
  await until("it is answered", () => closed || (then.length === 0 && over === asked.length));
  socket.terminate();
  await until("it is closed", () => closed);
  return text;
}

/** Asks an agency's stream door, as the hub would. Answers the first that is told, or how it ended. */
export async function askForStream(
  url: string,
  secret: string,
  headers: Readonly<Record<string, unknown>>,
  asked: Asked,
): Promise<string> {
  const socket = await openHubSocket(url, secret);
  const stream = socket.begin({ ...asked, extensions: { headers } });
  const answer = await stream.next().then(
    (told) => JSON.stringify(told),
    (error: unknown) => String(error),
  );
  socket.close();
  return answer;
}

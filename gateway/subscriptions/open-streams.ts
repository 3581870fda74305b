import type { Logger } from "pino";
import { failureFacts } from "../../platform/http/failure-facts";
import { SIGNATURE_HEADER } from "../../platform/hub-signature/message";
import type { SignRequest } from "../../platform/hub-signature/sign";
import type { Admit } from "../admission";
import type { Serving } from "../gateway";
import type { Identify } from "../identity/identify";
import { Groups } from "./groups";
import { DEFAULT_STREAM_LIMITS, Streams, type StreamLimits } from "./streams";
import { createUpstream, type Upstream } from "./upstream";
import { createWebSocketDoor } from "./ws-door";

export interface StreamParts {
  readonly serving: Serving;
  /** Where a subgraph is, by its name and the address in the supergraph. */
  readonly addressOf: (name: string, address: string) => string;
  readonly admit: Admit;
  readonly identify: Identify;
  readonly signers: ReadonlyMap<string, SignRequest> | undefined;
  readonly limits: StreamLimits | undefined;
  readonly initTimeout: number | undefined;
  readonly heartbeat: number | undefined;
  readonly documentText: ((id: string) => string | undefined) | undefined;
  readonly log: Logger;
}

/** The event path: a socket to each agency, the streams on them, and the clients' sockets. */
export function openStreams(parts: StreamParts) {
  const { serving, addressOf, admit, identify, signers, limits, initTimeout, heartbeat, documentText, log } =
    parts;
  const upstreams = new Map(
    [...serving.current().planner.subgraphs].map(([name, address]): [string, Upstream] => {
      const sign = signers?.get(name);
      const headersOf = (target: string): Record<string, string> =>
        sign ? { [SIGNATURE_HEADER]: sign({ method: "GET", target, headers: {} }, "") } : {};
      const onNotice = (what: "lost" | "back") =>
        log.warn({ what, subgraph: name }, "the streams of an agency");
      return [name, createUpstream(addressOf(name, address), headersOf, onNotice)];
    }),
  );
  const streamLimits = limits ?? DEFAULT_STREAM_LIMITS;
  const streams = new Streams({
    serving,
    admit,
    groups: new Groups(upstreams, (error) =>
      log.error(failureFacts(error), "an event could not be handed on"),
    ),
    upstreams,
    limits: streamLimits,
  });
  const socketsPerPerson = streamLimits.perPerson;
  const sockets = createWebSocketDoor({
    ...{ streams, identify, log, socketsPerPerson, initTimeout, heartbeat, documentText },
  });
  return { upstreams: [...upstreams.values()], streams, sockets };
}

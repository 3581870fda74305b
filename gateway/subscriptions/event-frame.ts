import type { CompletedEvent } from "./subscriber";

/** Longest payloads of the two shorter forms of a frame's length (RFC 6455, 5.2). */
const SHORT = 125;
const MEDIUM = 65_535;
/** The first byte: a text frame, the whole message. */
const WHOLE_TEXT = 0x81;
const CLOSING_BRACE = 0x7d;

/** What stands before the payload in every event of one operation. A text: a small buffer would keep a page of others. */
export interface EventHead {
  readonly text: string;
  /** In UTF-8. */
  readonly bytes: number;
}

export function headOf(operationId: string): EventHead {
  const text = `{"id":${JSON.stringify(operationId)},"type":"next","payload":`;
  return { text, bytes: Buffer.byteLength(text) };
}

/** Bytes of a message for its client. */
const lengthOf = (head: EventHead, { payload }: CompletedEvent) => head.bytes + payload.length + 1;
/** Bytes before it. */
const offsetOf = (length: number) => (length <= SHORT ? 2 : length <= MEDIUM ? 4 : 10);

/**
 * The frames of events for one client, ready for its socket: a server's frames, so not masked. Payloads are copied, not
 * encoded again; one write of one buffer costs less than two.
 */
export function eventFrames(head: EventHead, events: readonly CompletedEvent[]): Buffer {
  let size = 0;
  for (const event of events) {
    const length = lengthOf(head, event);
    size += offsetOf(length) + length;
  }
  const frames = Buffer.allocUnsafe(size);
  let at = 0;
  for (const event of events) at = writeFrame(frames, at, head, event);
  return frames;
}

/** Returns where it ends. */
function writeFrame(frames: Buffer, at: number, head: EventHead, event: CompletedEvent): number {
  const length = lengthOf(head, event);
  const offset = offsetOf(length);
  frames[at] = WHOLE_TEXT;
  if (offset === 2) frames[at + 1] = length;
  else if (offset === 4) {
    frames[at + 1] = 126;
    frames.writeUInt16BE(length, at + 2);
  } else {
    frames[at + 1] = 127;
    frames.writeBigUInt64BE(BigInt(length), at + 2);
  }
  const text = at + offset;
  frames.write(head.text, text);
  frames.set(event.payload, text + head.bytes);
  const end = text + length;
  frames[end - 1] = CLOSING_BRACE;
  return end;
}

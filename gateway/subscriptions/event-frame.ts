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

/**
 * The frame of one event for one client, ready for its socket: a server's frame, so not masked. The payload is copied, not
 * encoded again; one write of one buffer costs less than two.
 */
export function eventFrame(head: EventHead, payload: Buffer): Buffer {
  const length = head.bytes + payload.length + 1;
  const offset = length <= SHORT ? 2 : length <= MEDIUM ? 4 : 10;
  const frame = Buffer.allocUnsafe(offset + length);
  frame[0] = WHOLE_TEXT;
  if (offset === 2) frame[1] = length;
  else if (offset === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(head.text, offset);
  frame.set(payload, offset + head.bytes);
  frame[offset + length - 1] = CLOSING_BRACE;
  return frame;
}

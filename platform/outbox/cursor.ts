import { createCipheriv, createDecipheriv } from "node:crypto";
import { OutboxError } from "./outbox-error";
import type { Place } from "./place";

/** What an epoch's cursors are written with. */
export interface EpochKey {
  readonly epoch: number;
  /** 8 bytes. */
  readonly id: Buffer;
  /** 16 bytes. */
  readonly secret: Buffer;
}

const VERSION = 1;
const ID = 8;
const BLOCK = 16;
const LENGTH = 1 + ID + BLOCK;

/** Far above any real one: a forged block decrypts to numbers all over 64 bits, so it is below both once in 2^32 times. */
const LIMIT = 1n << 48n;

/**
 * Writes a place as a cursor: version, epoch id, and transaction id and position in one AES block. The block hides how
 * much else was written between two events that a reader saw; the same place is always the same cursor.
 */
export function writeCursor({ xid, position }: Place, { id, secret }: EpochKey): string {
  const numbers = Buffer.alloc(BLOCK);
  numbers.writeBigUInt64BE(xid, 0);
  numbers.writeBigUInt64BE(position, 8);
  const cipher = createCipheriv("aes-128-ecb", secret, null).setAutoPadding(false);
  return Buffer.concat([Buffer.of(VERSION), id, cipher.update(numbers), cipher.final()]).toString(
    "base64url",
  );
}

/** The epoch id that a cursor names, in hexadecimal. Throws CURSOR_MALFORMED for what is not written as a cursor. */
export function epochIdOf(cursor: string): string {
  return bytesOf(cursor)
    .subarray(1, 1 + ID)
    .toString("hex");
}

/** The place that a cursor of this epoch names. Throws CURSOR_MALFORMED for one that was not written by `writeCursor`. */
export function readCursor(cursor: string, { epoch, secret }: EpochKey): Place {
  const cipher = createDecipheriv("aes-128-ecb", secret, null).setAutoPadding(false);
  const numbers = Buffer.concat([cipher.update(bytesOf(cursor).subarray(1 + ID)), cipher.final()]);
  const [xid, position] = [numbers.readBigUInt64BE(0), numbers.readBigUInt64BE(8)];
  if (xid >= LIMIT || position >= LIMIT) throw new OutboxError("CURSOR_MALFORMED");
  return { epoch, xid, position };
}

function bytesOf(cursor: string): Buffer {
  const bytes = Buffer.from(cursor, "base64url");
  // Written back, so that one place has one cursor: the decoder passes over what it does not know.
  if (bytes.length !== LENGTH || bytes[0] !== VERSION || bytes.toString("base64url") !== cursor) {
    throw new OutboxError("CURSOR_MALFORMED");
  }
  return bytes;
}

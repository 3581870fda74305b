import { createSecretKey, type KeyObject } from "node:crypto";

/** `<UTC ms>.<nonce>.<HMAC in base64url>` */
export const SIGNATURE_HEADER = "x-ipvi-signature";

/** What decides who asks and how much they see: none of it may be swapped under a signature. */
const SIGNED_HEADERS = ["authorization", "x-ipvi-purpose", "x-ipvi-break-glass", "x-ipvi-shared-by"] as const;

/** One request as it is on the wire. */
export interface RequestToSign {
  readonly method: string;
  /** Path and search, as in the request line. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Bytes: as long as the HMAC itself, so that guessing the key is no easier than guessing the HMAC. */
const SHORTEST_SECRET = 32;

/** @throws Error, without the secret, when it is shorter than 32 bytes. */
export function hubKeyOf(secret: string): KeyObject {
  const bytes = Buffer.from(secret, "utf8");
  if (bytes.length < SHORTEST_SECRET) {
    throw new Error(`A hub secret has at least ${SHORTEST_SECRET} bytes.`);
  }
  return createSecretKey(bytes);
}

/**
 * What is signed, before the body: a line for each part, always the same number of them. No part can hold a line break
 * (HTTP allows none in a request line or a header), and the body comes last: two different requests never give one text.
 * A header that is absent and one that is empty read the same, here as to those who act on them.
 */
export function signedHead(request: RequestToSign, timestamp: string, nonce: string): string {
  let text = `ipvi-hub-2\n${timestamp}\n${nonce}\n${request.method}\n${request.target}\n`;
  for (const name of SIGNED_HEADERS) text += `${String(request.headers[name] ?? "")}\n`;
  return text;
}

import { createHmac, randomBytes } from "node:crypto";
import { hubKeyOf, signedHead, type RequestToSign } from "./message";

/** The value of the signature header, for one sending: another sending needs another. */
export type SignRequest = (request: RequestToSign, body: string) => string;

/**
 * Signs the hub's requests to one agency, with the secret that only the two share.
 *
 * @throws Error when the secret is too short.
 */
export function createHubSigner(secret: string, now: () => number = Date.now): SignRequest {
  const key = hubKeyOf(secret);
  // Never the same twice, in this process or another; it need not be hard to guess, since it is signed.
  const instance = randomBytes(12).toString("base64url");
  let count = 0;
  return (request, body) => {
    const timestamp = String(now());
    const nonce = `${instance}${(count++).toString(36)}`;
    const mac = createHmac("sha256", key)
      .update(signedHead(request, timestamp, nonce))
      .update(body)
      .digest("base64url");
    return `${timestamp}.${nonce}.${mac}`;
  };
}

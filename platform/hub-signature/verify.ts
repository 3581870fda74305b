import { createHmac, timingSafeEqual } from "node:crypto";
import { SIGNATURE_HEADER, hubKeyOf, signedHead, type RequestToSign } from "./message";
import { createNonces } from "./nonces";

const MESSAGES = {
  HUB_SIGNATURE_MISSING: "This server answers the hub only: the request carries no signature of the hub.",
  HUB_SIGNATURE_WRONG: "The hub's signature does not fit the request.",
  HUB_SIGNATURE_STALE: "The hub's signature was made too long ago or is dated ahead: check the clocks.",
  HUB_SIGNATURE_REPLAYED: "The hub's signature was used before, or too many are in use to tell.",
} as const;

/** Why a request is not taken for the hub's. The same whoever the user is: the token has not been looked at. */
export interface HubSignatureRefusal {
  readonly status: 401;
  readonly code: keyof typeof MESSAGES;
  readonly message: string;
}

/** Undefined: it is the hub's, and has not been seen before. */
export type VerifyHubSignature = (
  request: RequestToSign,
  body: Uint8Array,
) => HubSignatureRefusal | undefined;

/** ms between the hub's clock and the agency's. */
const SKEW = 30_000;
/** Ten thousand requests a second for as long as a nonce is kept, some 100 MB at the worst. */
const MOST_NONCES = 1_000_000;

const FORM = /^(\d{1,15})\.([\w-]{1,64})\.([\w-]{43})$/;

export interface HubVerifierOptions {
  /** UTC ms. */
  readonly now?: () => number;
  readonly mostNonces?: number;
}

/**
 * Builds an agency's check that a request comes from the hub, unaltered, just now, for the first time. The signature is
 * verified before anything else is believed, so a stranger can neither fill the store of nonces nor learn the clock.
 * What was signed before this verifier was made is stale: after a restart nobody knows what had been used.
 *
 * @throws Error when the secret is too short.
 */
export function createHubVerifier(secret: string, options: HubVerifierOptions = {}): VerifyHubSignature {
  const { now = Date.now, mostNonces = MOST_NONCES } = options;
  const key = hubKeyOf(secret);
  const nonces = createNonces(SKEW, mostNonces);
  const since = now();
  const refusal = (code: HubSignatureRefusal["code"]): HubSignatureRefusal => ({
    status: 401,
    code,
    message: MESSAGES[code],
  });

  return (request, body) => {
    const header = request.headers[SIGNATURE_HEADER];
    if (header === undefined || header === "") return refusal("HUB_SIGNATURE_MISSING");
    const parts = FORM.exec(String(header));
    if (!parts) return refusal("HUB_SIGNATURE_WRONG");
    const [, timestamp, nonce, mac] = parts as unknown as [string, string, string, string];
    const expected = createHmac("sha256", key)
      .update(signedHead(request, timestamp, nonce))
      .update(body)
      .digest();
    const given = Buffer.from(mac, "base64url");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return refusal("HUB_SIGNATURE_WRONG");
    }
    const instant = now();
    const signedAt = Number(timestamp);
    if (Math.abs(instant - signedAt) > SKEW || signedAt < since) return refusal("HUB_SIGNATURE_STALE");
    return nonces.use(nonce, signedAt, instant) ? undefined : refusal("HUB_SIGNATURE_REPLAYED");
  };
}

import { timingSafeEqual } from "node:crypto";
import { SIGNATURE_HEADER, hubKeyOf } from "../hub-signature/message";
import { createHubSigner } from "../hub-signature/sign";
import { answerSignature } from "./answer-signature";

/**
 * Asks the other agency one thing. Null: no answer came before the deadline (ms), it was a refusal, or it is not the other
 * agency's answer to this very request. Never rejects: who asks acts on what was answered, and on nothing else.
 */
export type CallAgency = (body: string, deadlineMs: number) => Promise<string | null>;

/**
 * Calls one address of another agency, both ways signed with a secret that only the two share.
 *
 * @throws Error when the secret is too short.
 */
export function createAgencyCall({
  url,
  secret,
}: {
  readonly url: string;
  readonly secret: string;
}): CallAgency {
  const sign = createHubSigner(secret);
  const key = hubKeyOf(secret);
  const target = new URL(url).pathname;
  return async (body, deadlineMs) => {
    try {
      const signature = sign({ method: "POST", target, headers: {} }, body);
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", [SIGNATURE_HEADER]: signature },
        body,
        redirect: "error",
        signal: AbortSignal.timeout(deadlineMs),
      });
      const answer = await response.text();
      const given = Buffer.from(response.headers.get(SIGNATURE_HEADER) ?? "");
      const expected = Buffer.from(answerSignature(key, signature, answer));
      const isTheirs = given.length === expected.length && timingSafeEqual(given, expected);
      return response.status === 200 && isTheirs ? answer : null;
    } catch {
      return null;
    }
  };
}

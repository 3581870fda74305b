import { createHmac, type KeyObject } from "node:crypto";

/** The answer's signature. It binds the answer to the one request it was given to, and so cannot be used again. */
export function answerSignature(key: KeyObject, requestSignature: string, answer: string): string {
  return createHmac("sha256", key)
    .update(`ipvi-answer-1\n${requestSignature}\n`)
    .update(answer)
    .digest("base64url");
}

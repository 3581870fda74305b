import type { BesideAnswer, BesideDoor } from "../http/graphql-door";
import { SIGNATURE_HEADER, hubKeyOf } from "../hub-signature/message";
import { createHubVerifier } from "../hub-signature/verify";
import { answerSignature } from "./answer-signature";

export interface AgencyAnswerOptions {
  /** Shared with the one agency that may ask. */
  readonly secret: string;
  /** Answers what was asked; null: it cannot be asked so. */
  readonly answer: (body: string) => Promise<string | null>;
  /** Hears of a failure; who asked is told only that there is no answer. */
  readonly onFailure: (error: unknown) => void;
}

const refused = (status: number, code: string): BesideAnswer => ({
  status,
  headers: {},
  body: JSON.stringify({ errors: [{ message: "No answer.", extensions: { code } }] }),
});

/**
 * The other end of `createAgencyCall`: answers what is signed with the secret that the two agencies share, once each, and
 * signs what it answers.
 *
 * @throws Error when the secret is too short.
 */
export function createAgencyAnswer({ secret, answer, onFailure }: AgencyAnswerOptions): BesideDoor {
  const refusalOf = createHubVerifier(secret);
  const key = hubKeyOf(secret);
  return async (request, body) => {
    const refusal = refusalOf(request, body);
    if (refusal) return refused(refusal.status, refusal.code);
    try {
      const text = await answer(body.toString("utf8"));
      if (text === null) return refused(400, "BAD_REQUEST");
      const signature = answerSignature(key, String(request.headers[SIGNATURE_HEADER]), text);
      return { status: 200, headers: { [SIGNATURE_HEADER]: signature }, body: text };
    } catch (error) {
      onFailure(error);
      return refused(503, "NO_ANSWER");
    }
  };
}

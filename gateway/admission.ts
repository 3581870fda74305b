import { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { holdToLimits } from "./limits";
import { documentIdOf, type TrustedDocuments } from "./trusted-documents";

/**
 * Lets an operation's text in, or not, before anything is spent on it; every door calls it.
 *
 * @throws GraphQLError `UNTRUSTED_DOCUMENT`, or the limit that it passes (see holdToLimits).
 */
export type Admit = (source: string) => void;

export interface AdmissionOptions {
  readonly trusted: TrustedDocuments | undefined;
  /** False: an operation that is not listed runs and is logged by its id. */
  readonly enforced: boolean;
  readonly log: Logger;
}

/** Ids already logged, so that one operation asked all day is one line. */
const REMEMBERED_IDS = 10_000;

export function createAdmission({ trusted, enforced, log }: AdmissionOptions): Admit {
  const logged = new LRUCache<string, true>({ max: REMEMBERED_IDS });
  return (source) => {
    if (trusted && !trusted.holds(source)) {
      if (enforced) {
        throw new GraphQLError("Only listed operations run here, and this is none of them.", {
          extensions: { code: "UNTRUSTED_DOCUMENT", http: { status: 400 } },
        });
      }
      // Never its text: a value written into it may be a name.
      const documentId = documentIdOf(source);
      if (!logged.has(documentId)) log.warn({ documentId }, "an operation is not on the list");
      logged.set(documentId, true);
    }
    holdToLimits(source);
  };
}

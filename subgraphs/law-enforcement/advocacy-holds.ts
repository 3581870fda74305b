import { z } from "zod";
import type { CallAgency } from "../../platform/agency-call/call";

/** How the advocacy side is asked, at the moment of a release, whether a hold stands on a contact. */
export interface AdvocacyHolds {
  /** "clear" only when the advocacy side said so before the deadline (ms); null: no answer. Never rejects. */
  ask(contactId: string, deadlineMs: number): Promise<"clear" | "held" | null>;
}

const Answer = z.strictObject({ hold: z.boolean() });

/** Asks the advocacy subgraph; an answer in any other words is none. */
export function askAdvocacy(call: CallAgency): AdvocacyHolds {
  return {
    async ask(contactId, deadlineMs) {
      const text = await call(JSON.stringify({ contactId }), deadlineMs);
      if (text === null) return null;
      try {
        return Answer.parse(JSON.parse(text)).hold ? "held" : "clear";
      } catch {
        return null;
      }
    },
  };
}

import type { DataSource } from "typeorm";
import { z } from "zod";
import { anyHoldStands } from "./store/holds";

const Question = z.strictObject({ contactId: z.uuid() });

/**
 * What law enforcement is told before it releases a contact: that a hold stands, or that none does. Nothing else: not
 * whose, since when or until when, nor whether anybody in it is anybody's client.
 */
export function answerHolds(
  databases: readonly DataSource[],
  now: () => Date,
): (body: string) => Promise<string | null> {
  return async (body) => {
    const question = Question.safeParse(parsed(body));
    if (!question.success) return null;
    const hold = await anyHoldStands(databases, question.data.contactId.toLowerCase(), now());
    return JSON.stringify({ hold });
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

import { createHash } from "node:crypto";
import type { DataSource } from "typeorm";
import { z } from "zod";
import type { AccessRecorder } from "../../platform/access-record/recorder";
import { addressesOfCases } from "./store/addresses";

/** Cases in one question. */
const MOST = 200;

const Question = z.strictObject({
  agency: z.string().min(1).max(200),
  caseIds: z.array(z.uuid()).min(1).max(MOST),
});

const FIELDS = ["PersonIdentity.address", "VictimContact.address"];
const OPERATION = createHash("sha256").update("addresses of assigned cases").digest("hex");

/**
 * What the advocacy agency's server is told, so that it can compare, by itself, where its client lives with where he does:
 * the addresses of the two people of each case that is assigned to it. No person is shown them, and each question is in the
 * record of who saw what before it is answered.
 */
export function answerAddresses(
  database: DataSource,
  record: AccessRecorder,
): (body: string) => Promise<string | null> {
  return async (body) => {
    const question = Question.safeParse(parsed(body));
    if (!question.success) return null;
    const { agency, caseIds } = question.data;
    const cases = await addressesOfCases(database, agency, caseIds);
    const entry = (type: string, id: string) => ({ type, id, representation: null, provenance: null });
    await record.record({
      reader: { subject: "server", agency, role: "server", purpose: "case-work", breakGlass: null },
      operationHash: OPERATION,
      fields: FIELDS,
      records: cases.flatMap(({ personId, victimId }) => [
        entry("Person", personId),
        entry("Victim", victimId),
      ]),
      representations: new Map(),
      outcome: "answered",
      codes: [],
    });
    return JSON.stringify({ cases: cases.map(({ id, his, hers }) => ({ id, his, hers })) });
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

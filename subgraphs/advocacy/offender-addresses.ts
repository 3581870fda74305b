import DataLoader from "dataloader";
import { z } from "zod";
import type { CallAgency } from "../../platform/agency-call/call";

/** The addresses that law enforcement knows, now and before, of the two people of a case. For this server alone. */
export interface PoliceAddresses {
  readonly his: readonly string[];
  readonly hers: readonly string[];
}

/** How law enforcement is asked for the addresses of cases that are assigned to an agency. */
export interface OffenderAddresses {
  /** By case; a case that is not in it, and null: it is not known. Never rejects. */
  of(agency: string, caseIds: readonly string[]): Promise<ReadonlyMap<string, PoliceAddresses> | null>;
}

/** ms: an advocate waits for it. */
const DEADLINE = 2_000;
/** Cases in one question. */
const LARGEST_QUESTION = 200;

const Answer = z.strictObject({
  cases: z.array(z.strictObject({ id: z.uuid(), his: z.array(z.string()), hers: z.array(z.string()) })),
});

/** Asks law enforcement; an answer in any other words is none. */
export function askLawEnforcement(call: CallAgency): OffenderAddresses {
  return {
    async of(agency, caseIds) {
      const text = await call(JSON.stringify({ agency, caseIds }), DEADLINE);
      if (text === null) return null;
      try {
        const { cases } = Answer.parse(JSON.parse(text));
        return new Map(cases.map(({ id, his, hers }) => [id, { his, hers }]));
      } catch {
        return null;
      }
    },
  };
}

/** One question for all the cases of a request, asked afresh for each request. */
export function addressesOf(
  addresses: OffenderAddresses,
  agency: string,
): DataLoader<string, PoliceAddresses | null> {
  return new DataLoader(
    async (caseIds) => {
      const known = await addresses.of(agency, caseIds);
      return caseIds.map((id) => known?.get(id) ?? null);
    },
    { maxBatchSize: LARGEST_QUESTION },
  );
}

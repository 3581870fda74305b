import { createHash } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import type { Caller } from "../caller/caller";
import { isUuid } from "../store/uuid";
import { ToldRequestRow } from "./told-request-row";

/** A mutation as somebody told it, under a key of his own. */
export interface Told {
  readonly caller: Pick<Caller, "agency" | "subject">;
  /** A UUID. */
  readonly key: string;
  readonly mutation: string;
  readonly input: object;
  readonly now: Date;
}

export type KeyRefusal = "KEY_USED_OTHERWISE";

/** What came of a work: the id of its record, or why there is none. */
export type Outcome<Refusal extends { readonly code: string }> =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly refusal: Refusal };

const inSmallLetters = (_: string, part: unknown) =>
  typeof part === "string" && isUuid(part) ? part.toLowerCase() : part;

/**
 * The same for the same mutation and input, whatever order its parts come in, and however an id is written; parts left out and
 * null are alike.
 */
function digestOf({ mutation, input }: Told): string {
  const parts = Object.entries(input).filter(([, value]) => value != null);
  return createHash("sha256")
    .update(
      JSON.stringify([mutation, parts.sort(([one], [other]) => (one < other ? -1 : 1))], inSmallLetters),
    )
    .digest("base64url");
}

const whoseOf = ({ caller: { agency, subject }, key }: Told) => ({ agency, subject, key: key.toLowerCase() });

/** What came of this telling before: the record's id, or KEY_USED_OTHERWISE; null: it was not told, or nothing came of it. */
export async function toldBefore(
  manager: EntityManager,
  told: Told,
): Promise<Outcome<{ readonly code: KeyRefusal }> | null> {
  const known = await manager.findOneBy(ToldRequestRow, whoseOf(told));
  if (known === null || known.recordId === null) return null;
  return known.digest === digestOf(told)
    ? { ok: true, value: known.recordId }
    : { ok: false, refusal: { code: "KEY_USED_OTHERWISE" } };
}

class TakenBack<Refusal extends { readonly code: string }> extends Error {
  constructor(readonly outcome: { readonly ok: false; readonly refusal: Refusal }) {
    super(outcome.refusal.code);
  }
}

/**
 * Does a work once for each telling, in one transaction with the note that it was told; of two that come at the same
 * moment one waits for the other. Told again alike it answers the record that came of it; told otherwise it is
 * KEY_USED_OTHERWISE. A refusal leaves nothing behind, so that it can be tried again under its key.
 */
export async function toldOnce<Refusal extends { readonly code: string }>(
  database: DataSource,
  told: Told,
  work: (manager: EntityManager) => Promise<Outcome<Refusal>>,
): Promise<Outcome<Refusal | { readonly code: KeyRefusal }>> {
  const whose = whoseOf(told);
  try {
    return await database.transaction(async (manager) => {
      const noted = await manager.query<unknown[]>(
        `INSERT INTO told_request (agency, subject, key, digest, told_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING key`,
        [whose.agency, whose.subject, whose.key, digestOf(told), told.now],
      );
      const before = noted.length === 0 ? await toldBefore(manager, told) : null;
      if (before !== null) return before;
      const outcome = await work(manager);
      if (!outcome.ok) throw new TakenBack(outcome);
      await manager.update(ToldRequestRow, whose, { recordId: outcome.value });
      return outcome;
    });
  } catch (error) {
    if (error instanceof TakenBack) return (error as TakenBack<Refusal>).outcome;
    throw error;
  }
}

import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from "typeorm";
import { isUuid } from "../../../platform/store/uuid";
import { toldOnce, type KeyRefusal, type Outcome } from "../../../platform/told-request/told-once";
import type { Reader } from "../domain/standpoint";
import { openPersons } from "./conflict-wall";

/** Whom a command is about, and the referral under which a provider gives it. */
export interface Named {
  readonly personId: string;
  readonly referralId: string | null;
}

/** Who acts, with what every command of his needs. */
export interface Actor {
  readonly reader: Reader;
  readonly database: DataSource;
  readonly now: () => Date;
  /** The person whom a handle names to him, if he may begin something about him; null: nobody. */
  readonly personOf: (handle: string, element: "needs" | "promises") => Promise<Named | null>;
  /** What was read before a command is not so any more. */
  readonly forget: () => void;
}

/** He as records name him. */
export const nameOf = ({ subject, agency }: Reader): string => `${subject}@${agency}`;

/** What came of a command: the record's id, or why nothing took effect. */
export type Done<Code extends string> = Outcome<{ readonly code: Code | KeyRefusal | "KEY_IS_NO_UUID" }>;

export const no = <Code extends string>(code: Code) => ({ ok: false, refusal: { code } }) as const;
export const yes = (value: string) => ({ ok: true, value }) as const;

/** Does a command once for its key, in one transaction; a refusal leaves nothing behind. */
export async function actOnce<Code extends string>(
  { reader, database, now, forget }: Actor,
  mutation: string,
  input: object & { readonly key: string },
  work: (manager: EntityManager) => Promise<Outcome<{ readonly code: Code }>>,
): Promise<Done<Code>> {
  const { key } = input;
  if (!isUuid(key)) return no("KEY_IS_NO_UUID");
  const outcome = await toldOnce(database, { caller: reader, key, mutation, input, now: now() }, work);
  forget();
  return outcome;
}

/**
 * A record of a person, held until the transaction ends; null: there is none, or a conflict cuts him off from the person.
 * Whose it is besides is for the caller to look at.
 */
export async function holdRecord<Row extends ObjectLiteral & { readonly personId: string }>(
  manager: EntityManager,
  reader: Reader,
  entity: EntityTarget<Row>,
  id: string,
): Promise<Row | null> {
  if (!isUuid(id)) return null;
  const open = openPersons(reader, "held.person_id");
  return manager
    .createQueryBuilder(entity, "held")
    .where("held.id = :id", { id })
    .andWhere(open.sql, open.parameters)
    .setLock("pessimistic_write")
    .getOne();
}

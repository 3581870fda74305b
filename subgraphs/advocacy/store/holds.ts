import { Any, MoreThan, IsNull, type DataSource } from "typeorm";
import { isUuid } from "../../../platform/store/uuid";
import { expiryOf, type Hold, type HoldProblem, type HoldTerms } from "../domain/hold";
import { ContactHoldRow } from "./entities/contact-hold";
import type { Telling } from "./record-release";

export type HoldOutcome = { readonly holds: readonly Hold[] } | { readonly problem: HoldProblem };

/** An agency's own holds, for its advocates. */
export interface OwnHolds {
  /** Those that stand on a contact, whoever placed them, the first to expire first. */
  standing(contactId: string, now: Date): Promise<readonly Hold[]>;
  /** Places a hold, from now on for so many hours. Sent again under its key it is the same hold. */
  place(contactId: string, hours: number, terms: HoldTerms, telling: Telling): Promise<HoldOutcome>;
  /** Withdraws every standing hold of the teller's own on the contact. Sent again under its key: those it withdrew. */
  withdraw(contactId: string, telling: Telling): Promise<HoldOutcome>;
}

/** What is wrong with a telling, whatever is recorded. */
function faultOf(contactId: string, { key }: Telling): HoldOutcome | null {
  if (!isUuid(key)) return { problem: "KEY_IS_NO_UUID" };
  return isUuid(contactId) ? null : { problem: "NOT_FOUND" };
}

export function ownHolds(database: DataSource): OwnHolds {
  const rows = database.getRepository(ContactHoldRow);
  return {
    standing: (contactId, now) =>
      rows.find({
        where: { contactId, withdrawnAt: IsNull(), expiresAt: MoreThan(now) },
        order: { expiresAt: "ASC", id: "ASC" },
      }),

    async place(id, hours, terms, telling) {
      const { by, now } = telling;
      const key = telling.key.toLowerCase();
      const expiresAt = expiryOf(hours, terms, now);
      const fault = faultOf(id, telling);
      if (fault) return fault;
      const contactId = id.toLowerCase();
      if (expiresAt !== null) {
        const told = { contactId, hours, placedBy: by, placedAt: now, expiresAt, mutationKey: key };
        await rows.createQueryBuilder().insert().values(told).orIgnore().execute();
      }
      const known = await rows.findOneBy({ placedBy: by, mutationKey: key });
      if (known === null) return { problem: "HOURS_OUT_OF_BOUNDS" };
      const alike = known.contactId === contactId && known.hours === hours;
      return alike ? { holds: [known] } : { problem: "KEY_USED_OTHERWISE" };
    },

    async withdraw(id, telling) {
      const { by, now } = telling;
      const key = telling.key.toLowerCase();
      const fault = faultOf(id, telling);
      if (fault) return fault;
      const contactId = id.toLowerCase();
      const standing = { contactId, placedBy: by, withdrawnAt: IsNull(), expiresAt: MoreThan(now) };
      const usedBefore = await rows.existsBy({ placedBy: by, withdrawnKey: key });
      if (!usedBefore) await rows.update(standing, { withdrawnAt: now, withdrawnKey: key });
      const withdrawn = await rows.findBy({ placedBy: by, withdrawnKey: key });
      if (withdrawn.length === 0) return { problem: "NOT_FOUND" };
      const alike = withdrawn.every((hold) => hold.contactId === contactId);
      return alike ? { holds: withdrawn } : { problem: "KEY_USED_OTHERWISE" };
    },
  };
}

/**
 * Whether a hold of any of the agencies stands on each of these contacts: every agency is asked, whoever the cases are
 * assigned to, in one statement each. One that stands is enough, whatever the others do; otherwise all have to answer: for
 * a contact of which none is known to stand while an agency's database does not answer, pg's error; with nobody to ask, an error.
 */
export async function holdsStandingOn(
  databases: readonly DataSource[],
  contactIds: readonly string[],
  now: Date,
): Promise<(boolean | Error)[]> {
  const asked = await Promise.allSettled(
    databases.map((database) =>
      database.getRepository(ContactHoldRow).find({
        select: { contactId: true },
        where: { contactId: Any([...contactIds]), withdrawnAt: IsNull(), expiresAt: MoreThan(now) },
      }),
    ),
  );
  const held = new Set(
    asked.flatMap((one) => (one.status === "fulfilled" ? one.value : [])).map(({ contactId }) => contactId),
  );
  const failed = asked.find((one) => one.status === "rejected");
  const unknown = failed ? (failed.reason as Error) : asked.length === 0 && new Error("Nobody was asked.");
  return contactIds.map((id) => held.has(id) || unknown);
}

/**
 * Whether a hold of any of the agencies stands on a contact.
 *
 * @throws pg's error when none is known to stand and an agency's database does not answer.
 */
export async function anyHoldStands(
  databases: readonly DataSource[],
  contactId: string,
  now: Date,
): Promise<boolean> {
  const [answer = new Error("Nobody answered.")] = await holdsStandingOn(databases, [contactId], now);
  if (answer instanceof Error) throw answer;
  return answer;
}

import { MoreThan, IsNull, type DataSource } from "typeorm";
import { isUuid } from "../../../platform/store/uuid";
import { expiryOf, type Hold, type HoldProblem, type HoldTerms } from "../domain/hold";
import { isMutationKey } from "../domain/told-release";
import { ContactHoldRow } from "./entities/contact-hold";
import type { Telling } from "./record-release";

export type HoldOutcome = { readonly holds: readonly Hold[] } | { readonly problem: HoldProblem };

/** An agency's own holds, for its advocates. */
export interface OwnHolds {
  /** Places a hold, from now on for so many hours. Sent again under its key it is the same hold. */
  place(contactId: string, hours: number, terms: HoldTerms, telling: Telling): Promise<HoldOutcome>;
  /** Withdraws every standing hold of the teller's own on the contact. Sent again under its key: those it withdrew. */
  withdraw(contactId: string, telling: Telling): Promise<HoldOutcome>;
}

/** What is wrong with a telling, whatever is recorded. */
function faultOf(contactId: string, { key }: Telling): HoldOutcome | null {
  if (!isMutationKey(key)) return { problem: "MUTATION_KEY_NOT_VALID" };
  return isUuid(contactId) ? null : { problem: "CONTACT_ID_NOT_VALID" };
}

export function ownHolds(database: DataSource): OwnHolds {
  const rows = database.getRepository(ContactHoldRow);
  return {
    async place(id, hours, terms, telling) {
      const { by, key, now } = telling;
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
      return alike ? { holds: [known] } : { problem: "MUTATION_KEY_ALREADY_USED" };
    },

    async withdraw(id, telling) {
      const { by, key, now } = telling;
      const fault = faultOf(id, telling);
      if (fault) return fault;
      const contactId = id.toLowerCase();
      const standing = { contactId, placedBy: by, withdrawnAt: IsNull(), expiresAt: MoreThan(now) };
      const usedBefore = await rows.existsBy({ placedBy: by, withdrawnKey: key });
      if (!usedBefore) await rows.update(standing, { withdrawnAt: now, withdrawnKey: key });
      const withdrawn = await rows.findBy({ placedBy: by, withdrawnKey: key });
      if (withdrawn.length === 0) return { problem: "HOLD_NOT_FOUND" };
      const alike = withdrawn.every((hold) => hold.contactId === contactId);
      return alike ? { holds: withdrawn } : { problem: "MUTATION_KEY_ALREADY_USED" };
    },
  };
}

/**
 * Whether a hold of any of the agencies stands on a contact: every one of them is asked, whoever the cases are assigned
 * to. One that stands is enough, whatever the others do; otherwise all have to answer.
 *
 * @throws pg's error when none is known to stand and an agency's database does not answer.
 */
export async function anyHoldStands(
  databases: readonly DataSource[],
  contactId: string,
  now: Date,
): Promise<boolean> {
  const asked = await Promise.allSettled(
    databases.map((database) =>
      database
        .getRepository(ContactHoldRow)
        .existsBy({ contactId, withdrawnAt: IsNull(), expiresAt: MoreThan(now) }),
    ),
  );
  if (asked.some((one) => one.status === "fulfilled" && one.value)) return true;
  const failed = asked.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  return false;
}

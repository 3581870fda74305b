import { createHmac, timingSafeEqual } from "node:crypto";
import { isUuid } from "../../../platform/store/uuid";

/** How long a handle names somebody: a working day. Assumption. */
const HOLDS_MS = 12 * 3_600_000;

interface Employee {
  readonly agency: string;
  readonly subject: string;
}

/** Names persons to one caller for a while, and knows what it named. */
export interface PersonHandles {
  /** The handle of a person whom this caller sees: whoever calls has made sure. */
  handleOf(employee: Employee, personId: string, now: Date): string;
  /** The person whom a handle names to this caller at this time; null: nobody. */
  personOf(employee: Employee, handle: string, now: Date): string | null;
}

/**
 * The services do not know who exists: law enforcement says it, person by person, to the caller at hand. A command that
 * begins something about a person names him by a handle that was read with him, so that nobody can write about one who
 * is not there, or is not his to see. It holds for one caller, and for twelve hours.
 *
 * `secret`: what the agency shares with the hub, whose word `visible` is what a handle rests on.
 */
export function createPersonHandles(secret: string): PersonHandles {
  const key = createHmac("sha256", secret).update("person handles").digest();
  const mac = ({ agency, subject }: Employee, personId: string, until: string) =>
    createHmac("sha256", key)
      .update(JSON.stringify([agency, subject, personId, until]))
      .digest();
  return {
    handleOf(employee, personId, now) {
      const id = personId.toLowerCase();
      const until = (now.getTime() + HOLDS_MS).toString(36);
      return `${id}.${until}.${mac(employee, id, until).toString("base64url")}`;
    },
    personOf(employee, handle, now) {
      const [id = "", until = "", given = "", ...rest] = handle.split(".");
      if (!isUuid(id) || rest.length > 0 || Number.parseInt(until, 36) < now.getTime()) return null;
      const right = mac(employee, id, until);
      const told = Buffer.from(given, "base64url");
      return told.length === right.length && timingSafeEqual(told, right) ? id : null;
    },
  };
}

import type { EntityManager } from "typeorm";
import type { SafeContactRule } from "../domain/safe-contact";
import { ClientAddressRow } from "./entities/client-address";
import { ClientRow } from "./entities/client";
import { SafeContactRow } from "./entities/safe-contact";

/** Who records it, by the subject of her token, and at which instant. */
export interface Deed {
  readonly by: string;
  readonly now: Date;
}

/** What a row says, in the words of the rules. */
export function ruleOf({ hoursFrom, hoursUntil, ...row }: SafeContactRow): SafeContactRule {
  const hours = hoursFrom === null || hoursUntil === null ? null : { from: hoursFrom, until: hoursUntil };
  return { ...row, hours };
}

/** Records what the victim of a case on the caseload said: whoever calls has made sure. Answers the record's id. */
export async function recordSafeContact(
  manager: EntityManager,
  caseId: string,
  { hours, ...told }: Omit<SafeContactRule, "recordedAt">,
  { by, now }: Deed,
): Promise<string> {
  const { id } = await manager.save(
    manager.create(SafeContactRow, {
      ...told,
      caseId,
      hoursFrom: hours?.from ?? null,
      hoursUntil: hours?.until ?? null,
      recordedAt: now,
      recordedBy: by,
    }),
  );
  return id;
}

/** Records where a client lives now; where she lived stays known. Answers the client's id. */
export async function recordClientAddress(
  manager: EntityManager,
  clientId: string,
  address: string,
  { by, now }: Deed,
): Promise<string> {
  await manager.insert(ClientAddressRow, { clientId, address, recordedAt: now, recordedBy: by });
  await manager.update(ClientRow, clientId, { address });
  return clientId;
}

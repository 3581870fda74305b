import type { EntityManager } from "typeorm";
import type { Places } from "../domain/capacity";
import type { ServiceKind } from "../domain/referral";
import { ProviderRow } from "./entities/provider";

/** Holds a provider until the transaction ends: who is taken there meanwhile waits. False: there is none. */
export async function holdProvider(manager: EntityManager, agency: string): Promise<boolean> {
  const row = await manager
    .createQueryBuilder(ProviderRow, "provider")
    .where("provider.agency = :agency", { agency })
    .setLock("pessimistic_write")
    .getOne();
  return row !== null;
}

interface Wanted {
  readonly providerAgency: string;
  readonly service: ServiceKind;
  readonly personId: string;
}

/**
 * The places of a provider that is held: of one service, by referrals that were accepted (null: it does not offer it), and
 * of all, by persons; the one it is asked for takes no second place there.
 */
export async function placesFor(
  manager: EntityManager,
  { providerAgency, service, personId }: Wanted,
): Promise<{ readonly ofService: Places | null; readonly ofProvider: Places }> {
  const [found] = await manager.query<
    { places: number | null; taken: number; capacity: number; persons: number }[]
  >(
    `SELECT offered.places, provider.capacity,
       (SELECT count(*)::int FROM referral
        WHERE provider_agency = $1 AND service = $2 AND state = 'accepted') AS taken,
       (SELECT count(DISTINCT person_id)::int FROM referral
        WHERE provider_agency = $1 AND person_id <> $3 AND state = 'accepted') AS persons
     FROM provider LEFT JOIN provider_service offered ON offered.agency = provider.agency AND offered.service = $2
     WHERE provider.agency = $1`,
    [providerAgency, service, personId],
  );
  const { places, taken, capacity, persons } = found!;
  return {
    ofService: places === null ? null : { places, taken },
    ofProvider: { places: capacity, taken: persons },
  };
}

import type { DataSource } from "typeorm";
import type { ServiceKind } from "../domain/referral";
import { ProviderRow } from "./entities/provider";

/** Which providers are looked for; what is left out does not matter. */
export interface DirectoryFilter {
  readonly service?: ServiceKind | null;
  /** A BCP 47 tag; "es" finds "es-MX" too. */
  readonly language?: string | null;
  /** With a free place: of the service, or at least of one. */
  readonly free?: boolean | null;
}

/** Places of one service at one provider. */
export interface OfferedService {
  readonly agency: string;
  readonly service: ServiceKind;
  readonly places: number;
  readonly taken: number;
}

const TAKEN = `(SELECT count(*)::int FROM referral
  WHERE referral.provider_agency = offered.agency AND referral.service = offered.service
    AND referral.state = 'accepted')`;
const PERSONS = `(SELECT count(DISTINCT person_id)::int FROM referral
  WHERE referral.provider_agency = provider.agency AND referral.state = 'accepted')`;

/** The providers that a filter leaves, by name; in one statement. */
export function providersFound(
  database: DataSource,
  { service, language, free }: DirectoryFilter,
): Promise<ProviderRow[]> {
  const found = database.getRepository(ProviderRow).createQueryBuilder("provider");
  if (language != null) {
    found.andWhere(
      `EXISTS (SELECT FROM unnest(provider.languages) tag
         WHERE lower(tag) = lower(:language) OR starts_with(lower(tag), lower(:language) || '-'))`,
      { language },
    );
  }
  if (service != null || free === true) {
    found.andWhere(
      `EXISTS (SELECT FROM provider_service offered
         WHERE offered.agency = provider.agency AND offered.places > 0
           AND (:service::text IS NULL OR offered.service = :service)
           AND (NOT :free OR offered.places > ${TAKEN}))`,
      { service: service ?? null, free: free === true },
    );
  }
  if (free === true) found.andWhere(`provider.capacity > ${PERSONS}`);
  return found.orderBy("provider.name", "ASC").addOrderBy("provider.id", "ASC").getMany();
}

/** The services of some providers with their places, in one statement. */
export function offeredBy(database: DataSource, agencies: readonly string[]): Promise<OfferedService[]> {
  return database.query<OfferedService[]>(
    `SELECT offered.agency, offered.service, offered.places, ${TAKEN} AS taken
     FROM provider_service offered WHERE offered.agency = ANY ($1) ORDER BY offered.service`,
    [agencies],
  );
}

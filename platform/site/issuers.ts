import type { Issuer } from "../caller/verify-token";
import { developmentKeySet } from "../caller/development-keys";
import type { Partners } from "./partners";

/**
 * The site's issuers, each with its agency's roles and its keys.
 *
 * @throws Error in production when an issuer still has development keys, or when such a key was never made.
 */
export function issuersOf(partners: Partners, keysFolder: string, production: boolean): Issuer[] {
  const rolesOf = new Map(partners.agencies.map((agency) => [agency.id, agency.roles]));
  return partners.issuers.map(({ issuer, agency, keys }) => {
    if (keys === "development" && production) {
      throw new Error(`The issuer ${issuer} has development keys, which are refused in production.`);
    }
    return {
      issuer,
      agency,
      roles: rolesOf.get(agency) ?? [],
      keys: keys === "development" ? developmentKeySet(keysFolder, agency) : new URL(keys),
    };
  });
}

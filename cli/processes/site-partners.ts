import { readPartners, type Partners } from "../../platform/site/partners";
import { grantedTo } from "../../policy/granted";
import { ROLES, type Scope } from "../../policy/matrix";

/**
 * Reads the site's partners and holds them to the roles of the visibility matrix.
 *
 * @throws Error listing every fault; a role that the matrix does not know would be let in and then see nothing.
 */
export function readSitePartners(path: string): Partners {
  const partners = readPartners(path);
  const unknown = partners.agencies.flatMap(({ id, roles }) =>
    roles
      .filter((role) => !(ROLES as readonly string[]).includes(role))
      .map((role) => `${id}: ${role} is no role`),
  );
  if (unknown.length === 0) return partners;
  throw new Error(
    `The site file ${path} is not valid:\n  ${unknown.join("\n  ")}\nThe roles are ${ROLES.join(", ")}.`,
  );
}

/** The agencies whose people may hold a role that grants the scope. */
export function agenciesHolding({ agencies }: Partners, scope: Scope): ReadonlySet<string> {
  return new Set(agencies.filter(({ roles }) => grantedTo(roles).has(scope)).map(({ id }) => id));
}

/** The agencies with a database of their own in a subgraph. */
export function agenciesOf({ databases }: Partners, subgraph: string): readonly string[] {
  return databases.flatMap((one) => (one.subgraph === subgraph && one.agency !== null ? [one.agency] : []));
}

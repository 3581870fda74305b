import { readPartners, type Partners } from "../../platform/site/partners";
import { grantedTo } from "../../policy/granted";
import { keptApart } from "../../policy/separate-roles";
import { ROLES, type Scope } from "../../policy/matrix";

/**
 * Reads the site's partners and holds them to the roles of the visibility matrix, and to those that are kept apart.
 *
 * @throws Error listing every fault; a role that the matrix does not know would be let in and then see nothing.
 */
export function readSitePartners(path: string): Partners {
  const partners = readPartners(path);
  const mixed = partners.agencies.flatMap(({ id, roles }) =>
    keptApart(roles).map(([one, other]) => `${id}: no agency holds both ${one} and ${other}`),
  );
  const unknown = partners.agencies.flatMap(({ id, roles }) =>
    roles
      .filter((role) => !(ROLES as readonly string[]).includes(role))
      .map((role) => `${id}: ${role} is no role`),
  );
  const faults = [...unknown, ...mixed];
  if (faults.length === 0) return partners;
  throw new Error(
    `The site file ${path} is not valid:\n  ${faults.join("\n  ")}\nThe roles are ${ROLES.join(", ")}.`,
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

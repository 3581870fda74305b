import type { Command } from "commander";
import { ensureDevelopmentKey, signDevelopmentToken } from "../../platform/caller/development-keys";
import { PURPOSES, PURPOSE_HEADER } from "../../platform/caller/purpose";
import type { Partners } from "../../platform/site/partners";
import { readSitePartners } from "../processes/site-partners";
import { filesOf, readSettings } from "../settings";

interface TokenOptions {
  readonly role: string;
  readonly agency?: string;
  readonly subject?: string;
  readonly hours: string;
}

function agencyHolding(partners: Partners, role: string, agency: string | undefined): string {
  const holders = partners.agencies.filter((a) => a.roles.includes(role)).map((a) => a.id);
  if (holders.length === 0) {
    const roles = [...new Set(partners.agencies.flatMap((a) => a.roles))];
    throw new Error(`No agency of this site holds the role ${role}; the roles are ${roles.join(", ")}.`);
  }
  if (agency !== undefined && !holders.includes(agency)) {
    throw new Error(`${agency} may not hold the role ${role}; these may: ${holders.join(", ")}.`);
  }
  return agency ?? holders[0]!;
}

/**
 * Signs a development token for one role.
 *
 * @throws Error in production, for a role or agency the site does not know, or when the agency's keys are its own.
 */
export async function developmentToken(options: TokenOptions): Promise<string> {
  const settings = readSettings();
  if (settings.NODE_ENV === "production") throw new Error("Development tokens are refused in production.");
  const hours = Number(options.hours);
  if (!(hours > 0 && hours <= 24 * 30)) throw new Error("--hours takes a number from 0 to 720.");
  const files = filesOf(settings);
  const partners = readSitePartners(files.partners);
  const agency = agencyHolding(partners, options.role, options.agency);
  const issuer = partners.issuers.find((i) => i.agency === agency && i.keys === "development");
  if (!issuer) throw new Error(`${agency} has an identity provider of its own: ask it for a token.`);
  await ensureDevelopmentKey(files.keys, agency);
  return signDevelopmentToken(files.keys, {
    issuer: issuer.issuer,
    agency,
    subject: options.subject ?? `${options.role}-1`,
    roles: [options.role],
    lifetime: Math.round(hours * 3600),
  });
}

/** `token`: prints a development token, and nothing else; what to send beside it goes to standard error. */
export function registerToken(program: Command): void {
  program
    .command("token")
    .description("sign a development token (refused in production)")
    .requiredOption("--role <role>", "detective, coordinator, prosecutor, probation, advocate, provider, ...")
    .option(
      "--agency <agency>",
      "the agency's id in site/partners.json; default: the first that holds the role",
    )
    .option("--subject <who>", "the person; default: <role>-1")
    .option("--hours <hours>", "how long it is valid", "8")
    .action(async (options: TokenOptions) => {
      console.log(await developmentToken(options));
      console.error(`Send it with why you ask, '${PURPOSE_HEADER}: case-work' (${PURPOSES.join(", ")}).`);
    });
}

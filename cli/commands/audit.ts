import type { Command } from "commander";
import type { NotedRow } from "../../platform/access-record/verify";
import type { AgencyAddresses } from "../processes/migrate-all";

/** What the command needs of whoever knows the site. */
export interface AuditCommandOptions {
  /**
   * Finds the databases of the site (migrated), runs the work with their addresses, and puts away what it opened. Where one
   * owner is asked for, it may find that one's alone.
   */
  readonly databaseUrls: (
    owner: string | undefined,
    work: (urls: Partial<AgencyAddresses>) => Promise<void>,
  ) => Promise<void>;
}

interface Options {
  readonly agency?: string;
  readonly noted?: string;
}

const NOTED = /^(\d{1,19}):([0-9a-f]{64})$/;

function notedRow({ agency, noted }: Options): NotedRow | undefined {
  if (noted === undefined) return undefined;
  const [, sequence, hash] = NOTED.exec(noted) ?? [];
  if (sequence === undefined || hash === undefined || agency === undefined)
    throw new Error("--noted takes NUMBER:HASH as an earlier check printed it, and --agency beside it.");
  return { sequence, hash };
}

/** The databases to check, each by its owner's name. @throws Error naming the owners when the one asked for is none. */
function chosen(
  { lawEnforcement, services, advocacy = {} }: Partial<AgencyAddresses>,
  agency: string | undefined,
): [string, string][] {
  const all: [string, string][] = [
    ...(lawEnforcement === undefined ? [] : [["law-enforcement", lawEnforcement] as [string, string]]),
    ...(services === undefined ? [] : [["services", services] as [string, string]]),
    ...Object.entries(advocacy),
  ];
  const found = agency === undefined ? all : all.filter(([owner]) => owner === agency);
  if (found.length === 0)
    throw new Error(`No database is ${agency}'s; there are ${all.map(([owner]) => owner).join(", ")}.`);
  return found;
}

/** `audit verify`: walks the access records, names every row at fault, and ends with exit code 1 when there is one. */
export function registerAudit(program: Command, { databaseUrls }: AuditCommandOptions): void {
  program
    .command("audit")
    .description("check the agencies' records of who saw what")
    .command("verify")
    .description(
      "walk the chain and name each row that was altered, removed or reordered; exit code 1 if there is one",
    )
    .option("--agency <owner>", "law-enforcement, services, or a community agency's id; default: all")
    .option("--noted <number:hash>", "a head that an earlier check printed: it must still be there")
    .action(async (options: Options) => {
      const noted = notedRow(options);
      const { Client } = await import("pg");
      const { verifyChain } = await import("../../platform/access-record/verify");
      await databaseUrls(options.agency, async (urls) => {
        for (const [owner, connectionString] of chosen(urls, options.agency)) {
          const client = new Client({ connectionString });
          await client.connect();
          try {
            const { rows, faults, head } = await verifyChain(
              client,
              ({ sequence, month, what }) =>
                console.log(`${owner}, ${month}, row ${sequence ?? "-"}: ${what}`),
              noted,
            );
            console.log(`${owner}: ${rows} rows, ${faults} faults; head ${head.sequence}:${head.hash}`);
            if (faults > 0) process.exitCode = 1;
          } finally {
            await client.end();
          }
        }
      });
    });
}

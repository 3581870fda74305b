import type { Command } from "commander";
import type { ImportProgress, ImportReport } from "../../subgraphs/law-enforcement/import/settle-import";
import { broughtUpToDate } from "../processes/brought-up-to-date";

/** What the command needs of whoever knows the site. */
export interface ImportCommandOptions {
  /** Finds the law-enforcement database (migrated), runs the work with its address, and puts away what it opened. */
  readonly databaseUrl: (work: (url: string) => Promise<void>) => Promise<void>;
  /** The site's rules of levels; default: those of this project. */
  readonly tierRules?: string;
}

interface Options {
  readonly rejects?: string;
}

/**
 * `import nibrs` and `import rms`: agency records into the law-enforcement database. LAW_ENFORCEMENT_DATABASE_URL names it;
 * without it, it is the site's. A failed import, and one with refused rows, ends with exit code 1.
 */
export function registerImport(program: Command, site: ImportCommandOptions): void {
  const command = program
    .command("import")
    .description("take agency records into the law-enforcement database");
  const rejects = [
    "--rejects <file>",
    "where refused rows go (default: rejects-<kind>-<time>.csv here)",
  ] as const;
  command
    .command("nibrs")
    .argument("<folder>", "the folder of an FBI NIBRS CSV extract, of either layout")
    .option(...rejects)
    .action((folder: string, options: Options) =>
      run(site, "nibrs", options, async (databaseUrl, rejectsFile, onProgress) => {
        const { importNibrs } = await import("../../subgraphs/law-enforcement/import/import-nibrs");
        return { report: await importNibrs({ databaseUrl, folder, rejectsFile, onProgress }), lines: [] };
      }),
    );
  command
    .command("rms")
    .argument("<file>", "a person-linked CSV file with the columns of docs/import.md")
    .option(...rejects)
    .action((file: string, options: Options) =>
      run(site, "rms", options, async (databaseUrl, rejectsFile, onProgress) => {
        const { importRms } = await import("../../subgraphs/law-enforcement/import/import-rms");
        const report = await importRms({ databaseUrl, file, rejectsFile, onProgress });
        return { report, lines: [await propose(site, databaseUrl)] };
      }),
    );
}

type Work = (
  url: string,
  rejectsFile: string,
  onProgress: (progress: ImportProgress) => void,
) => Promise<{ report: ImportReport; lines: string[] }>;

async function run(site: ImportCommandOptions, kind: string, options: Options, work: Work): Promise<void> {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const rejectsFile = options.rejects ?? `rejects-${kind}-${stamp}.csv`;
  await withDatabase(site, async (url) => {
    const started = performance.now();
    const bar = await progressBar();
    const { report, lines } = await work(url, rejectsFile, bar.show).finally(() => bar.stop());
    const seconds = (performance.now() - started) / 1000;
    console.log([...summaryOf(report, seconds), ...lines].join("\n"));
    if (report.rejectedRows === 0) return;
    process.exitCode = 1;
    console.error(
      `Refused rows: ${count(report.rejectedRows)}, and their incidents with them; see ${rejectsFile}`,
    );
  });
}

async function withDatabase(site: ImportCommandOptions, work: (url: string) => Promise<void>): Promise<void> {
  const given = process.env.LAW_ENFORCEMENT_DATABASE_URL;
  if (given === undefined || given === "") return site.databaseUrl(work);
  const { migrate } = await import("../../subgraphs/law-enforcement/store/database");
  await broughtUpToDate("law-enforcement", migrate(given));
  await work(given);
}

/**
 * Runs the rules over everybody, not only those whose records changed: a proposal that is as it was stays, and one that an
 * interrupted import never came to make is made now.
 */
async function propose(site: ImportCommandOptions, url: string): Promise<string> {
  const { openLawEnforcementDatabase } = await import("../../subgraphs/law-enforcement/store/database");
  const { proposeLevels } = await import("../../subgraphs/law-enforcement/store/propose-levels");
  const { readTierRules } = await import("../../subgraphs/law-enforcement/tier-rules-file");
  const { filesOf, readSettings } = await import("../settings");
  const rules = readTierRules(site.tierRules ?? filesOf(readSettings()).tierRules);
  const database = await openLawEnforcementDatabase(url, { poolSize: 2 });
  try {
    const today = new Date().toISOString().slice(0, 10);
    const counts = await proposeLevels(database, "all", rules, today);
    return `Levels: ${count(counts.persons)} persons looked at, ${count(counts.proposed)} new proposals await confirmation.`;
  } finally {
    await database.destroy();
  }
}

/** A bar on a terminal, silence elsewhere. */
async function progressBar(): Promise<{ show: (progress: ImportProgress) => void; stop: () => void }> {
  if (!process.stdout.isTTY) return { show: () => undefined, stop: () => undefined };
  const { SingleBar, Presets } = await import("cli-progress");
  const bar = new SingleBar(
    { format: "{stage} {bar} {percentage}%", hideCursor: true },
    Presets.shades_classic,
  );
  let stage: string | undefined;
  return {
    show: (progress) => {
      if (stage !== progress.stage) bar.start(progress.total, progress.done, { stage: progress.stage });
      else bar.update(progress.done);
      stage = progress.stage;
    },
    stop: () => bar.stop(),
  };
}

function summaryOf({ figures, ...report }: ImportReport, seconds: number): string[] {
  const { inserted, updated, unchanged, refused } = report;
  return [
    `${count(figures.incidents)} incidents in ${seconds.toFixed(1)} s: ${count(inserted)} new, ${count(updated)} changed, ` +
      `${count(unchanged)} as they were; ${count(refused)} refused.`,
    `Intimate partners: ${count(figures.intimatePartnerIncidents)} incidents (${count(figures.intimatePartnerPairs)} pairs, ` +
      `${count(figures.intimatePartnerVictims)} victims), ${count(figures.intimatePartnerIncidentsWithArrest)} of them with an arrest.`,
    `Dual-party: ${count(figures.dualPartyVictims)} of ${count(figures.victimsWhoWereOffenders)} victims who were offenders too are ` +
      `intimate partners, in ${count(figures.dualPartyIncidents)} incidents; each goes to review.`,
    `Relationship unknown in ${count(figures.unknownRelationshipIncidents)} incidents; each goes to review.`,
  ];
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

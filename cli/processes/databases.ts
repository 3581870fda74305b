import { readFileSync, writeFileSync } from "node:fs";
import { startCluster, type Cluster } from "../../platform/postgres/cluster";
import { ClusterError } from "../../platform/postgres/cluster-error";
import { databaseUrl, ensureDatabase } from "../../platform/postgres/databases";
import { readOrCreateSecrets } from "../../platform/secrets-file";
import type { Partners } from "../../platform/site/partners";
import { readSitePartners } from "./site-partners";
import { filesOf, readSettings, type Settings } from "../settings";
import { migrateAll, type AgencyAddresses } from "./migrate-all";

export interface SiteDatabases {
  /** The environment variable of each database of the site, and its address. */
  readonly urls: Readonly<Record<string, string>>;
  /** The embedded server, when some address was not given. */
  readonly cluster: Cluster | undefined;
}

/**
 * Finds every database of the site: at the address its environment variable gives, else on the embedded server, which
 * is started for it, each with a role of its own that can open no other.
 *
 * @throws Error in one sentence when the embedded server does not start.
 */
export async function findDatabases(
  settings: Settings,
  partners: Partners,
  environment: NodeJS.ProcessEnv,
): Promise<SiteDatabases> {
  const urls: Record<string, string> = {};
  const embedded = partners.databases.filter(({ env }) => {
    const given = environment[env];
    if (given) urls[env] = given;
    return !given;
  });
  if (embedded.length === 0) return { urls, cluster: undefined };

  const files = filesOf(settings);
  const roles = embedded.map(({ name }) => name);
  const secrets = await readOrCreateSecrets(files.secrets, ["postgres", ...roles]);
  const { superuserUrl, cluster } = await embeddedServer(settings, secrets["postgres"]!);
  try {
    for (const { name, env } of embedded) {
      const spec = { database: name, role: name, password: secrets[name]! };
      await ensureDatabase(superuserUrl, spec);
      urls[env] = databaseUrl(superuserUrl, spec);
    }
  } catch (error) {
    await cluster?.stop();
    throw error;
  }
  return { urls, cluster };
}

/** Starts the embedded server, or finds the one that a running hub of the same home has started. */
async function embeddedServer(
  settings: Settings,
  password: string,
): Promise<{ superuserUrl: string; cluster: Cluster | undefined }> {
  const files = filesOf(settings);
  try {
    const cluster = await startCluster({
      dataDirectory: files.postgres,
      superuserPassword: password,
      ...(settings.HUB_POSTGRES_PORT === 0 ? {} : { port: settings.HUB_POSTGRES_PORT }),
      settings: { max_connections: 200 },
    });
    writeFileSync(files.postgresPort, String(cluster.port));
    return { superuserUrl: cluster.superuserUrl(), cluster };
  } catch (error) {
    if (!(error instanceof ClusterError && error.code === "ALREADY_RUNNING")) throw error;
    const url = new URL("postgres://postgres@127.0.0.1/postgres");
    url.port = readFileSync(files.postgresPort, "utf8");
    url.password = password;
    return { superuserUrl: url.href, cluster: undefined };
  }
}

/**
 * Does some work on the site's databases, brought up to date first: in production those that the environment names, else
 * also those of a running hub, or an embedded server that is stopped again afterwards.
 *
 * @throws Error in production, naming a variable that is missing: no records go to a server that nobody chose.
 */
export async function withDatabases(work: (urls: AgencyAddresses) => Promise<void>): Promise<void> {
  const settings = readSettings();
  const partners = readSitePartners(filesOf(settings).partners);
  const { urls, cluster } =
    settings.NODE_ENV === "production"
      ? { urls: process.env, cluster: undefined }
      : await findDatabases(settings, partners, process.env);
  try {
    const addresses = addressesOf(partners, urls);
    await migrateAll(addresses);
    await work(addresses);
  } finally {
    await cluster?.stop();
  }
}

/**
 * As `withDatabases`, for work on one owner's database: law-enforcement, services, or a community agency's id. In
 * production that address alone is asked for, since an agency's server is given no other's.
 */
export async function withDatabaseOf(
  owner: string | undefined,
  work: (urls: Partial<AgencyAddresses>) => Promise<void>,
): Promise<void> {
  const settings = readSettings();
  const partners = readSitePartners(filesOf(settings).partners);
  const own = settings.NODE_ENV === "production" && owner !== undefined && addressOf(partners, owner);
  if (!own) return withDatabases(work);
  await migrateAll(own);
  await work(own);
}

/** The one address of an owner, as the environment gives it; undefined: the site has no such owner. */
function addressOf(partners: Partners, owner: string): Partial<AgencyAddresses> | undefined {
  if (owner === "law-enforcement") return { lawEnforcement: databaseOf(partners, process.env, owner) };
  if (owner === "services") return { services: databaseOf(partners, process.env, owner) };
  const databases = partners.databases.filter(({ agency }) => agency === owner);
  if (databases.length === 0) return undefined;
  return { advocacy: agencyDatabasesOf({ ...partners, databases }, process.env, "advocacy") };
}

/** Each agency's addresses. @throws Error naming a variable that is missing. */
export function addressesOf(partners: Partners, urls: NodeJS.ProcessEnv): AgencyAddresses {
  return {
    lawEnforcement: databaseOf(partners, urls, "law-enforcement"),
    advocacy: agencyDatabasesOf(partners, urls, "advocacy"),
    services: databaseOf(partners, urls, "services"),
  };
}

/** The address of a subgraph's one database. @throws Error naming the variable that is missing. */
export function databaseOf(partners: Partners, urls: NodeJS.ProcessEnv, subgraph: string): string {
  const database = partners.databases.find((d) => d.subgraph === subgraph);
  if (!database) throw new Error(`The site names no database for ${subgraph}.`);
  const url = urls[database.env];
  if (!url) throw new Error(`Set ${database.env} to the address of the database ${database.name}.`);
  return url;
}

/** The addresses of a subgraph's databases, one per agency. @throws Error naming every variable that is missing. */
export function agencyDatabasesOf(
  partners: Partners,
  urls: NodeJS.ProcessEnv,
  subgraph: string,
): Record<string, string> {
  const databases = partners.databases.filter((d) => d.subgraph === subgraph && d.agency !== null);
  const missing = databases.filter(({ env }) => !urls[env]).map(({ env }) => env);
  if (missing.length > 0)
    throw new Error(`Set ${missing.join(" and ")} to the addresses of the agencies' databases.`);
  return Object.fromEntries(databases.map(({ agency, env }) => [agency!, urls[env]!]));
}

import { startCluster, type Cluster } from "../../platform/postgres/cluster";
import { databaseUrl, ensureDatabase } from "../../platform/postgres/databases";
import { readOrCreateSecrets } from "../../platform/secrets-file";
import type { Partners } from "../../platform/site/partners";
import { filesOf, type Settings } from "../settings";

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
  const cluster = await startCluster({
    dataDirectory: files.postgres,
    superuserPassword: secrets["postgres"]!,
    ...(settings.HUB_POSTGRES_PORT === 0 ? {} : { port: settings.HUB_POSTGRES_PORT }),
    settings: { max_connections: 200 },
  });
  try {
    for (const { name, env } of embedded) {
      const spec = { database: name, role: name, password: secrets[name]! };
      await ensureDatabase(cluster.superuserUrl(), spec);
      urls[env] = databaseUrl(cluster.superuserUrl(), spec);
    }
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return { urls, cluster };
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

import "reflect-metadata";
import { freePort } from "../platform/postgres/free-port";
import type { Cluster } from "../platform/postgres/cluster";
import type { Partners } from "../platform/site/partners";
import { readSitePartners } from "./processes/site-partners";
import { startChild, type RunningChild } from "./processes/child";
import { addressesOf, findDatabases } from "./processes/databases";
import { makeDevelopmentKeys } from "./processes/development-keys";
import { fillWhenEmpty } from "./processes/fill-when-empty";
import { hubSecretsOf, secretVariablesOf } from "./processes/hub-secrets";
import { requireFreePorts } from "./processes/free-ports";
import { migrateAll } from "./processes/migrate-all";
import { welcome } from "./processes/welcome";
import {
  SUBGRAPHS,
  addressOf,
  filesOf,
  portOf,
  readSettings,
  type ProcessName,
  type Settings,
  type SubgraphName,
} from "./settings";

const children: RunningChild[] = [];
let cluster: Cluster | undefined;
let stopping: Promise<never> | undefined;

/** Stops the gateway first, then the subgraphs, then the database, and ends this process. */
function stop(exitCode: number): Promise<never> {
  stopping ??= (async () => {
    for (const child of children.filter((c) => c.name === "gateway")) await child.stop();
    await Promise.all(children.map((child) => child.stop()));
    await cluster?.stop();
    process.exit(exitCode);
  })();
  return stopping;
}

/** A process is told the addresses of its own databases, and the secrets it shares, only. */
function environmentOf(
  name: ProcessName,
  partners: Partners,
  urls: Readonly<Record<string, string>>,
  secrets: Readonly<Record<SubgraphName, string>>,
): NodeJS.ProcessEnv {
  const environment = { ...process.env, ...secretVariablesOf(name, secrets) };
  if (name !== "law-enforcement" && name !== "advocacy") delete environment["HOLDS_SECRET"];
  for (const { env, subgraph } of partners.databases) {
    if (subgraph === name) environment[env] = urls[env];
    else delete environment[env];
  }
  return environment;
}

/** Starts the subgraphs, then the gateway in front of them; resolves to the gateway's address. */
async function serve(
  settings: Settings,
  partners: Partners,
  urls: Readonly<Record<string, string>>,
  secrets: Readonly<Record<SubgraphName, string>>,
): Promise<string> {
  const start = async (name: ProcessName, more: NodeJS.ProcessEnv = {}) => {
    const environment = { ...environmentOf(name, partners, urls, secrets), ...more };
    const child = await startChild(name, environment, filesOf(settings).logs);
    children.push(child);
    void child.died.then((reason) => fail(new Error(reason)));
    return child;
  };
  // The two ask each other: law enforcement before it releases a contact, advocacy before it calls a letter safe. So each
  // has to know where the other is, and one of them before it is there.
  const port = portOf(settings, "law-enforcement") || (await freePort(settings.HUB_HOST));
  const there = { ...settings, LAW_ENFORCEMENT_PORT: port };
  const advocacy = start("advocacy", { LAW_ENFORCEMENT_URL: addressOf(there, "law-enforcement") });
  const subgraphs = await Promise.all([
    advocacy.then(({ url }) =>
      start("law-enforcement", { ADVOCACY_URL: url, LAW_ENFORCEMENT_PORT: String(port) }),
    ),
    advocacy,
    start("services"),
  ]);
  const addresses = Object.fromEntries(
    subgraphs.map(({ name, url }) => [`${name.toUpperCase().replaceAll("-", "_")}_URL`, url]),
  );
  return (await start("gateway", addresses)).url;
}

async function fail(error: Error): Promise<never> {
  console.error(error.message);
  return stop(1);
}

async function main(): Promise<void> {
  const settings = readSettings();
  const partners = readSitePartners(filesOf(settings).partners);
  await requireFreePorts(settings);
  await makeDevelopmentKeys(settings, partners);
  const secrets = await hubSecretsOf(settings, SUBGRAPHS);
  const databases = await findDatabases(settings, partners, process.env);
  cluster = databases.cluster;
  void cluster?.failed.then((error) => fail(error));
  const addresses = addressesOf(partners, databases.urls);
  await migrateAll(addresses);
  const city = await fillWhenEmpty(settings, addresses);
  const url = await serve(settings, partners, databases.urls, secrets);
  console.log(welcome(url, partners, city, settings.NODE_ENV !== "production"));
}

process.on("SIGINT", () => void stop(0));
process.on("SIGTERM", () => void stop(0));
main().catch(fail);

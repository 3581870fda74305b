import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressesOf } from "../../cli/processes/databases";
import { SECRET_VARIABLES } from "../../cli/processes/hub-secrets";
import { migrateAll, type AgencyAddresses } from "../../cli/processes/migrate-all";
import { readSitePartners } from "../../cli/processes/site-partners";
import { PROCESSES, SUBGRAPHS, type ProcessName } from "../../cli/settings";
import { ensureDevelopmentKey, signDevelopmentToken } from "../../platform/caller/development-keys";
import { PURPOSE_HEADER } from "../../platform/caller/purpose";
import { openDoor, type Door } from "../../platform/postgres/door.fixture";
import { freePort } from "../../platform/postgres/free-port";
import { PROJECT_ROOT } from "../../platform/project-root";
import { hasRedis, startRedis, type RedisServer } from "../../platform/wakeup/redis-server.fixture";
import { DatabaseServer } from "./database-server";
import { HubProcess } from "./hub-process";

export interface Reader {
  readonly role: string;
  readonly agency: string;
  readonly subject: string;
}

const variable = (name: string, of: string) => `${name.toUpperCase().replaceAll("-", "_")}_${of}`;
const HOST = "127.0.0.1";

/** The whole hub as real processes with servers of its own, each of which can be killed and started again. */
export class Hub {
  readonly database = new DatabaseServer();
  readonly processes = new Map<ProcessName, HubProcess>();
  redis: RedisServer | undefined;
  /** Between the gateway and law enforcement. */
  agencyDoor!: Door;
  addresses!: AgencyAddresses;
  gatewayUrl!: string;
  private home!: string;
  private starts = 0;
  private readonly partners = readSitePartners(join(PROJECT_ROOT, "site", "partners.json"));

  async open(): Promise<void> {
    this.home = await mkdtemp(join(tmpdir(), "hub-faults-home-"));
    await this.database.open();
    if (hasRedis) this.redis = await startRedis();
    const urls: Record<string, string> = {};
    for (const { name, env } of this.partners.databases) urls[env] = await this.database.createDatabase(name);
    this.addresses = addressesOf(this.partners, urls);
    await migrateAll(this.addresses);
    for (const { agency } of this.partners.issuers)
      await ensureDevelopmentKey(join(this.home, "keys"), agency);

    const ports = new Map<ProcessName, number>();
    for (const name of PROCESSES) ports.set(name, await freePort(HOST));
    const urlOf = (name: ProcessName) => `http://${HOST}:${ports.get(name)}/graphql`;
    this.gatewayUrl = urlOf("gateway");
    this.agencyDoor = await openDoor(urlOf("law-enforcement"));
    const environment = {
      PATH: process.env["PATH"],
      HUB_HOME: this.home,
      LOG_LEVEL: "warn",
      ...urls,
      ...Object.fromEntries(PROCESSES.map((name) => [variable(name, "PORT"), String(ports.get(name))])),
      ...Object.fromEntries(SUBGRAPHS.map((name) => [variable(name, "URL"), urlOf(name)])),
      ...Object.fromEntries(
        [...Object.values(SECRET_VARIABLES), "HOLDS_SECRET"].map((name) => [
          name,
          randomBytes(32).toString("hex"),
        ]),
      ),
      LAW_ENFORCEMENT_URL: this.agencyDoor.url,
    };
    for (const name of PROCESSES) {
      const own = () => (name === "law-enforcement" ? { ...environment, ...this.wakeUps() } : environment);
      this.processes.set(name, new HubProcess(name, own));
    }
    await Promise.all([...this.processes.values()].map((one) => one.start()));
  }

  /** At each second start wake-ups come from Redis, else from the database. */
  private wakeUps(): NodeJS.ProcessEnv {
    this.starts += 1;
    return this.redis && this.starts % 2 === 0 ? { REDIS_URL: `redis://${HOST}:${this.redis.port}` } : {};
  }

  /** What a reader presents. */
  async presented({ role, agency, subject }: Reader): Promise<Record<string, string>> {
    const { issuer } = this.partners.issuers.find((one) => one.agency === agency)!;
    const claims = { issuer, agency, subject, roles: [role], lifetime: 8 * 3_600 };
    const token = await signDevelopmentToken(join(this.home, "keys"), claims);
    return { authorization: `Bearer ${token}`, [PURPOSE_HEADER]: "alert-response" };
  }

  /** Where the feed stands, as a client asks before it listens. */
  async feedCursor(reader: Reader): Promise<string> {
    const response = await fetch(this.gatewayUrl, {
      method: "POST",
      headers: { "content-type": "application/json", ...(await this.presented(reader)) },
      body: JSON.stringify({ query: "{ lawEnforcementFeed { cursor } }" }),
    });
    const { data } = (await response.json()) as { data: { lawEnforcementFeed: { cursor: string } } };
    return data.lawEnforcementFeed.cursor;
  }

  async close(): Promise<void> {
    for (const one of this.processes.values()) await one.kill("SIGTERM");
    await this.agencyDoor?.close();
    await this.redis?.stop();
    await this.database.close();
    await rm(this.home, { recursive: true, force: true });
  }
}

import { createServer } from "node:http";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../platform/project-root";
import { readPartners } from "../../platform/site/partners";
import { createTestDatabase } from "../setup/databases";
import { environmentOf, launch, processesNaming, startHub } from "./hub-process";

describe("starting the hub", () => {
  const home = mkdtempSync(join(tmpdir(), "hub-start-"));
  const databases: { drop(): Promise<void> }[] = [];
  const urls: Record<string, string> = {};

  beforeAll(async () => {
    for (const { name, env } of readPartners(join(PROJECT_ROOT, "site", "partners.json")).databases) {
      const database = await createTestDatabase({ key: `start-${name}` });
      databases.push(database);
      urls[env] = database.url;
    }
  }, 60_000);
  afterAll(async () => {
    for (const database of databases) await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  test("uses the servers named in the environment, and no embedded one", async () => {
    const hub = await startHub(home, urls);
    try {
      const { data } = await hub.ask(
        await hub.token("detective"),
        "query ($id: ID!) { person(id: $id) { id } }",
        {
          id: hub.firstPersonId,
        },
      );
      expect(data).toEqual({ person: { id: hub.firstPersonId } });
      expect(existsSync(join(home, "postgres"))).toBe(false);
    } finally {
      expect(await hub.stop()).toBe(0);
    }
  }, 60_000);

  async function failureOf(more: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
    const { output, ended } = launch(environmentOf(home, { ...urls, ...more }));
    const code = await ended;
    return { code, output: output() };
  }

  test("where a hub seems to run already it says so, which ports, and how another is started beside it", async () => {
    const others = [createServer(), createServer()];
    for (const other of others) {
      await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    }
    const [gateway, services] = others.map((other) => String((other.address() as AddressInfo).port));
    const { code, output } = await failureOf({ GATEWAY_PORT: gateway, SERVICES_PORT: services });
    for (const other of others) other.close();
    expect(code).toBe(1);
    expect(processesNaming(home)).toEqual([]);
    expect(output).toBe(
      `In use on 127.0.0.1: ${services} (SERVICES_PORT), ${gateway} (GATEWAY_PORT). ` +
        `Probably a hub is running already, of this HUB_HOME (${home}) or of another. ` +
        "Stop it, or give another a HUB_HOME of its own, and ports of its own (0: any that is free) in LAW_ENFORCEMENT_PORT, " +
        "ADVOCACY_PORT, SERVICES_PORT, GATEWAY_PORT and HUB_POSTGRES_PORT.\n",
    );
  }, 60_000);

  test("says in one sentence which agency's database does not answer", async () => {
    const { code, output } = await failureOf({
      SERVICES_DATABASE_URL: "postgres://nobody@127.0.0.1:1/services",
    });
    expect(code).toBe(1);
    expect(output).toMatch(/The database of services could not be brought up to date: .*ECONNREFUSED/);
    expect(output).not.toMatch(/^\s+at /m);
  }, 60_000);

  test("says every setting at fault at once, without its value", async () => {
    const { code, output } = await failureOf({ GATEWAY_PORT: "secret-port", LOG_LEVEL: "secret-level" });
    expect(code).toBe(1);
    expect(output).toMatch(/GATEWAY_PORT[^]*LOG_LEVEL/);
    expect(output).not.toContain("secret-");
  }, 60_000);

  test("in production refuses secrets made here, and development keys", async () => {
    const variables = ["HUB_SECRET_LAW_ENFORCEMENT", "HUB_SECRET_ADVOCACY", "HUB_SECRET_SERVICES"];
    expect((await failureOf({ NODE_ENV: "production" })).output).toContain(
      `${variables.join(", ")}: required in production`,
    );
    const given = Object.fromEntries(variables.map((variable) => [variable, `${variable}-0123456789abcdef`]));
    const { code, output } = await failureOf({ NODE_ENV: "production", ...given });
    expect(code).toBe(1);
    expect(output).toContain("has development keys, which are refused in production.");
  }, 60_000);
});

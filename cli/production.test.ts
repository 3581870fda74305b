import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../platform/project-root";
import { migrate } from "../subgraphs/services/store/database";
import { createTestDatabase } from "../test/setup/databases";

const SET_LAW_ENFORCEMENT =
  "Set LAW_ENFORCEMENT_DATABASE_URL to the address of the database law_enforcement.\n";

describe("the command line in production", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "hub-production-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function hub(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<unknown> {
    const env = {
      PATH: process.env["PATH"],
      HUB_HOME: home,
      HUB_POSTGRES_PORT: "0",
      NODE_ENV: "production",
      ...more,
    };
    return new Promise((resolve) => {
      const command = [join(PROJECT_ROOT, "dist", "cli", "hub.js"), ...args];
      const child = execFile(process.execPath, command, { env }, (_, out, err) =>
        resolve({ code: child.exitCode, out, err }),
      );
    });
  }

  test.each([
    ["import rms", ["import", "rms", "none.csv"]],
    ["import nibrs", ["import", "nibrs", "none"]],
    ["audit verify", ["audit", "verify"]],
    ["audit verify of one agency", ["audit", "verify", "--agency", "law-enforcement"]],
  ])(
    "%s without the database's address is refused, and no server is made",
    async (_, args) => {
      expect(await hub(args)).toEqual({ code: 1, out: "", err: SET_LAW_ENFORCEMENT });
      expect(readdirSync(home)).toEqual([]);
    },
    60_000,
  );

  test("an empty address is none", async () => {
    const answer = await hub(["import", "rms", "none.csv"], { LAW_ENFORCEMENT_DATABASE_URL: "" });
    expect(answer).toEqual({ code: 1, out: "", err: SET_LAW_ENFORCEMENT });
    expect(readdirSync(home)).toEqual([]);
  }, 60_000);

  test("one agency's record is verified with its own address alone, by the name the site gives the variable", async () => {
    const services = await createTestDatabase({ key: "production-services", migrate });
    const answer = await hub(["audit", "verify", "--agency", "services"], {
      SERVICES_DATABASE_URL: services.url,
    });
    await services.drop();
    expect(answer).toEqual({
      code: 0,
      out: expect.stringMatching(/^services: 0 rows, 0 faults; head /) as string,
      err: "",
    });
    expect(await hub(["audit", "verify", "--agency", "harbor-house"])).toMatchObject({
      code: 1,
      err: "Set HARBOR_HOUSE_DATABASE_URL to the addresses of the agencies' databases.\n",
    });
    expect(readdirSync(home)).toEqual([]);
  }, 60_000);

  test("an import goes to the variable that the site names", async () => {
    const site = join(PROJECT_ROOT, "site", "partners.json");
    const partners = JSON.parse(JSON.stringify(jest.requireActual(site))) as { databases: { env: string }[] };
    for (const one of partners.databases) {
      if (one.env === "LAW_ENFORCEMENT_DATABASE_URL") one.env = "POLICE_DATABASE_URL";
    }
    writeFileSync(join(home, "partners.json"), JSON.stringify(partners));
    expect(await hub(["import", "rms", "none.csv"], { HUB_SITE: home })).toEqual({
      code: 1,
      out: "",
      err: "Set POLICE_DATABASE_URL to the address of the database law_enforcement.\n",
    });
  }, 60_000);

  test("no city is made, whatever databases there are", async () => {
    const urls = Object.fromEntries(
      ["LAW_ENFORCEMENT", "SERVICES", "HUB", "HARBOR_HOUSE", "SAFE_PASSAGE"].map((name) => [
        `${name}_DATABASE_URL`,
        "postgres://nobody@127.0.0.1:1/none",
      ]),
    );
    for (const environment of [{}, urls]) {
      expect(await hub(["seed"], environment)).toEqual({
        code: 1,
        out: "",
        err: "A synthetic city is refused in production.\n",
      });
    }
    expect(readdirSync(home)).toEqual([]);
  }, 60_000);
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SUBGRAPHS, readSettings } from "../settings";
import { holdsSecretOf, hubSecretsOf, secretVariablesOf } from "./hub-secrets";

describe("the secrets that the hub shares with each agency", () => {
  const home = mkdtempSync(join(tmpdir(), "hub-secrets-"));
  afterAll(() => rmSync(home, { recursive: true }));
  const settings = (more: NodeJS.ProcessEnv = {}) => readSettings({ HUB_HOME: home, ...more });

  test("in development are made once, each its own", async () => {
    const made = await hubSecretsOf(settings(), SUBGRAPHS);
    expect(new Set(Object.values(made)).size).toBe(3);
    expect(await hubSecretsOf(settings(), ["services"])).toEqual({ services: made.services });
  });

  test("and the one about holds, which the hub does not share, is made once, or given, or required", async () => {
    const made = await holdsSecretOf(settings());
    expect(await holdsSecretOf(settings())).toBe(made);
    expect(Object.values(await hubSecretsOf(settings(), SUBGRAPHS))).not.toContain(made);
    expect(await holdsSecretOf(settings({ HOLDS_SECRET: "h".repeat(32) }))).toBe("h".repeat(32));
    await expect(holdsSecretOf(settings({ NODE_ENV: "production" }))).rejects.toThrow(/HOLDS_SECRET/);
  });

  test("are the environment's where it gives them", async () => {
    const given = "given-by-the-environment-0123456789";
    const secrets = await hubSecretsOf(settings({ HUB_SECRET_ADVOCACY: given }), SUBGRAPHS);
    expect([secrets.advocacy, secrets.services]).toEqual([given, expect.not.stringContaining(given)]);
  });

  test("are required in production, every missing one named", async () => {
    const production = settings({ NODE_ENV: "production", HUB_SECRET_ADVOCACY: "x".repeat(32) });
    await expect(hubSecretsOf(production, SUBGRAPHS)).rejects.toThrow(
      /HUB_SECRET_LAW_ENFORCEMENT, HUB_SECRET_SERVICES: required in production/,
    );
  });

  test("are refused when short, without being repeated", () => {
    const read = () => settings({ HUB_SECRET_SERVICES: "shorter-than-it-may-be" });
    expect(read).toThrow(/HUB_SECRET_SERVICES/);
    expect(read).not.toThrow(/shorter-than/);
  });

  test.each([
    ["x".repeat(31), true],
    ["x".repeat(32), false],
    ["ä".repeat(15), true],
    ["ä".repeat(16), false],
  ])("are as long in bytes, not in characters, as the signature: %j", (secret, refused) => {
    const read = () => settings({ HOLDS_SECRET: secret });
    if (refused) expect(read).toThrow(/HOLDS_SECRET: at least 32 bytes$/);
    else expect(read().HOLDS_SECRET).toBe(secret);
  });

  test("are refused when agencies have the same one, each variable named, without being repeated", async () => {
    const same = "given-twice-0123456789-0123456789";
    const two = { HUB_SECRET_LAW_ENFORCEMENT: same, HUB_SECRET_SERVICES: same };
    const other = { HUB_SECRET_ADVOCACY: "o".repeat(32) };
    await expect(hubSecretsOf(settings({ ...two, ...other }), SUBGRAPHS)).rejects.toThrow(
      new Error(
        "The environment is not valid:\n  HUB_SECRET_LAW_ENFORCEMENT, HUB_SECRET_SERVICES: must differ from each other",
      ),
    );
    const three = settings({ ...two, HUB_SECRET_ADVOCACY: same });
    await expect(hubSecretsOf(three, SUBGRAPHS)).rejects.toThrow(
      "HUB_SECRET_LAW_ENFORCEMENT, HUB_SECRET_ADVOCACY, HUB_SECRET_SERVICES: must differ",
    );
  });

  test("H5: reach an agency's process its own alone, and the gateway's all", async () => {
    const secrets = await hubSecretsOf(settings(), SUBGRAPHS);
    expect(secretVariablesOf("advocacy", secrets)).toEqual({
      HUB_SECRET_LAW_ENFORCEMENT: undefined,
      HUB_SECRET_ADVOCACY: secrets.advocacy,
      HUB_SECRET_SERVICES: undefined,
    });
    expect(Object.values(secretVariablesOf("gateway", secrets)).sort()).toEqual(
      Object.values(secrets).sort(),
    );
  });
});

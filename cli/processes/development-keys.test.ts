import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { developmentKeySet } from "../../platform/caller/development-keys";
import { PROJECT_ROOT } from "../../platform/project-root";
import { filesOf, readSettings } from "../settings";
import { makeDevelopmentKey, makeDevelopmentKeys } from "./development-keys";
import { readSitePartners } from "./site-partners";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "hub-keys-"));
});
afterEach(() => rmSync(home, { recursive: true }));

test("many that make an agency's key at the same moment end with the same one, and leave no draft", async () => {
  const keys = join(home, "keys");
  const made = await Promise.all(
    Array.from({ length: 10 }, async () => {
      await makeDevelopmentKey(keys, "metro-police");
      return JSON.stringify(developmentKeySet(keys, "metro-police"));
    }),
  );
  expect(new Set(made).size).toBe(1);
  await makeDevelopmentKey(keys, "metro-police");
  expect(JSON.stringify(developmentKeySet(keys, "metro-police"))).toBe(made[0]);
  expect(readdirSync(keys)).toEqual(["metro-police.jwk"]);
});

test("each issuer of the site has its key; in production none is made", async () => {
  const partners = readSitePartners(join(PROJECT_ROOT, "site", "partners.json"));
  const production = readSettings({ HUB_HOME: home, NODE_ENV: "production" });
  await makeDevelopmentKeys(production, partners);
  expect(readdirSync(home)).toEqual([]);
  const settings = readSettings({ HUB_HOME: home });
  await makeDevelopmentKeys(settings, partners);
  const issuers = partners.issuers.map(({ agency }) => `${agency}.jwk`);
  expect(readdirSync(filesOf(settings).keys).sort()).toEqual(issuers.sort());
});

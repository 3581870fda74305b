import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../platform/project-root";
import { filesOf, readSettings } from "../settings";
import { makeDevelopmentKeys } from "./development-keys";
import { readSitePartners } from "./site-partners";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "hub-keys-"));
});
afterEach(() => rmSync(home, { recursive: true }));

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

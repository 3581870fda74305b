import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../platform/project-root";
import { readSitePartners } from "./site-partners";

test("a role that the visibility matrix does not know is refused at start, with its agency", () => {
  const folder = mkdtempSync(join(tmpdir(), "site-partners-"));
  const text = readFileSync(join(PROJECT_ROOT, "site", "partners.json"), "utf8");
  writeFileSync(join(folder, "partners.json"), text.replace('"prosecutor"', '"prosecuter"'));
  expect(() => readSitePartners(join(folder, "partners.json"))).toThrow(
    "county-prosecutor: prosecuter is no role",
  );
  rmSync(folder, { recursive: true });
});

test("SV37: an agency that would help both victims and abusive partners is refused at start", () => {
  const folder = mkdtempSync(join(tmpdir(), "site-partners-"));
  const text = readFileSync(join(PROJECT_ROOT, "site", "partners.json"), "utf8");
  writeFileSync(join(folder, "partners.json"), text.replace('["provider"]', '["provider", "advocate"]'));
  expect(() => readSitePartners(join(folder, "partners.json"))).toThrow(
    "new-start: no agency holds both advocate and provider",
  );
  rmSync(folder, { recursive: true });
});

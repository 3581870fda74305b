import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { schemaFiles } from "../../cli/generate/schema-files";
import { PROJECT_ROOT } from "../../platform/project-root";

const SCHEMA = join(PROJECT_ROOT, "schema");

describe("schema/", () => {
  test("is what the agencies' classes and policies say today: run 'npm run generate' when this fails", async () => {
    const derived = await schemaFiles();
    const present = readdirSync(SCHEMA, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(SCHEMA.length + 1));
    expect(present.sort()).toEqual([...derived.keys()].sort());
    for (const [path, content] of derived)
      expect([path, readFileSync(join(SCHEMA, path), "utf8")]).toEqual([path, content]);
  });
});

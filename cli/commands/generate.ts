import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { PROJECT_ROOT } from "../../platform/project-root";

const SCHEMA = join(PROJECT_ROOT, "schema");

/** `generate`: writes schema/ anew and removes what no longer belongs there. */
export function registerGenerate(program: Command): void {
  program
    .command("generate")
    .description("derive schema/ from the agencies' classes and policies")
    .action(async () => {
      // Loaded here: the other commands need none of the agencies' classes.
      const { schemaFiles } = await import("../generate/schema-files");
      const files = await schemaFiles();
      for (const [path, content] of files) {
        const file = join(SCHEMA, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      }
      for (const path of await readdir(SCHEMA, { recursive: true, withFileTypes: true })) {
        const file = join(path.parentPath, path.name);
        if (path.isFile() && !files.has(file.slice(SCHEMA.length + 1))) await rm(file);
      }
      console.log(`schema/ holds ${files.size} files.`);
    });
}

import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { documentIdOf } from "../../gateway/trusted-documents";

/** `documents`: prints the list of trusted documents that holds the files given. */
export function registerDocuments(program: Command): void {
  program
    .command("documents")
    .description("print the list of trusted documents (TRUSTED_DOCUMENTS) of the operations in some files")
    .argument("<files...>", "one operation document each")
    .action(async (files: string[]) => {
      const list: Record<string, string> = {};
      for (const file of files) {
        const source = await readFile(file, "utf8");
        list[documentIdOf(source)] = source;
      }
      console.log(JSON.stringify(list, null, 2));
    });
}

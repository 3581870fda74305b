import type { Command } from "commander";
import { parse } from "graphql";
import { documentIdOf } from "../../gateway/trusted-documents";
import { readText } from "./arguments";

/** `documents`: prints the list of trusted documents that holds the files given. */
export function registerDocuments(program: Command): void {
  program
    .command("documents")
    .description("print the list of trusted documents (TRUSTED_DOCUMENTS) of the operations in some files")
    .argument("<files...>", "one operation document each")
    .action(async (files: string[]) => {
      const list: Record<string, string> = {};
      for (const file of files) {
        const source = await readText(file);
        try {
          parse(source);
        } catch (error) {
          throw new Error(`${file} is no GraphQL document: ${(error as Error).message}`, { cause: error });
        }
        list[documentIdOf(source)] = source;
      }
      console.log(JSON.stringify(list, null, 2));
    });
}

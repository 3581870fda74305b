import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ImportError } from "./import-error";

/**
 * Finds the files of an extract in a folder, by their names without letter case and ".csv".
 * Throws FOLDER_UNREADABLE, FILE_AMBIGUOUS, or FILE_MISSING with every file that is missing.
 */
export async function findFiles(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new ImportError(
      "FOLDER_UNREADABLE",
      `The folder ${folder} cannot be read (${error.code ?? error.message}).`,
    );
  });
  const found = new Map<string, string>();
  for (const entry of entries.sort()) {
    const name = /^(.*)\.csv$/i.exec(entry)?.[1]?.toLowerCase();
    if (name === undefined || !names.includes(name)) continue;
    const other = found.get(name);
    if (other !== undefined) {
      throw new ImportError(
        "FILE_AMBIGUOUS",
        `${folder} holds ${other} and ${entry}: which is the extract's?`,
      );
    }
    found.set(name, entry);
  }
  const missing = names.filter((name) => !found.has(name)).map((name) => `${name}.csv`);
  if (missing.length === names.length) {
    throw new ImportError(
      "FILE_MISSING",
      `The folder ${folder} holds no file of an FBI NIBRS extract (${missing[0] ?? ""}, ...).`,
    );
  }
  if (missing.length > 0) {
    throw new ImportError("FILE_MISSING", `The folder ${folder} lacks ${missing.join(", ")} of the extract.`);
  }
  return new Map([...found].map(([name, entry]) => [name, join(folder, entry)]));
}

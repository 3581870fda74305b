import { readFile } from "node:fs/promises";

/** @throws Error in one sentence: the file and why it cannot be read. */
export async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file} cannot be read (${error.code ?? error.message}).`, { cause: error });
  });
}

/** @throws Error in one sentence when it is no JSON object. */
export function readVariables(json: string): Record<string, unknown> {
  let variables: unknown;
  try {
    variables = JSON.parse(json);
  } catch (error) {
    throw new Error(`--variables is no JSON: ${(error as Error).message}.`, { cause: error });
  }
  if (typeof variables !== "object" || variables === null || Array.isArray(variables)) {
    throw new Error(`--variables takes a JSON object, such as '{"id": "..."}'.`);
  }
  return variables as Record<string, unknown>;
}

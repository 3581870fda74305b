// After an install: removes the TypeScript sources that packages ship beside their compiled code. Nothing runs them here,
// and the repository's own build compiles every .ts file under bench/.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const files = readdirSync("node_modules", { recursive: true, withFileTypes: true });
for (const file of files) {
  if (file.isFile() && /(?<!\.d)\.ts$/.test(file.name)) rmSync(join(file.parentPath, file.name));
}

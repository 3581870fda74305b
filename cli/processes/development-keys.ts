import { ensureDevelopmentKey } from "../../platform/caller/development-keys";
import type { Partners } from "../../platform/site/partners";
import { filesOf, type Settings } from "../settings";

/** Makes the keys of every issuer that has development keys; in production none, where they are refused. */
export async function makeDevelopmentKeys(settings: Settings, partners: Partners): Promise<void> {
  if (settings.NODE_ENV === "production") return;
  for (const { agency, keys } of partners.issuers) {
    if (keys === "development") await ensureDevelopmentKey(filesOf(settings).keys, agency);
  }
}

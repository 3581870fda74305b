import { unwatchFile, watchFile } from "node:fs";
import type { Logger } from "pino";
import { failureFacts } from "../../platform/http/failure-facts";
import { loadSupergraph, type LoadedSupergraph } from "./load-supergraph";

/** ms between two looks at the file. */
const INTERVAL = 1_000;

/**
 * Calls back with the supergraph whenever its file has changed. One that cannot be served (no supergraph, a gap in its
 * protection) is logged and not taken: what is served stays.
 *
 * @param take Throws to refuse it.
 */
export function watchSupergraph(
  path: string,
  take: (loaded: LoadedSupergraph) => void,
  log: Logger,
): { close(): void } {
  const changed = (): void => {
    loadSupergraph(path)
      .then(take)
      .then(
        () => log.info("the supergraph has changed: the new one is served"),
        (error: unknown) =>
          log.error(
            failureFacts(error),
            "the supergraph has changed and cannot be served: the old one stays",
          ),
      );
  };
  watchFile(path, { interval: INTERVAL, persistent: false }, changed);
  return { close: () => unwatchFile(path, changed) };
}

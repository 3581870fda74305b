import { createServer } from "node:net";
import { PORT_VARIABLES, PROCESSES, portOf, type Settings } from "../settings";

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error),
    );
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/**
 * Looks whether the hub's processes can have their ports, before anything else is done. What is taken between this look and
 * the start the process itself says.
 *
 * @throws Error naming those in use with their variables, and how another hub is started beside the one that has them.
 */
export async function requireFreePorts(settings: Settings): Promise<void> {
  const taken: string[] = [];
  for (const name of PROCESSES) {
    const port = portOf(settings, name);
    if (!(await isFree(port, settings.HUB_HOST))) taken.push(`${port} (${PORT_VARIABLES[name]})`);
  }
  if (taken.length === 0) return;
  const variables = PROCESSES.map((name) => PORT_VARIABLES[name]).join(", ");
  throw new Error(
    `In use on ${settings.HUB_HOST}: ${taken.join(", ")}. ` +
      `Probably a hub is running already, of this HUB_HOME (${settings.HUB_HOME}) or of another. ` +
      `Stop it, or give another a HUB_HOME of its own, and ports of its own (0: any that is free) in ${variables} ` +
      "and HUB_POSTGRES_PORT.",
  );
}

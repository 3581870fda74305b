import { rm } from "node:fs/promises";
import "./start-postgres";

/** Jest's globalTeardown: stops the throwaway PostgreSQL, if a test asked for one, and removes every trace of it. */
export default async function stopPostgres(): Promise<void> {
  const running = globalThis.testPostgres;
  if (running === undefined) return;
  running.door.close();
  const cluster = await running.cluster()?.catch(() => undefined);
  await cluster?.stop();
  await rm(running.folder, { recursive: true, force: true });
  await running.dismissMinder();
}

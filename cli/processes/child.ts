import { fork, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ProcessName } from "../settings";

export interface RunningChild {
  readonly name: ProcessName;
  readonly url: string;
  /** Resolves with a sentence if the process ends without being told to. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/** ms until a process that does not stop by itself is killed: longer than any request it may be answering. */
const STOP_LIMIT = 12_000;

/**
 * MB of the young generation: room for the answers of some dozens of requests under way. With Node's 16 they are copied
 * over and over, and then into the old generation, before they are done with.
 */
const NODE_FLAGS = ["--max-semi-space-size=64"];

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

/**
 * Starts one process of the hub and resolves when it serves. Its log goes to a file of its own.
 *
 * @throws Error when it ends first; it has then said why on standard error.
 */
export async function startChild(
  name: ProcessName,
  environment: NodeJS.ProcessEnv,
  logs: string,
): Promise<RunningChild> {
  mkdirSync(logs, { recursive: true });
  const child = fork(join(__dirname, "..", "start-one.js"), [name], {
    execArgv: [...process.execArgv, ...NODE_FLAGS],
    env: environment,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    // A group of its own: a Ctrl-C in the terminal reaches the parent alone, which stops all in order.
    detached: true,
  });
  child.stdout!.pipe(createWriteStream(join(logs, `${name}.log`), { flags: "a", mode: 0o600 }));
  const exit = ended(child);
  let stopping = false;
  const url = await Promise.race([
    new Promise<string>((resolve) =>
      child.once("message", (message: { url: string }) => resolve(message.url)),
    ),
    exit.then((how) => {
      throw new Error(`${name} did not start (${how}).`);
    }),
  ]);
  return {
    name,
    url,
    died: exit.then((how) =>
      stopping
        ? new Promise<string>(() => undefined)
        : `${name} ended by itself (${how}). All that npm start started ends with it; processes of their own (npm run start:…) do not.`,
    ),
    stop: async () => {
      stopping = true;
      child.kill("SIGTERM");
      const limit = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT);
      await exit;
      clearTimeout(limit);
    },
  };
}

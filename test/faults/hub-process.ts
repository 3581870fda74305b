import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessName } from "../../cli/settings";
import { PROJECT_ROOT } from "../../platform/project-root";

/** ms before a process that did not come up is started again, as whoever minds it would. */
const AGAIN = 300;

/** One process of the hub, that can be killed outright and started again where it was. */
export class HubProcess {
  private child: ChildProcess | undefined;
  private output = "";

  constructor(
    readonly name: ProcessName,
    private readonly environment: () => NodeJS.ProcessEnv,
  ) {}

  /** Starts it, again and again until it serves: what it needs may be away at the same time. */
  async start(): Promise<void> {
    while (!(await this.startOnce())) await sleep(AGAIN);
  }

  private async startOnce(): Promise<boolean> {
    const child = fork(join(PROJECT_ROOT, "dist", "cli", "start-one.js"), [this.name], {
      env: this.environment(),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.child = child;
    for (const stream of [child.stdout!, child.stderr!])
      stream.on("data", (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-4_000)));
    return Promise.race([
      new Promise<boolean>((resolve) => child.once("message", () => resolve(true))),
      once(child, "exit").then(() => false),
    ]);
  }

  /** The end of what it printed. */
  get lastWords(): string {
    return this.output;
  }

  async kill(signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  }
}

import { execFile, fork, type ChildProcess } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { promisify } from "node:util";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../platform/project-root";

const run = promisify(execFile);

/** The whole hub as real processes, started as `npm start` starts it, on free ports and with a home of its own. */
export interface RunningHub {
  readonly url: string;
  readonly firstPersonId: string;
  readonly output: () => string;
  /** What `hub token` prints; the same one for the same words. */
  token(role: string, ...options: string[]): Promise<string>;
  ask(token: string | undefined, query: string, variables?: Record<string, unknown>): Promise<HubAnswer>;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface HubAnswer {
  readonly status: number;
  readonly data: Record<string, unknown> | null;
  readonly errors: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; reason?: string };
  }[];
}

export function environmentOf(home: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const ports = [
    "HUB_POSTGRES_PORT",
    "GATEWAY_PORT",
    "LAW_ENFORCEMENT_PORT",
    "ADVOCACY_PORT",
    "SERVICES_PORT",
  ];
  return {
    PATH: process.env["PATH"],
    HUB_HOME: home,
    HUB_CITY_PEOPLE: "60",
    ...Object.fromEntries(ports.map((port) => [port, "0"])),
    ...more,
  };
}

function compiled(file: string): string {
  return join(PROJECT_ROOT, "dist", "cli", file);
}

/** Starts a hub process and gathers what it prints. */
export function launch(environment: NodeJS.ProcessEnv): {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
} {
  const child = fork(compiled("start.js"), { env: environment, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let text = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return { child, output: () => text, ended };
}

async function signToken(env: NodeJS.ProcessEnv, role: string, ...options: string[]): Promise<string> {
  const args = [compiled("hub.js"), "token", "--role", role, ...options];
  return (await run(process.execPath, args, { env })).stdout.trim();
}

export async function startHub(home: string, more: NodeJS.ProcessEnv = {}): Promise<RunningHub> {
  const environment = environmentOf(home, more);
  const { child, output, ended } = launch(environment);
  const up = await Promise.race([
    new Promise<RegExpExecArray>((resolve) => {
      child.stdout!.on("data", () => {
        const match = /up: (http:\S+)[^]*"id":"([0-9a-f-]{36})"[^]*Ctrl-C/.exec(output());
        if (match) resolve(match);
      });
    }),
    ended.then((code) => {
      throw new Error(`The hub ended with ${code} before it was up:\n${output()}`);
    }),
  ]);
  const [, url, firstPersonId] = up;
  const tokens = new Map<string, Promise<string>>();
  return {
    url: url!,
    firstPersonId: firstPersonId!,
    output,
    token: (...wanted) => {
      const key = wanted.join(" ");
      const token = tokens.get(key) ?? signToken(environment, ...wanted);
      tokens.set(key, token);
      return token;
    },
    ask: async (token, query, variables = {}) => {
      const response = await fetch(url!, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-ipvi-purpose": "case-work",
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data = null, errors = [] } = (await response.json()) as Partial<HubAnswer>;
      return { status: response.status, data, errors };
    },
    stop: async () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}

/** The commands of other running processes that name a folder, in their arguments or their environment. */
export function processesNaming(folder: string): string[] {
  const files = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid);
  return files.flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return `${command}${readFileSync(`/proc/${pid}/environ`, "utf8")}`.includes(folder) ? [command] : [];
    } catch {
      // It ended while the list was read.
      return [];
    }
  });
}

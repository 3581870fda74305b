import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../postgres/free-port";

/** Whether this machine has a Redis server that tests may start. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

/** A Redis server of one test's own. */
export interface RedisServer {
  readonly port: number;
  /** Kills it outright. */
  kill(): Promise<void>;
  /** Starts it again, where it was. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one on a free port, that keeps nothing; `settings` are those of its command line. */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "hub-redis-"));
  const port = await freePort("127.0.0.1");
  let server: ChildProcess;
  const start = async () => {
    server = spawn(
      "redis-server",
      ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", folder, ...settings],
      { stdio: "ignore" },
    );
    while (!(await answers(port))) await sleep(10);
  };
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGKILL");
    await once(server, "exit");
  };
  await start();
  return {
    port,
    start,
    kill,
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket: Socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

// Child processes, and what the kernel says they used.
import { fork } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Ticks a second in /proc/<pid>/stat; Linux has had 100 on every platform Node runs on. */
const TICKS = 100;
/** ms; a JavaScript planner builds its graph in a few seconds on a slow machine. */
const START_TIMEOUT = 60_000;

/** Starts a module of the bench; resolves with the child and its first message. */
export function start(file, { env = {}, args = [], title }) {
  const child = fork(join(import.meta.dirname, file), {
    env: { ...process.env, NODE_ENV: "production", ...env },
    // As the hub runs its own processes (cli/processes/child.ts); every contestant on Node gets the same.
    execArgv: ["--max-semi-space-size=64", ...args],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
  });
  let said = "";
  child.stderr.on("data", (piece) => {
    said = `${said}${piece}`.slice(-8_000);
    if (process.env.BENCH_VERBOSE) process.stderr.write(`${title ?? file}: ${piece}`);
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`no sign of life in ${START_TIMEOUT / 1000} s\n${said}`));
    }, START_TIMEOUT);
    child.once("message", (message) => {
      clearTimeout(timer);
      resolve({ child, message, said: () => said });
    });
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`${title ?? file} ended (${signal ?? code}) before it served\n${said}`));
    });
  });
}

/** Sends one message and waits for the answer. */
export function ask(child, message) {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error("a process of the bench ended in the middle of the work"));
    child.once("exit", gone);
    child.once("message", (answer) => {
      child.off("exit", gone);
      resolve(answer);
    });
    child.send(message);
  });
}

export function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill("SIGKILL"), 5_000);
    child.once("exit", () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** CPU ms, user and system, of all threads of a process so far. */
export function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name, in brackets, may hold spaces: fields are counted behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

/** Resident memory in MB. */
export function memoryOf(pid) {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
  return Math.round(Number(kilobytes) / 1024);
}

/** The machine's own busy time of all CPUs, in ms: shows whether somebody else was at work. */
export function busyOfMachine() {
  const [user, nice, system, , , irq, softirq, steal] = /^cpu +(.*)$/m
    .exec(readFileSync("/proc/stat", "utf8"))[1]
    .split(" ")
    .map(Number);
  return ((user + nice + system + irq + softirq + steal) * 1000) / TICKS;
}

export function isMeasurable() {
  return existsSync("/proc/self/stat") && readdirSync("/proc").length > 0;
}

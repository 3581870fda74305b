import { spawn } from "node:child_process";

/**
 * Watches over a server for a starter that may be killed without a chance to stop it: a shell that waits for the end of
 * its input, which the operating system closes when this process dies in whatever way, and then shuts the server down
 * (and removes `remove`, when given). Call the returned function after an orderly stop: the shell then just ends.
 */
export function mind(serverPid: number, remove?: string): () => void {
  const script = [
    'read word; [ "$word" = done ] && exit 0',
    'kill -INT "$1" 2>/dev/null; n=0',
    'while kill -0 "$1" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done',
    '[ -n "$2" ] && rm -rf "$2"',
  ].join("\n");
  const shell = spawn("/bin/sh", ["-c", script, "hub-minder", String(serverPid), remove ?? ""], {
    cwd: "/",
    detached: true, // Ctrl-C in a terminal must not reach it
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.on("error", () => undefined); // no shell, no minder: clearLock of the next start does its work
  shell.stdin.on("error", () => undefined);
  shell.unref();
  return () => {
    shell.stdin.end("done\n");
  };
}

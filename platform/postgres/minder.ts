import { spawn } from "node:child_process";

/** What to put in order when this process dies. */
export interface Minded {
  /** A server to shut down. */
  readonly server?: number;
  /** A folder to remove, once the server is gone. */
  readonly remove?: string;
}

const script = `
  read word; [ "$word" = done ] && exit 0
  n=0
  if [ -n "$1" ]; then
    kill -INT "$1" 2>/dev/null
    while kill -0 "$1" 2>/dev/null && [ $n -lt 300 ]; do sleep 0.1; n=$((n+1)); done
  fi
  while [ -n "$2" ] && [ -e "$2" ] && [ $n -lt 300 ]; do rm -rf "$2" 2>/dev/null || sleep 0.1; n=$((n+1)); done`;

/**
 * Puts things in order for a process that may be killed without a chance to do so itself: a shell waits for the end of
 * its input, which the operating system closes when this process dies in whatever way. Call the returned function after
 * an orderly stop: the shell then just ends, and the promise resolves when it has.
 */
export function mind({ server, remove }: Minded): () => Promise<void> {
  const shell = spawn("/bin/sh", ["-c", script, "hub-minder", String(server ?? ""), remove ?? ""], {
    cwd: "/",
    detached: true, // Ctrl-C in a terminal must not reach it
    stdio: ["pipe", "ignore", "ignore"],
  });
  const gone = new Promise<void>((resolve) => {
    shell.once("close", () => resolve());
    shell.once("error", () => resolve()); // no shell, no minder: the next start on the folder does its work
  });
  shell.stdin.on("error", () => undefined);
  shell.unref();
  return () => {
    shell.ref();
    shell.stdin.end("done\n");
    return gone;
  };
}

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What the operating system says about a running process. */
export interface ProcessFacts {
  readonly parent: number;
  readonly command: string;
}

/**
 * The parent and command line of a process, or undefined when there is no such process (a zombie counts as gone).
 * Reads /proc where there is one, because small Linux images have no `ps`.
 */
export async function processFacts(pid: number): Promise<ProcessFacts | undefined> {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<ProcessFacts | undefined> {
  try {
    const [stat, commandLine] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile(`/proc/${pid}/cmdline`, "utf8"),
    ]);
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const command = commandLine.split("\0").join(" ").trim();
    return command === "" ? undefined : { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

async function fromPs(pid: number): Promise<ProcessFacts | undefined> {
  try {
    const { stdout } = await run("ps", ["-o", "ppid=", "-o", "command=", "-ww", "-p", String(pid)]);
    const match = /^\s*(\d+)\s+(.*\S)\s*$/.exec(stdout);
    return match?.[2] === undefined ? undefined : { parent: Number(match[1]), command: match[2] };
  } catch {
    return undefined;
  }
}

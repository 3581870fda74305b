import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { PROJECT_ROOT } from "../../platform/project-root";

test("a port in use is said, and the command ends with exit code 1", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const port = String((other.address() as AddressInfo).port);
  const supergraph = join(PROJECT_ROOT, "schema", "supergraph.graphql");
  const command = [join(PROJECT_ROOT, "dist", "cli", "hub.js"), "gateway", "--supergraph", supergraph];
  const child = spawn(process.execPath, [...command, "--port", port, "--no-auth"], {
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    const said = text(child.stderr);
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(await said).toBe(`Port ${port} on 127.0.0.1 is in use by another program.\n`);
  } finally {
    child.kill("SIGKILL");
    other.close();
  }
});

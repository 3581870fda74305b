import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { PROJECT_ROOT } from "../platform/project-root";

/** `npm run soak` in short: too short to judge memory by. */
test("mixed requests, clients that leave and subgraphs that go away leave nothing behind", async () => {
  const soak = spawn(
    process.execPath,
    [join(PROJECT_ROOT, "scripts", "run.mjs"), "soak", "--minutes", "0.05", "--requests", "300"],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = once(soak, "close") as Promise<[number | null]>;
  const [out, err, [code]] = await Promise.all([text(soak.stdout), text(soak.stderr), ended]);
  expect({ out, err, code }).toMatchObject({
    out: expect.stringMatching(
      /yes {2}no wrong answer\nyes {2}no unhandled rejection, exception or warning\nyes {2}no socket left\n$/,
    ) as string,
    code: 0,
  });
  expect(out).toMatch(/^[1-9]\d* restarts of a subgraph/m);
}, 120_000);

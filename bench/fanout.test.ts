import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { PROJECT_ROOT } from "../platform/project-root";

/** The fan-out bench in short: too short to say what a delivery costs, long enough to see that each arrives. */
test("every subscriber has every event, and one entity request serves all of an audience", async () => {
  const bench = spawn(
    process.execPath,
    [
      join(PROJECT_ROOT, "bench", "fanout", "run.mjs"),
      ...["--only", "hub", "--subscribers", "20", "--agencies", "4", "--events", "3", "--seconds", "1"],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = once(bench, "close") as Promise<[number | null]>;
  const [out, err, [code]] = await Promise.all([text(bench.stdout), text(bench.stderr), ended]);
  expect({ out, err, code }).toMatchObject({
    err: expect.stringMatching(/hub +20 x 3\/s: .* 4\.0 entity requests per event, 4 upstream/) as string,
    code: 0,
  });
  expect(err).not.toMatch(/LOST/);
}, 120_000);

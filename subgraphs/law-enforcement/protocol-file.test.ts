import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProtocol } from "./protocol-file";

const SITE = join(__dirname, "../../site/protocol.json");
const folder = mkdtempSync(join(tmpdir(), "protocol-"));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (content: unknown) => {
  const path = join(folder, "protocol.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return () => readProtocol(path);
};

test("L27: the example site's table: D a letter in a week, C face to face in two days, B gated, A nothing", () => {
  const { levels } = readProtocol(SITE);
  expect(levels.D).toMatchObject({ means: ["letter"], withinHours: 7 * 24 });
  expect(levels.C).toMatchObject({ means: ["notification"], withinHours: 48 });
  expect(levels.B).toMatchObject({ means: ["call-in", "custom-notification"], gated: true });
  expect(levels.A).toMatchObject({ means: [] });
});

test("L27: every fault is told at once, with its place", () => {
  const site = readProtocol(SITE);
  const faulty = {
    ...site,
    levels: {
      ...site.levels,
      A: { ...site.levels.A, means: ["letter"] },
      B: { ...site.levels.B, gated: false },
      C: { ...site.levels.C, means: [], withinHours: 0 },
    },
    failedAttempts: 0,
    more: 1,
  };
  for (const fault of [
    /levels\.A\.means: at level A there is no message/,
    /levels\.B\.gated: level B is always gated/,
    /levels\.C\.withinHours/,
    /failedAttempts/,
    /more/,
  ]) {
    expect(read(faulty)).toThrow(fault);
  }
});

test("L27: a file that is none is refused", () => {
  expect(read("{")).toThrow(/cannot be read/);
  expect(() => readProtocol(join(folder, "missing.json"))).toThrow(/cannot be read/);
});

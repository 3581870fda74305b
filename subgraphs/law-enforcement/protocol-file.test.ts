import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decidePlan } from "./domain/contact-form";
import { CONTACT_MEANS, type ContactMeans } from "./domain/protocol";
import { LEVELS, type Level } from "./domain/tier-rules";
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

/** The brief's table: D by letter, C face to face, B at a call-in or by a custom notification, A not at all. */
const RESPONSES: Record<Level, Record<ContactMeans, string>> = {
  A: { letter: "NO_MESSAGE", notification: "NO_MESSAGE", "custom-notification": "NO_MESSAGE", "call-in": "NO_MESSAGE" }, // prettier-ignore
  B: { letter: "MEANS_NOT_IN_PROTOCOL", notification: "MEANS_NOT_IN_PROTOCOL", "custom-notification": "B", "call-in": "B" }, // prettier-ignore
  C: { letter: "MEANS_NOT_IN_PROTOCOL", notification: "C", "custom-notification": "MEANS_NOT_IN_PROTOCOL", "call-in": "MEANS_NOT_IN_PROTOCOL" }, // prettier-ignore
  D: { letter: "D", notification: "MEANS_NOT_IN_PROTOCOL", "custom-notification": "MEANS_NOT_IN_PROTOCOL", "call-in": "MEANS_NOT_IN_PROTOCOL" }, // prettier-ignore
};
test.each(LEVELS.flatMap((level) => CONTACT_MEANS.map((means) => [level, means] as const)))(
  "L27: by the example site's table a man at level %s and a contact by %s",
  (level, means) => {
    const now = new Date("2026-03-20T12:00:00.000Z");
    const decision = decidePlan({ level, means, plannedFor: now }, level, readProtocol(SITE), now);
    expect(decision.ok ? decision.value : decision.refusal.code).toBe(RESPONSES[level][means]);
  },
);

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
    panel: { members: 1, agencies: 0 },
    more: 1,
  };
  for (const fault of [
    /levels\.A\.means: at level A there is no message/,
    /levels\.B\.gated: level B is always gated/,
    /levels\.C\.withinHours/,
    /failedAttempts/,
    /panel\.members/,
    /panel\.agencies/,
    /more/,
  ]) {
    expect(read(faulty)).toThrow(fault);
  }
});

test("L27: a file that is none is refused", () => {
  expect(read("{")).toThrow(/cannot be read/);
  expect(() => readProtocol(join(folder, "missing.json"))).toThrow(/cannot be read/);
});

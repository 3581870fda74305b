import type { LawEnforcementContext } from "./context";
import { LevelQueries } from "./level-queue";

test("levelCounts: from a total known elsewhere not even the sum of small counts follows", async () => {
  const counts = { A: 4, B: 5, C: 200, D: 700 };
  const query = () => Promise.resolve(Object.entries(counts).map(([level, count]) => ({ level, count })));
  const now = new Date("2026-03-01T12:00:00Z");
  const context = {
    database: { manager: { query } },
    now,
    smallestShown: 10,
  } as unknown as LawEnforcementContext;
  const told = await new LevelQueries().levelCounts(context);
  expect(told.map(({ people }) => people)).toEqual([null, null, null, 700]);
});

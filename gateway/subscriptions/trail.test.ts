import { Trail } from "./trail";

const placeAt = (number: number) => ({ cursor: `c${number}`, position: String(number).padStart(8, "0") });

test("reading again begins with the last place that is three seconds old, or with the first there is", () => {
  let now = 0;
  const trail = new Trail(() => now);
  expect(trail.start).toBeUndefined();
  for (const [at, number] of [
    [0, 1],
    [1_000, 2],
    [3_500, 3],
  ] as const) {
    now = at;
    trail.sent(placeAt(number));
  }
  expect(trail.start).toBe("c1");
  now = 4_000;
  expect(trail.start).toBe("c2");
  expect([trail.has(placeAt(3)), trail.has(placeAt(4))]).toEqual([true, false]);
});

test("what is kept is bounded, and what was sent within the three seconds is known", () => {
  let now = 0;
  const trail = new Trail(() => now);
  for (let number = 0; number < 1_000; number++) {
    now = number * 100;
    trail.sent(placeAt(number));
  }
  // A hundred seconds ago: let go of.
  expect(trail.has(placeAt(1))).toBe(false);
  for (let number = 970; number < 1_000; number++) expect(trail.has(placeAt(number))).toBe(true);
  expect(trail.start).toBe("c969");
});

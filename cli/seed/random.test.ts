import { Random } from "./random";

test("the numbers are those that the authors of xoshiro128** publish for the state 1, 2, 3, 4", () => {
  const random = Random.fromState([1, 2, 3, 4]);
  const numbers = Array.from({ length: 10 }, () => random.next());
  expect(numbers).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

test("a part has choices of its own, whatever is drawn elsewhere", () => {
  const one = Random.named("city");
  const other = Random.named("city");
  other.next();
  expect(other.fork("person 1").uuid()).toBe(one.fork("person 1").uuid());
  expect(one.fork("person 2").uuid()).not.toBe(one.fork("person 1").uuid());
});

test("whole numbers keep to their bounds and reach both; weights are shares", () => {
  const random = Random.named("bounds");
  const drawn = Array.from({ length: 3000 }, () => random.int(-2, 2));
  expect(new Set(drawn)).toEqual(new Set([-2, -1, 0, 1, 2]));
  const weighted = Array.from({ length: 3000 }, () => random.weighted([["often", 9], ["seldom", 1], ["never", 0]])); // prettier-ignore
  const often = weighted.filter((choice) => choice === "often").length;
  expect(often).toBeGreaterThan(2600);
  expect(often).toBeLessThan(2800);
  expect(weighted).not.toContain("never");
});

test("a UUID is one of version 4", () => {
  const random = Random.named("ids");
  for (let count = 0; count < 100; count += 1) {
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

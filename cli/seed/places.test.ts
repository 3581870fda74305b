import { addressAt, phoneAt } from "./places";

test("two numbers never give the same address", () => {
  const addresses = Array.from({ length: 50_000 }, (_, number) => addressAt(number));
  expect(new Set(addresses).size).toBe(addresses.length);
});

test("8,000 telephone numbers, all of them kept free for fiction", () => {
  const numbers = new Set(Array.from({ length: 20_000 }, (_, number) => phoneAt(number)));
  expect(numbers.size).toBe(8_000);
  for (const number of numbers) expect(number).toMatch(/^\([2-9]9\d\) 555-01\d\d$/);
});

import { isUuid } from "./uuid";

const ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";

test.each([
  [ID, true],
  [ID.toUpperCase(), true],
  ["", false],
  ["no-uuid", false],
  [`${ID} `, false],
  [`${ID}\n`, false],
  // PostgreSQL would read these two; ids of the hub are never written so.
  [`{${ID}}`, false],
  [ID.replaceAll("-", ""), false],
])("%j: %j", (text, expected) => {
  expect(isUuid(text)).toBe(expected);
});

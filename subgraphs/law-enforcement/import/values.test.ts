import { copyLine, rowDigest } from "./copy-line";
import { BadValue, day, key, numberOrNull, oneOf, sexes, textOrNull } from "./values";

test.each([
  ["13-MAR-19", "2019-03-13"],
  ["01-jan-70", "1970-01-01"],
  ["31-DEC-69", "2069-12-31"],
  ["29-FEB-20", "2020-02-29"],
  ["2021-03-13", "2021-03-13"],
  ["2021-03-13 00:00:00", "2021-03-13"],
  ["2021-03-13T23:59:59Z", "2021-03-13"],
])("the day %s is %s", (written, expected) => {
  expect(day("DATE", written)).toBe(expected);
});

test.each([
  "",
  "29-FEB-19",
  "13-MRZ-19",
  "2021-02-30",
  "2021-3-13",
  "13/03/2021",
  "2021-03-13x",
  "2021-03-131",
])("%j is no day", (written) => {
  expect(() => day("DATE", written)).toThrow(BadValue);
});

test.each(["", " 1", "a\tb", "ключ", "1".repeat(65), "\0"])("%j is no key", (given) => {
  expect(() => key("ID", given)).toThrow(BadValue);
});

test("numbers have bounds, codes a table, free text no zero byte", () => {
  expect(numberOrNull("HOUR", "", 0, 23)).toBeNull();
  expect(numberOrNull("HOUR", "07", 0, 23)).toBe("7");
  for (const wrong of ["24", "-1", "7.5", "1e1"])
    expect(() => numberOrNull("HOUR", wrong, 0, 23)).toThrow(BadValue);
  expect(oneOf("SEX", "f", sexes)).toBe("F");
  expect(() => oneOf("SEX", "Q", sexes)).toThrow('SEX is not known: "Q"');
  expect(textOrNull("NAME", "  ")).toBeNull();
  expect(() => textOrNull("NAME", "a\0b")).toThrow(BadValue);
});

test("a COPY line escapes what would break it", () => {
  expect(copyLine(["a\tb", "c\\N", "d\r\ne", null, true, 7, ""])).toBe(
    "a\\tb\tc\\\\N\td\\r\\ne\t\\N\tt\t7\t",
  );
});

test("the digest of a row changes with any value, and with the table", () => {
  const lines = ["1\tM\t20", "1\tF\t20", "1\tM\t02", "2\tM\t20", "1\tM\t20\t"];
  expect(new Set(lines.map((line) => rowDigest(line, 1))).size).toBe(lines.length);
  expect(rowDigest("1\tM\t20", 1)).not.toBe(rowDigest("1\tM\t20", 2));
  expect(Number.isSafeInteger(rowDigest("1\tM\t20", 1))).toBe(true);
});

test("the digests of 200,000 rows that differ by one sign are 200,000", () => {
  const digests = new Set<number>();
  for (let at = 0; at < 200_000; at += 1) digests.add(rowDigest(`${at}\tM\t20`, 1));
  expect(digests.size).toBe(200_000);
});

import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { epochIdOf, readCursor, writeCursor, type EpochKey } from "./cursor";

const key: EpochKey = { epoch: 3, id: randomBytes(8), secret: randomBytes(16) };
const numbers = fc.bigInt({ min: 0n, max: (1n << 48n) - 1n });
const malformed = expect.objectContaining({ code: "CURSOR_MALFORMED" }) as Error;

test("E3: a cursor names its place and its epoch, and the same place is always the same cursor", () => {
  fc.assert(
    fc.property(numbers, numbers, (xid, position) => {
      const cursor = writeCursor({ epoch: 3, xid, position }, key);
      expect(epochIdOf(cursor)).toBe(key.id.toString("hex"));
      expect(readCursor(cursor, key)).toEqual({ epoch: 3, xid, position });
      expect(writeCursor({ epoch: 3, xid, position }, key)).toBe(cursor);
    }),
  );
});

test("E3: places that follow one another have cursors that tell nothing of it", () => {
  const [one, next] = [1n, 2n].map((position) => writeCursor({ epoch: 3, xid: 700n, position }, key));
  const bits = (cursor: string) =>
    [...Buffer.from(cursor, "base64url")].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const differing = [...bits(one!)].filter((bit, at) => bit !== bits(next!)[at]).length;
  expect(differing).toBeGreaterThan(20);
});

test("E3: a cursor changed in any one character is refused, or is of another epoch", () => {
  const cursor = writeCursor({ epoch: 3, xid: 700n, position: 12n }, key);
  fc.assert(
    fc.property(fc.nat(cursor.length - 1), fc.constantFrom(..."AZaz09-_=. "), (at, character) => {
      fc.pre(cursor[at] !== character);
      const changed = cursor.slice(0, at) + character + cursor.slice(at + 1);
      try {
        expect(epochIdOf(changed)).not.toBe(key.id.toString("hex"));
      } catch {
        expect(() => readCursor(changed, key)).toThrow(malformed);
      }
    }),
  );
});

test.each([
  "",
  "x",
  "AQ",
  `${"A".repeat(34)}`,
  `${"_".repeat(34)}`,
  "1 00000000-0000-0000-0000-000000000000",
])("E3: %p is no cursor", (text) => {
  expect(() => epochIdOf(text)).toThrow(malformed);
});

test("E3: text of any form is refused", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      expect(() => readCursor(text, key)).toThrow(malformed);
    }),
  );
});

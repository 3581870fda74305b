import { Kind, type ValueNode } from "graphql";
import { DateScalar, DateTimeScalar } from "./scalars";

const literal = (value: string): ValueNode => ({ kind: Kind.STRING, value });

describe("Date", () => {
  test.each(["2024-02-29", "1999-12-31"])("takes the day %s both ways", (day) => {
    expect(DateScalar.parseValue(day)).toBe(day);
    expect(DateScalar.parseLiteral(literal(day), {})).toBe(day);
    expect(DateScalar.serialize(day)).toBe(day);
  });

  test.each([
    ["a day that is none", "2023-02-29"],
    ["a month that is none", "2023-13-01"],
    ["a time of day", "2023-01-01T00:00:00Z"],
    ["another order", "01-02-2023"],
    ["surrounding space", " 2023-01-01"],
    ["digits of another script", "２０２３-01-01"],
    ["a number", 20230101],
    ["nothing", null],
  ])("refuses %s", (_what, value) => {
    expect(() => DateScalar.parseValue(value)).toThrow("Not a Date");
    expect(() => DateScalar.serialize(value)).toThrow("Not a Date");
  });

  test("M3: what is told lies from 1900 to 2199; what is recorded is answered, whenever it was", () => {
    expect(["1900-01-01", "2199-12-31"].map((day) => DateScalar.parseValue(day))).toHaveLength(2);
    for (const day of ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"]) {
      expect(() => DateScalar.parseValue(day)).toThrow("from 1900 to 2199");
      expect(DateScalar.serialize(day)).toBe(day);
    }
  });

  test("refuses a literal of another kind", () => {
    expect(() => DateScalar.parseLiteral({ kind: Kind.INT, value: "20230101" }, {})).toThrow("Not a Date");
  });
});

describe("DateTime", () => {
  test.each([
    ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z"],
    ["2024-03-01T00:30:00.250+01:00", "2024-02-29T23:30:00.250Z"],
  ])("reads %s and answers in UTC", (text, answered) => {
    expect(DateTimeScalar.serialize(DateTimeScalar.parseValue(text))).toBe(answered);
    expect(DateTimeScalar.serialize(DateTimeScalar.parseLiteral(literal(text), {}))).toBe(answered);
  });

  test.each([
    ["no zone", "2024-02-29T23:59:59"],
    ["a day that is none", "2023-02-29T12:00:00Z"],
    ["an hour that is none", "2023-02-28T24:00:00Z"],
    ["a zone that is none", "2023-02-28T12:00:00+99:00"],
    ["a day alone", "2023-02-28"],
    ["a number", 1_700_000_000_000],
  ])("refuses %s", (_what, value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow("Not a DateTime");
  });

  test("M3: what is told lies from 1900 to 2199, in UTC; what is recorded is answered, whenever it was", () => {
    const told = ["1900-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "1899-12-31T23:30:00-01:00"];
    expect(told.map((instant) => DateTimeScalar.parseValue(instant))).toHaveLength(3);
    for (const instant of [
      ...["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+23:00", "1900-01-01T00:00:00+01:00"],
      ...["2200-01-01T00:00:00Z", "9999-12-31T23:59:59-23:00"],
    ]) {
      expect(() => DateTimeScalar.parseValue(instant)).toThrow("from 1900 to 2199");
    }
    expect(DateTimeScalar.serialize(new Date("0001-01-01T00:00:00Z"))).toBe("0001-01-01T00:00:00.000Z");
  });

  test("answers nothing but an instant", () => {
    expect(() => DateTimeScalar.serialize("2024-02-29T23:59:59Z")).toThrow("Not a DateTime");
    expect(() => DateTimeScalar.serialize(new Date(Number.NaN))).toThrow("Not a DateTime");
  });
});

import { randomUUID } from "node:crypto";
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLNamedInputType,
} from "graphql";

/** What is wrong with one part of an input. */
export type Fault =
  | "left out"
  | "null"
  | "of another type"
  | "an unknown id"
  | "no id"
  | "another state"
  | "no such word"
  | "a text that is too long"
  | "a text with control characters"
  | "an empty text"
  | "in the year 1"
  | "in the year 9999"
  | "no day"
  | "long ago"
  | "far ahead"
  | "below nothing"
  | "too many"
  | "no whole number"
  | "one twice";

/** One part of an input made bad. */
export interface Spoilt {
  /** As `readers.agency`. */
  readonly path: string;
  readonly fault: Fault;
  readonly input: object;
}

/** Characters of a text, where a table does not say otherwise: a line of a form. */
const LINE = 200;
/** No list of an input holds so many. */
const MANY = 1_001;
const DAY_MS = 86_400_000;
/** Also: what turns the text around it, half a character, and what ends a line of a terminal. */
const CONTROLS = ["a\u0000b", "a\u001b[2Jb", "a\u007fb", "a\u202eb", "a\u2066b", "a\ud800b", "\udc00"];

type Bad = readonly (readonly [Fault, ...unknown[]])[];

/** Bad values by the type of the part; `now`: the agency's clock. */
function badOf(name: string, type: GraphQLNamedInputType, good: unknown, longest: number, now: Date): Bad {
  if (isEnumType(type)) {
    const others = type.getValues().filter((one) => one.name !== good);
    const states = name === "expects" ? others.map((one) => one.name) : [];
    return [
      ["no such word", "NOSUCH", "a\u0000"],
      ["another state", ...states],
    ];
  }
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString();
  switch (type.name) {
    case "ID":
      return [
        ["no id", "17", "", "a\u0000b", "\ud800", "x".repeat(5_000), "%27 OR 1=1"],
        ["an unknown id", ...(name === "key" ? [] : [randomUUID()])],
      ];
    case "String":
      return [
        ["a text that is too long", "x".repeat(longest + 1), "x".repeat(60_000)],
        ["a text with control characters", ...CONTROLS],
        ["an empty text", "", " \u00a0\n"],
      ];
    case "DateTime":
      return [
        ["no day", "2026-02-30T00:00:00Z", "yesterday", "a\u0000", "2026-02-01T00:00:00"],
        ["in the year 1", "0001-01-01T00:00:00Z"],
        ["in the year 9999", "9999-12-31T23:59:59Z"],
        ["long ago", "1950-01-01T00:00:00Z"],
        ["far ahead", inDays(800)],
      ];
    case "Date":
      return [
        ["no day", "2026-02-30", "yesterday", "a\u0000", ""],
        ["in the year 1", "0001-01-01"],
        ["in the year 9999", "9999-12-31"],
        ["long ago", "1950-01-01"],
        ["far ahead", inDays(800).slice(0, 10)],
      ];
    case "Int":
      return [
        ["below nothing", -1, -2_147_483_648],
        ["too many", 2_147_483_647, 2_147_483_648, 1e300],
        ["no whole number", 1.5, "NaN", "1"],
      ];
    default:
      return [];
  }
}

/** Where a text may be longer than a line, by path; and what an agency's clock says. */
export interface Measures {
  readonly longest: Readonly<Record<string, number>>;
  readonly now: Date;
}

type Part = readonly [path: string, fault: Fault, value: unknown];

/** Left out: it has no value at all. */
const NOTHING = Symbol("nothing");

function partsOf(field: GraphQLInputField, path: string, good: unknown, measures: Measures): Part[] {
  const parts: Part[] = [];
  const add = (fault: Fault, ...values: unknown[]) => {
    for (const value of values) parts.push([path, fault, value]);
  };
  const required = isNonNullType(field.type) && field.defaultValue === undefined;
  if (required) add("left out", NOTHING);
  if (isNonNullType(field.type)) add("null", null);
  add("of another type", { a: 1 }, [[{}]]);
  const type = getNamedType(field.type);
  if (good == null) return parts;
  if (isListType(getNullableType(field.type))) {
    const [one] = good as unknown[];
    if (one === undefined) throw new Error(`The table's ${path} should have something in it.`);
    add("one twice", [one, one]);
    // One that differs each time where it can, so that it is not refused for being there twice.
    const numbered = (index: number) =>
      typeof one === "string" && !isEnumType(type) ? `${one.slice(0, 8)}${index}` : one;
    add(
      "too many",
      Array.from({ length: MANY }, (_, index) => numbered(index)),
    );
    for (const [inner, fault, value] of isInputObjectType(type)
      ? within(type, path, one as object, measures)
      : badOf(field.name, type, one, measures.longest[path] ?? LINE, measures.now).flatMap(
          ([fault, ...values]) => values.map((value): Part => [path, fault, value]),
        )) {
      parts.push([inner, fault, [value]]);
    }
    return parts;
  }
  if (isInputObjectType(type)) return [...parts, ...within(type, path, good, measures)];
  for (const [fault, ...values] of badOf(
    field.name,
    type,
    good,
    measures.longest[path] ?? LINE,
    measures.now,
  )) {
    add(fault, ...values);
  }
  return parts;
}

/** The bad values of an object's parts, each as the whole object with one part bad. */
function within(type: GraphQLInputObjectType, path: string, good: object, measures: Measures): Part[] {
  const given = good as Readonly<Record<string, unknown>>;
  return Object.values(type.getFields()).flatMap((field) => {
    const inner = path === "" ? field.name : `${path}.${field.name}`;
    return partsOf(field, inner, given[field.name], measures).map(([place, fault, value]): Part => {
      const { [field.name]: _, ...rest } = given;
      return [place, fault, value === NOTHING ? rest : { ...rest, [field.name]: value }];
    });
  });
}

/** An input with each of its parts made bad in every way that its type has, one at a time. */
export function spoilt(type: GraphQLInputObjectType, good: object, measures: Measures): Spoilt[] {
  return within(type, "", good, measures).map(([path, fault, input]) => ({
    path,
    fault,
    input: input as object,
  }));
}

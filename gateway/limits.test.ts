import { getIntrospectionQuery } from "graphql";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../platform/project-root";
import { DEFAULT_LIMITS, holdToLimits, type OperationLimits } from "./limits";

const limits: OperationLimits = {
  tokens: 60,
  depth: 3,
  fields: 8,
  rootFields: 4,
  aliases: 2,
  directives: 2,
  conditionVariables: 1,
};

function codeOf(source: string): unknown {
  try {
    holdToLimits(source, limits);
    return "held";
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  }
}

describe("the limits of an operation", () => {
  test.each([
    ["{ a { b { c } } }", "held"],
    ["{ a { b { c { d } } } }", "OPERATION_TOO_DEEP"],
    ["{ a { ...F } } fragment F on T { b { c { d } } }", "OPERATION_TOO_DEEP"],
    ["{ a b c d }", "held"],
    ["{ a b c d e }", "TOO_MANY_ROOT_FIELDS"],
    ["{ ... { a b c } ...F } fragment F on Query { d e }", "TOO_MANY_ROOT_FIELDS"],
    ["{ x: a y: b c }", "held"],
    ["{ x: a y: b z: c }", "TOO_MANY_ALIASES"],
    ["{ a @skip(if: true) b @skip(if: true) c @skip(if: true) }", "TOO_MANY_DIRECTIVES"],
    ["query ($x: Boolean!) { a @skip(if: $x) b @include(if: $x) }", "held"],
    [
      "query ($x: Boolean!, $y: Boolean!) { a @skip(if: $x) ...F } fragment F on Query { b @include(if: $y) }",
      "TOO_MANY_CONDITION_VARIABLES",
    ],
    ["{ a { b c d e f g h i } }", "TOO_MANY_FIELDS"],
    [`{ a(list: [${"1 ".repeat(60)}]) }`, "OPERATION_TOO_LONG"],
  ])("%s: %s", (source, code) => {
    expect(codeOf(source)).toBe(code);
  });

  test("names the number that was passed", () => {
    expect(() => holdToLimits("{ a b c d e }", limits)).toThrow("The operation has more than 4 root fields.");
  });

  test("counts a fragment wherever it is spread, and ends before the work does", () => {
    // Each fragment spreads the next twice: 2^40 fields if they were all opened.
    const fragments = Array.from(
      { length: 40 },
      (_, i) => `fragment F${i} on T { ...F${i + 1} ...F${i + 1} }`,
    );
    const source = `{ a { ...F0 } } ${fragments.join(" ")} fragment F40 on T { b }`;
    expect(() => holdToLimits(source, { ...DEFAULT_LIMITS, tokens: 1_000 })).toThrow("fields");
  });

  test("leaves a fragment within itself, and what is no GraphQL, to those who report it", () => {
    expect(codeOf("{ ...F } fragment F on Query { ...F }")).toBe("held");
    expect(codeOf("{ a ")).toBe("held");
    expect(codeOf('{ "')).toBe("held");
  });

  test("lets the person view and full introspection pass", () => {
    holdToLimits(readFileSync(join(PROJECT_ROOT, "docs", "queries", "person-view.graphql"), "utf8"));
    holdToLimits(getIntrospectionQuery());
  });
});

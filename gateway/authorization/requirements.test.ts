import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "graphql";
import { PROJECT_ROOT } from "../../platform/project-root";
import { maySeeOf } from "./prune";
import { requirementsOf } from "./requirements";

const LINKS = `@link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
  @link(url: "https://specs.apollo.dev/context/v0.1", for: SECURITY)`;
const PLAIN = `@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)
  @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY)
  @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY)`;

const requirements = (types: string, links = PLAIN) =>
  requirementsOf(parse(`schema ${LINKS} ${links} { query: Query } ${types}`));

/** The coordinates of these that somebody with the scopes may see. */
function seen(types: string, scopes: string[], coordinates: string[], links?: string): string[] {
  const maySee = maySeeOf(requirements(types, links), new Set(scopes));
  return coordinates.filter((at) => maySee(...(at.split(".") as [string, string])));
}

const A = '@requiresScopes(scopes: [["a"]])';
const B = '@requiresScopes(scopes: [["b"]])';

describe("renamed directives", () => {
  test.each([
    ["by an import", 'import: [{ name: "@requiresScopes", as: "@needs" }]', "@needs"],
    ["with the specification", 'as: "needs"', "@needs"],
  ])("%s: they protect", (_how, more, name) => {
    const links = `@link(url: "https://specs.apollo.dev/authenticated/v0.1", import: [{ name: "@authenticated", as: "@login" }])
      @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", ${more}, for: SECURITY)`;
    const types = `type Query { x: Int ${name}(scopes: [["a"]]) y: Int @login }`;
    expect(seen(types, [], ["Query.x", "Query.y"], links)).toEqual(["Query.y"]);
    expect(seen(types, ["a"], ["Query.x", "Query.y"], links)).toEqual(["Query.x", "Query.y"]);
  });
  test.each([
    ["as they come", "", "federation__"],
    ["under a name of the specification's", ', as: "fed"', "fed__"],
    ["imported", ', import: ["@requiresScopes", { name: "@policy", as: "@federation__policy" }]', ""],
  ])("of the whole federation specification, %s: they protect", (_how, more, prefix) => {
    const links = `@link(url: "https://specs.apollo.dev/federation/v2.9"${more})`;
    const types = `type Query @authenticated { x: Int @${prefix}requiresScopes(scopes: [["a"]]) y: Int @federation__policy(policies: [["p"]]) z: Int }`;
    const all = ["Query.x", "Query.z"];
    expect([seen(types, [], all, links), seen(types, ["a"], all, links)]).toEqual([["Query.z"], all]);
  });
  test("linked by nobody: they protect under the names they are known by", () => {
    const types = `type Query @authenticated { x: Int ${A} y: Int @policy(policies: [["p"]]) z: Int }`;
    expect(seen(types, [], ["Query.x", "Query.y", "Query.z"], "")).toEqual(["Query.z"]);
  });
});

describe("what one directive asks", () => {
  const X = ["Query.x"];
  test.each<[string, string, string[], boolean]>([
    ["any list is enough", '@requiresScopes(scopes: [["a", "b"], ["c"]])', ["c"], true],
    ["of a list all", '@requiresScopes(scopes: [["a", "b"], ["c"]])', ["a"], false],
    ["two directives are both met", `${A} @authenticated @requiresScopes(scopes: [["b"]])`, ["b"], false],
    ["two directives are both met, whoever meets them", `${A} ${B}`, ["a", "b"], true],
    ["no list is met by nobody", "@requiresScopes(scopes: [])", ["a"], false],
    ["a scope that cannot be read is met by nobody", "@requiresScopes(scopes: [[a]])", ["a"], false],
    ["no argument is met by nobody", "@requiresScopes", ["a"], false],
    ["a policy is granted to nobody", '@policy(policies: [["a"]])', ["a", "policy:a"], false],
    ["a policy beside scopes is granted to nobody", `${A} @policy(policies: [["a"]])`, ["a"], false],
  ])("%s", (_what, directives, scopes, isSeen) => {
    expect(seen(`type Query { x: Int ${directives} }`, scopes, X)).toEqual(isSeen ? X : []);
  });
});

describe("types as well as fields", () => {
  test.each([
    ["the type it belongs to", "type Query", "type T %", "T.x"],
    ["an object that it returns", "type Query", "type T %", "Query.t"],
    ["an enum", "enum E % { X }", "type T", "T.e"],
    ["a scalar", "scalar S %", "type T", "T.s"],
    ["an interface", "interface I % { x: Int }", "type T", "T.i"],
    ["an implementer of a protected interface", "interface I % { x: Int }", "type T implements I", "T.x"],
    ["a union", "union U % = T", "type T", "T.u"],
    ["a type by its extension", "extend type T %", "type T", "T.x"],
  ])("%s asks for its scopes", (_what, first, second, coordinate) => {
    const rest = ["enum E { X }", "scalar S", "interface I { x: Int }", "union U = T"].filter(
      (one) => one.split(" ")[1] !== first.split(" ")[1],
    );
    const known =
      "x: Int @authenticated e: E @authenticated s: S @authenticated i: I @authenticated u: U @authenticated";
    const types = [
      ...["type Query { t: T @authenticated } type P implements I { x: Int @authenticated }", ...rest],
      first === "type Query" ? "" : first,
      `${second} { ${known} }`,
    ].join("\n");
    const written = types.replaceAll("%", A);
    expect([seen(written, [], [coordinate]), seen(written, ["a"], [coordinate])]).toEqual([[], [coordinate]]);
  });
});

describe("interfaces", () => {
  const world = (ofInterface: string, ofOne: string, ofOther: string) =>
    `type Query { i: I @authenticated } interface I { f: Int ${ofInterface} }
     type One implements I { f: Int ${ofOne} } type Other implements I { f: Int ${ofOther} }`;
  const ALL = ["I.f", "One.f", "Other.f"];

  test.each<[string, string, string, string, string[], string[]]>([
    [
      "a directive on the interface holds for each implementer",
      A,
      "@authenticated",
      "@authenticated",
      [],
      [],
    ],
    ["and opens with its scope", A, "@authenticated", "@authenticated", ["a"], ALL],
    ["and holds where implementers are silent", A, "", "", [], []],
    ["with an implementer's own besides", A, B, "@authenticated", ["a"], ["Other.f"]],
    ["a directive on an implementer holds through the interface", "", A, "@authenticated", [], ["Other.f"]],
    ["and opens it with its scope", "", A, "@authenticated", ["a"], ALL],
    // What the composer writes on the interface: all that its implementers ask.
    [
      "a composer's copy denies no other implementer",
      '@requiresScopes(scopes: [["a"]]) @authenticated',
      A,
      "@authenticated",
      [],
      ["Other.f"],
    ],
    ["nor when each asks for its own", '@requiresScopes(scopes: [["a", "b"]])', A, B, ["b"], ["Other.f"]],
    [
      "but more than a copy holds for all",
      '@requiresScopes(scopes: [["a", "b", "c"]])',
      A,
      B,
      ["a", "b"],
      [],
    ],
    ["and so does less than a copy", '@requiresScopes(scopes: [["c"]])', A, B, ["a"], []],
  ])("%s", (_what, ofInterface, ofOne, ofOther, scopes, expected) => {
    expect(seen(world(ofInterface, ofOne, ofOther), scopes, ALL)).toEqual(expected);
  });

  test("an implementer that nobody protects stops the start, whatever a copy on the interface asks", () => {
    expect(() => requirements(world(A, A, ""))).toThrow(/without a requirement: Other\.f\./);
  });
});

describe("fields that read others stop the start, with both coordinates", () => {
  const JOIN = 'enum join__Graph { X @join__graph(name: "x", url: "") Y @join__graph(name: "y", url: "") }';
  const T = '@join__type(graph: X, key: "id") @join__type(graph: Y, key: "id")';
  const made = (requires: string, asks = "@authenticated") =>
    `made: Int @join__field(graph: Y, requires: "${requires}") ${asks}`;
  const type = (fields: string, more = "") => `${JOIN} type Query { t: T @authenticated }
    type T ${T} { id: ID! @authenticated ${fields} } ${more}`;

  test.each<[string, string, RegExp]>([
    ["by @requires", type(`of: Int ${A} ${made("of")}`), /T\.made [^;]*T\.of/],
    ["of other scopes", type(`of: Int ${A} ${made("of", B)}`), /T\.made [^;]*T\.of/],
    [
      "of a type",
      type(`of: P @authenticated ${made("of { x }")}`, `type P ${A} { x: Int @authenticated }`),
      /T\.made [^;]*T\.of[^]*T\.made [^;]*P\.x/,
    ],
    [
      "within another type",
      type(`of: P @authenticated ${made("of { x }")}`, `type P { x: Int ${A} }`),
      /T\.made [^;]*P\.x/,
    ],
    [
      "of one implementer of an interface",
      type(
        `of: I @authenticated ${made("of { x }")}`,
        `interface I { x: Int } type P implements I { x: Int ${A} } type Q implements I { x: Int @authenticated }`,
      ),
      /T\.made [^;]*P\.x/,
    ],
    [
      "of one member of a union",
      type(`of: U @authenticated ${made("of { ... on P { x } }")}`, `union U = P type P { x: Int ${A} }`),
      /T\.made [^;]*P\.x/,
    ],
    [
      "in a chain, at the link where it is lost",
      type(
        `of: Int ${A} between: Int @join__field(graph: X, requires: "of") @authenticated ${made("between")}`,
      ),
      /T\.between [^;]*T\.of/,
    ],
    [
      "in a chain, whose end alone is silent",
      type(`of: Int ${A} between: Int @join__field(graph: X, requires: "of") ${A} ${made("between")}`),
      /T\.made [^;]*T\.between/,
    ],
    ["that nobody knows", type(made("nowhere")), /T\.made [^;]*T\.nowhere/],
    [
      "by @fromContext",
      `${JOIN} type Query { t: T @authenticated } type T ${T} @context(name: "x__c") { id: ID! @authenticated of: Int ${A} made: M @authenticated }
       type M { x: Int @join__field(graph: X, contextArguments: [{ context: "x__c", name: "n", type: "Int", selection: " { of }" }]) @authenticated }`,
      /M\.x [^;]*T\.of/,
    ],
    [
      "by the key that finds their object",
      `${JOIN} type Query { t: T @authenticated } type T @join__type(graph: X, key: "number") @join__type(graph: Y, key: "number") {
         number: Int ${A} name: Int @join__field(graph: Y) @authenticated }`,
      /T\.name [^;]*T\.number/,
    ],
    [
      "by @requires on an interface",
      `${JOIN} type Query { i: I @authenticated } interface I { of: Int ${made("of", "")} }
       type P implements I { of: Int ${A} made: Int @authenticated }`,
      /P\.made [^;]*P\.of/,
    ],
  ])("%s", (_how, types, told) => {
    expect(() => requirements(types)).toThrow(told);
  });

  test.each([
    ["asking the same", type(`of: Int ${A} ${made("of", A)}`)],
    ["asking more", type(`of: Int ${A} ${made("of", '@requiresScopes(scopes: [["a", "b"]])')}`)],
    [
      "asking it by its type",
      `${JOIN} type Query { t: T ${A} } type T ${T} ${A} { id: ID! of: Int ${A} ${made("of")} }`,
    ],
    ["asking what nobody has", type(`of: Int ${A} ${made("of", '@policy(policies: [["p"]])')}`)],
  ])("%s they do not", (_how, types) => {
    expect(() => requirements(types)).not.toThrow();
  });

  test("join directives under another name stop it as well", () => {
    const links = `${PLAIN} @link(url: "https://specs.apollo.dev/join/v0.5", as: "j", for: EXECUTION)`;
    const types = `type Query { t: T @authenticated } type T { of: Int ${A} made: Int @j__field(graph: Y, requires: "of") @authenticated }`;
    expect(() => requirements(types, links)).toThrow(/T\.made [^;]*T\.of/);
  });
});

describe("the hub's own supergraph", () => {
  const supergraph = readFileSync(join(PROJECT_ROOT, "schema", "supergraph.graphql"), "utf8");

  test("starts", () => {
    expect(() => requirementsOf(parse(supergraph))).not.toThrow();
  });
  test("stops the start with what a client's file is found by protected more than the file, and names both", () => {
    const changed = supergraph.replace(/^ {2}assignedAgency: .*$/m, (line) => `${line} ${A}`);
    expect(changed).not.toBe(supergraph);
    expect(() => requirementsOf(parse(changed))).toThrow(/Case\.safetyPlan [^;]*Case\.assignedAgency/);
  });
  test("stops the start with the directives of a field stripped", () => {
    const stripped = supergraph.replace(/^( {2}narrative: String).*$/m, "$1");
    expect(stripped).not.toBe(supergraph);
    expect(() => requirementsOf(parse(stripped))).toThrow(/without a requirement: Incident\.narrative\./);
  });
});

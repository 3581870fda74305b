import { LIMITED_FORMS, MATRIX, ROLES, cellOf, scopesOf, type Element, type Role } from "./matrix";

const holders = (element: Element): Role[] =>
  ROLES.filter((role) =>
    scopesOf(role).some((scope) => scope.startsWith(`${element}:`) && !scope.endsWith(":M")),
  );

describe("the visibility matrix", () => {
  test.each(["incident-narrative", "investigation", "intelligence"] as const)(
    "no advocate, provider or messenger holds any form of %s",
    (element) => {
      for (const role of ["advocate", "provider", "messenger"] as const)
        expect(holders(element)).not.toContain(role);
    },
  );

  test("national criminal history goes to criminal-justice roles only", () => {
    expect(holders("criminal-history")).toEqual(["detective", "coordinator", "prosecutor", "probation"]);
  });

  test("a safety plan is the advocate's alone", () => {
    expect(holders("safety-plan")).toEqual(["advocate"]);
  });

  test("no justice role holds an advocacy element but under a release", () => {
    for (const element of [
      "client",
      "client-contact",
      "advocate-risk",
      "safety-plan",
      "outreach-advocacy",
    ] as const) {
      for (const role of ["detective", "coordinator", "prosecutor", "probation"] as const) {
        expect(["R", "-"]).toContain(cellOf(element, role));
      }
    }
  });

  test("the evaluator holds aggregates and nothing else; the auditor metadata and the access log", () => {
    expect(scopesOf("evaluator").filter((scope) => !scope.endsWith(":A"))).toEqual([]);
    expect(scopesOf("auditor").filter((scope) => !/:M$|^access-log:/.test(scope))).toEqual([]);
  });

  test("full sight includes each limited form of the same row; a limited form includes nothing else", () => {
    expect(scopesOf("detective")).toEqual(expect.arrayContaining(["charges:F", "charges:L6"]));
    expect(scopesOf("advocate").filter((scope) => scope.startsWith("charges:"))).toEqual(["charges:L6"]);
  });

  test("an advocate sees orders of protection less the addresses in them", () => {
    expect(scopesOf("advocate")).toContain("orders:F");
    expect(scopesOf("advocate")).not.toContain("orders:X");
    expect(scopesOf("probation")).toContain("orders:X");
  });

  test("every limited form stands in the matrix", () => {
    const used = new Set<string>(Object.values(MATRIX).flatMap((row) => [...row.cells]));
    for (const form of Object.keys(LIMITED_FORMS)) expect(used).toContain(form);
  });
});

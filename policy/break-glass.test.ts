import { ACTIONS } from "./actions";
import { HELD_BY, breakGlassOf, isOpenable, openedScopes } from "./break-glass";
import { MATRIX, ROLES, cellOf, scopesOf, type Element, type Role } from "./matrix";

const ELEMENTS = Object.keys(MATRIX) as Element[];

/** Written by hand from the partnership's table: what each role may open, and nothing else of all thirty elements. */
const MAY_OPEN: Record<Role, Partial<Record<Element, string>>> = {
  detective: { "service-needs": "F", "service-attendance": "F" },
  coordinator: {
    "incident-narrative": "F",
    intelligence: "F",
    "victim-contact": "F",
    "service-attendance": "F",
  },
  prosecutor: { "service-needs": "F", "service-attendance": "F" },
  probation: {
    "incident-narrative": "F",
    intelligence: "F",
    "victim-identity": "F",
    "lethality-screen": "F",
    "exposure-letter": "F",
  },
  advocate: {
    "offender-identity": "F",
    "tier-reasons": "F",
    charges: "F",
    orders: "X",
    warrants: "F",
    "exposure-letter": "F",
    promises: "F",
  },
  provider: { "offender-identity": "F", tier: "F", conditions: "F", orders: "F", "contact-record": "F" },
  messenger: { "offender-identity": "F", tier: "F", "service-needs": "F", "exposure-letter": "F" },
  evaluator: {},
  auditor: {},
};

describe("B1: what may be opened", () => {
  test.each(ROLES.flatMap((role) => ELEMENTS.map((element) => [role, element] as const)))(
    "%s, %s",
    (role, element) => {
      const form = MAY_OPEN[role][element];
      expect(openedScopes(element, role)).toEqual(form === undefined ? [] : [`${element}:${form}`]);
    },
  );

  test.each(ROLES)("%s opens nothing that he has, and something of all that he opens he has", (role) => {
    const held = scopesOf(role);
    for (const element of ELEMENTS) {
      for (const scope of openedScopes(element, role)) {
        expect(held).not.toContain(scope);
        expect(held.some((one) => one.startsWith(`${element}:`))).toBe(true);
      }
    }
  });

  test("narrative, investigation, intelligence and criminal history are never opened to advocates, providers and messengers", () => {
    for (const element of [
      "incident-narrative",
      "investigation",
      "intelligence",
      "criminal-history",
    ] as const) {
      for (const role of ["advocate", "provider", "messenger"] as const) {
        expect([cellOf(element, role), openedScopes(element, role)]).toEqual(["-", []]);
      }
    }
  });

  test("no role opens anything of an advocacy agency's", () => {
    for (const element of [
      "client",
      "client-contact",
      "advocate-risk",
      "safety-plan",
      "outreach-advocacy",
    ] as const) {
      for (const role of ROLES) expect(openedScopes(element, role)).toEqual([]);
    }
  });

  test("each element that a role may open is held by one agency; promises, which two hold, by none", () => {
    const openable = ELEMENTS.filter((element) =>
      ROLES.some((role) => openedScopes(element, role).length > 0),
    );
    expect(openable.filter((element) => !isOpenable(element))).toEqual(["promises"]);
    expect(Object.keys(HELD_BY).filter((element) => !openable.includes(element as Element))).toEqual([]);
    for (const name of ["constructor", "__proto__", ""]) expect(isOpenable(name)).toBe(false);
  });

  test("the roles that may open something may act so, and no others", () => {
    const openers = ROLES.filter((role) => Object.keys(breakGlassOf(role)).length > 0);
    expect(ACTIONS["open-break-glass"]).toEqual(openers);
  });
});

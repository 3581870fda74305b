import { DataSource } from "typeorm";
import { ROLES, scopesOf } from "../../../policy/matrix";
import { STANDPOINT_OF_ROLE, type Reader, type ServicesElement } from "../domain/standpoint";
import { SERVICES_POLICY } from "./coordinates";
import { createPersonHandles } from "./person-handle";
import { createRowAccess } from "./row-access";

/** Behind the second wall: what rows say when a request reaches them that should not have. */
const NOW = () => new Date("2026-03-01T12:00:00Z");
// Never connected: whoever asks it anything fails.
const database = new DataSource({ type: "postgres" });
const rows = (...roles: Reader["roles"]) =>
  createRowAccess({ subject: "s", agency: "new-start", roles }, database, NOW, handles);
const handles = createPersonHandles("a secret of this test alone, long enough");
const PERSON = "00000000-0000-4000-8000-000000000001";

test.each([[[]], [["a role of next year"]], [["evaluator", "auditor", "advocate"]]])(
  "SV15: with the roles %j there are no rows, and the database is asked nothing",
  async (roles) => {
    const access = rows(...roles);
    expect(await access.needs(PERSON)).toBeNull();
    expect(await access.needsToPassOn({ id: PERSON, visible: true })).toBeNull();
    expect(await access.referrals(PERSON)).toBeNull();
    expect(await access.engagement(PERSON)).toBeNull();
    expect(await access.standing(PERSON)).toEqual({ standing: null, notice: null });
    expect(await access.helpPromises({ id: PERSON, visible: true })).toEqual([]);
    expect(await access.ownReferrals(null, 50)).toEqual([]);
    const told = { key: PERSON, referralId: PERSON, attendedOn: "2026-02-01", attended: true };
    expect(await access.recordEngagement(told)).toBe("NOT_FOUND");
  },
);

test.each(["probation", "messenger"])(
  "SV19: of a person of whom the request does not say that he is shown, %s sees nothing, and the database is asked nothing",
  async (role) => {
    const access = rows(role);
    for (const person of [{ id: PERSON }, { id: PERSON, visible: false }]) {
      if (role === "probation") expect(await access.helpPromises(person)).toEqual([]);
      else expect(await access.needsToPassOn(person)).toBeNull();
    }
  },
);

test("SV5: who needs a release for one of his roles needs it with the others too", async () => {
  await expect(rows("coordinator", "probation").needs(PERSON)).rejects.toThrow("live release");
  await expect(rows("provider", "probation").engagement(PERSON)).rejects.toThrow("live release");
});

const FIELDS: Record<ServicesElement, readonly (keyof typeof SERVICES_POLICY)[]> = {
  needs: ["Person.needs", "Person.referrals"],
  "needs-to-pass-on": ["Person.needsToPassOn"],
  attendance: ["Person.engagement"],
  standing: ["Person.serviceStanding", "Person.engaged"],
  promises: ["Person.helpPromises"],
};

test.each(Object.entries(FIELDS))(
  "SV15: the roles with a line for %s are those with its scopes",
  (element, fields) => {
    const asked = fields.flatMap((field) => SERVICES_POLICY[field] as readonly string[]);
    const holders = ROLES.filter((role) => scopesOf(role).some((scope) => asked.includes(scope)));
    expect([...STANDPOINT_OF_ROLE[element as ServicesElement].keys()].sort()).toEqual([...holders].sort());
  },
);

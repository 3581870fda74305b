import { actionScopesOf } from "./actions";
import { grantedTo } from "./granted";
import { ROLES, scopesOf } from "./matrix";

test.each(ROLES)("a %s is granted his column of the matrix and his actions", (role) => {
  expect([...grantedTo([role])].sort()).toEqual([...scopesOf(role), ...actionScopesOf(role)].sort());
});

test.each([[[]], [["a role of next year"]], [["constructor", "Detective", ""]]])(
  "the roles %j grant nothing",
  (roles) => {
    expect([...grantedTo(roles)]).toEqual([]);
  },
);

test("beside a role nobody knows the others grant what they grant", () => {
  expect(grantedTo(["a role of next year", "provider"])).toEqual(grantedTo(["provider"]));
  expect(grantedTo(["provider"]).has("act:record-engagement")).toBe(true);
});

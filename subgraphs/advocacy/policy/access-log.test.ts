import { ROLES } from "../../../policy/matrix";
import { grantedTo } from "../../../policy/granted";
import { loggedAccesses } from "./access-log";

const AGENCIES = ["harbor-house", "safe-passage"];

/** The conditions, in words where they are long. */
function visible(role: string, agency: string): Record<string, string> {
  const reader = { subject: "s", agency, advocate: role === "advocate" };
  const conditions = [...loggedAccesses(reader, grantedTo([role]), AGENCIES)].map(([where, condition]) => {
    const sql = condition((value) => `'${String(value)}'`);
    return [where, sql.startsWith("NOT record_ids &&") ? "all but her conflicts'" : sql];
  });
  return Object.fromEntries(conditions) as Record<string, string>;
}
const his = (agency: string) => `subject = 's' AND agency = '${agency}'`;

test.each<[string, string, Record<string, string>]>([
  ["advocate", "harbor-house", { "harbor-house": "all but her conflicts'" }],
  ["advocate", "quiet-cove", {}],
  ["auditor", "harbor-house", { "harbor-house": "true", "safe-passage": his("harbor-house") }],
  ["auditor", "county-audit", { "harbor-house": his("county-audit"), "safe-passage": his("county-audit") }],
  ["evaluator", "state-university", {}],
  ["nobody", "harbor-house", {}],
])("A12: %s of %s", (role, agency, expected) => {
  expect(visible(role, agency)).toEqual(expected);
});

test("A12: whoever is neither sees his own, even by the name of an advocacy agency", () => {
  for (const role of ROLES.filter((one) => !["advocate", "auditor", "evaluator"].includes(one)))
    expect(visible(role, "harbor-house")).toEqual({
      "harbor-house": his("harbor-house"),
      "safe-passage": his("harbor-house"),
    });
});

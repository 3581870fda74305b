import type { PolicyTable } from "../../platform/policy/policy-table";
import { ACTIONS } from "../../policy/actions";
import { cellOf, LIMITED_FORMS, MATRIX, ROLES, type Element } from "../../policy/matrix";

export interface AgencyPolicy {
  readonly agency: string;
  readonly policy: PolicyTable;
}

function elementOf(scope: string): string {
  return scope.slice(0, scope.lastIndexOf(":"));
}

function fieldsByElement(policies: readonly AgencyPolicy[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const { policy } of policies) {
    for (const [coordinate, requirement] of Object.entries(policy)) {
      if (requirement === "authenticated") continue;
      // A container stands under every element it leads to; it is listed where it is the element itself.
      const elements = new Set(requirement.map(elementOf));
      if (elements.size > 1) continue;
      // A type that several agencies share is named once.
      for (const element of elements)
        fields.set(element, [...new Set([...(fields.get(element) ?? []), coordinate])]);
    }
  }
  return fields;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** The page a person from an agency reads: who sees what, in words, and which fields of the API carry it. */
export function visibilityPage(policies: readonly AgencyPolicy[]): string {
  const fields = fieldsByElement(policies);
  const elements = Object.keys(MATRIX) as Element[];
  const matrix = elements.map((element) =>
    row([MATRIX[element].title, ...ROLES.map((role) => cellOf(element, role))]),
  );
  const byElement = elements.map((element) =>
    row([
      MATRIX[element].title,
      (fields.get(element) ?? []).map((field) => `\`${field}\``).join(", ") || "none yet",
    ]),
  );
  return `# Who may see what

Generated from \`policy/matrix.ts\` and the agencies' policies by \`npm run generate\`; do not edit.

F full. F* full, less the addresses. L<n> a limited form, in a field of its own (below). O own agency's entries.
R only under a live release of information that names the reader. N only those that name the reader. A aggregates only.
M metadata only (that it exists, who read it, when). - never.

${row(["element", ...ROLES])}
${row(["---", ...ROLES.map(() => "---")])}
${matrix.join("\n")}

## Limited forms

${Object.entries(LIMITED_FORMS)
  .map(([form, meaning]) => `- **${form}**: ${meaning}`)
  .join("\n")}

## Fields of the API that carry each element

${row(["element", "fields"])}
${row(["---", "---"])}
${byElement.join("\n")}

## Who may do what

${row(["action", "roles"])}
${row(["---", "---"])}
${Object.entries(ACTIONS)
  .map(([action, roles]) => row([action, roles.join(", ")]))
  .join("\n")}
`;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rmsColumnNames, rmsColumns } from "./rms-columns";

test("docs/import.md shows the column map as it is", () => {
  const page = readFileSync(join(__dirname, "../../../docs/import.md"), "utf8");
  const [, shown] = /<!-- columns -->\n([^]*?)<!-- \/columns -->/.exec(page) ?? [];
  const rows = rmsColumnNames.map((name) => {
    const { meaning } = rmsColumns[name];
    return `| ${"required" in rmsColumns[name] ? `**${name}**` : name} | ${meaning} |`;
  });
  expect(shown?.trim()).toBe(["| column | meaning |", "|---|---|", ...rows].join("\n"));
});

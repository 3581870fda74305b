import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../project-root";
import { issuersOf } from "./issuers";
import { readPartners } from "./partners";

describe("the site's partners", () => {
  const folder = mkdtempSync(join(tmpdir(), "partners-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (content: unknown) => {
    const file = join(folder, "partners.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return readPartners(file);
  };
  const valid = {
    site: "S",
    agencies: [{ id: "harbor", name: "Harbor", kind: "advocacy", roles: ["advocate"] }],
    issuers: [{ issuer: "https://id.harbor", agency: "harbor", keys: "development" }],
    databases: [{ name: "harbor", env: "HARBOR_URL", subgraph: "advocacy", agency: "harbor" }],
  };

  test("the example site is valid", () => {
    expect(readPartners(join(PROJECT_ROOT, "site", "partners.json")).agencies.length).toBeGreaterThan(8);
  });

  test("says every fault at once, each with its place", () => {
    const faulty = {
      ...valid,
      agencies: [...valid.agencies, { ...valid.agencies[0], roles: [] }],
      issuers: [{ issuer: "https://id.harbor", agency: "nobody", keys: "http://insecure" }],
      surprise: true,
    };
    const message = (() => {
      try {
        read(faulty);
        return "accepted";
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message).toMatch(/agencies\.1\.roles/);
    expect(message).toMatch(/issuers\.0\.keys: an https address, or "development"/);
    expect(message).toMatch(/surprise/);
  });

  test("refuses an issuer or a database for an agency that is not there, and an agency that stands twice", () => {
    expect(() => read({ ...valid, issuers: [{ ...valid.issuers[0], agency: "nobody" }] })).toThrow(
      "issuers.0.agency: nobody is no agency of this site",
    );
    expect(() => read({ ...valid, databases: [{ ...valid.databases[0], agency: "nobody" }] })).toThrow(
      "databases.0.agency: nobody is no agency of this site",
    );
    expect(() => read({ ...valid, agencies: [valid.agencies[0], valid.agencies[0]] })).toThrow(
      "agencies.1: harbor stands twice",
    );
  });

  test("refuses what is not JSON, naming the file", () => {
    expect(() => read("{")).toThrow(/partners\.json cannot be read/);
  });

  test("refuses development keys in production", () => {
    expect(() => issuersOf(read(valid), folder, true)).toThrow(
      "The issuer https://id.harbor has development keys, which are refused in production.",
    );
  });
});

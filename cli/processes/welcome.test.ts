import { join } from "node:path";
import { PROJECT_ROOT } from "../../platform/project-root";
import { readSitePartners } from "./site-partners";
import { welcome } from "./welcome";

const partners = readSitePartners(join(PROJECT_ROOT, "site", "partners.json"));
const URL = "http://127.0.0.1:4000/graphql";

test("in development the welcome says how a token is had, and where the explorer is", () => {
  const text = welcome(URL, partners, { firstPersonId: "an-id" }, true);
  expect(text).toContain("npm run -s hub -- token --role detective");
  expect(text).toContain("http://127.0.0.1:4000/explorer");
  expect(text).toContain('{"id":"an-id"}');
});

test("in production the welcome names no command that is refused there", () => {
  const text = welcome(URL, partners, undefined, false);
  expect(text).toContain(`The hub is up: ${URL}`);
  expect(text).toContain("Roles: ");
  expect(text).not.toMatch(/token|explorer|npm run/i);
});

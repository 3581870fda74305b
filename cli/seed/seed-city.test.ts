import { createTestDatabase } from "../../test/setup/databases";
import { type SeedRequest, seedCity } from "./seed-city";
import { SeedError } from "./seed-error";
import { siteDatabases, type SiteDatabases } from "./site-databases.fixture";

const ASKED = { people: 40, seed: 7, asOf: "2024-06-30" };
let sites: SiteDatabases[] = [];

async function emptySite(): Promise<SiteDatabases> {
  const site = await siteDatabases(createTestDatabase);
  sites.push(site);
  return site;
}

afterEach(async () => {
  for (const site of sites) await site.drop();
  sites = [];
});

/** The number of rows of every table and a digest of them, as text. */
async function contentOf(site: SiteDatabases): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const owner of site.owners) {
    const tables = await site.tablesOf(owner);
    const parts = tables.map(
      (table) =>
        `SELECT '${table}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS digest
         FROM ${table} t`,
    );
    const rows = await site.ask<{ name: string; digest: string }>(owner, parts.join(" UNION ALL "));
    for (const { name, digest } of rows) digests[`${owner}.${name}`] = digest;
  }
  return digests;
}

async function seeded(asked: Omit<SeedRequest, "urls"> = ASKED) {
  const site = await emptySite();
  const city = await seedCity({ urls: site.urls, ...asked });
  return { site, city, content: await contentOf(site) };
}

const isEmpty = (digest: string) => digest.startsWith("0 ");

test("the same people, seed and day give the same rows, ids and times included", async () => {
  const one = await seeded();
  const other = await seeded();
  expect(other.content).toEqual(one.content);
  expect(other.city).toEqual(one.city);
});

test("E14: a made-up past calls nobody out", async () => {
  const { site } = await seeded();
  for (const owner of site.owners) {
    expect(await site.ask(owner, "SELECT FROM outbox.event")).toEqual([]);
  }
});

test("another seed gives other people; the first person of a seed stays whatever the size and the day", async () => {
  const one = await seeded();
  const otherSeed = await seeded({ ...ASKED, seed: 8 });
  const otherSize = await seeded({ ...ASKED, people: 3, asOf: "2025-01-15" });
  expect(otherSeed.city.firstPersonId).not.toBe(one.city.firstPersonId);
  expect(otherSeed.content["law-enforcement.person"]).not.toBe(one.content["law-enforcement.person"]);
  expect(otherSize.city.firstPersonId).toBe(one.city.firstPersonId);
  expect(otherSize.city.firstCaseId).toBe(one.city.firstCaseId);
  expect(otherSize.city.counts.persons).toBe(3);
});

test("a city of one person has him alone, at level B", async () => {
  const { city } = await seeded({ ...ASKED, people: 1 });
  expect(city.counts).toMatchObject({ persons: 1, cases: 1, levels: { A: 0, B: 1, C: 0, D: 0 } });
});

test("a database that holds a record is refused in one sentence, and nothing is written anywhere", async () => {
  for (const [owner, table, sql] of [
    [
      "law-enforcement",
      "reporting_agency",
      "INSERT INTO reporting_agency VALUES ('EX0010000', 'Here before')",
    ],
    [
      "services",
      "provider",
      "INSERT INTO provider (agency, name, capacity) VALUES ('new-start', 'Here before', 1)",
    ],
    [
      "safe-passage",
      "case_assignment",
      "INSERT INTO case_assignment VALUES (gen_random_uuid(), now(), NULL)",
    ],
  ] as const) {
    const site = await emptySite();
    await site.ask(owner, sql);
    const before = await contentOf(site);
    await expect(seedCity({ urls: site.urls, ...ASKED })).rejects.toThrow(
      new SeedError(`The database of ${owner} is not empty (${table} holds records): nothing was seeded.`),
    );
    expect(await contentOf(site)).toEqual(before);
  }
});

test("a second city in the same databases is refused", async () => {
  const { site, content } = await seeded();
  await expect(seedCity({ urls: site.urls, ...ASKED })).rejects.toThrow(SeedError);
  expect(await contentOf(site)).toEqual(content);
});

test("two seeds at once: one makes the city, the other is refused", async () => {
  const site = await emptySite();
  const outcomes = await Promise.allSettled(
    [1, 2].map((seed) => seedCity({ urls: site.urls, ...ASKED, seed })),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refusal = outcomes.find((outcome) => outcome.status === "rejected")?.reason as Error;
  expect(refusal.message).toMatch(/^The database of law-enforcement is not empty/);
  const [{ count }] = (await site.ask<{ count: number }>(
    "law-enforcement",
    "SELECT count(*)::integer AS count FROM person",
  )) as [{ count: number }];
  expect(count).toBe(ASKED.people);
});

test("when the last database fails in the middle, the others stay empty", async () => {
  const site = await emptySite();
  await site.ask("safe-passage", "ALTER TABLE safety_plan ADD CHECK (text = 'nothing that is ever written')");
  await expect(seedCity({ urls: site.urls, ...ASKED })).rejects.toThrow(/safety_plan/);
  expect(Object.values(await contentOf(site)).every(isEmpty)).toBe(true);
});

test("a database that does not answer, or has no tables, is named", async () => {
  const site = await emptySite();
  const gone = new URL(site.urls.services);
  gone.pathname = "/no_such_database";
  await expect(seedCity({ urls: { ...site.urls, services: gone.href }, ...ASKED })).rejects.toThrow(
    /^The database of services does not answer: /,
  );
  const bare = await createTestDatabase({ key: "bare" });
  await expect(seedCity({ urls: { ...site.urls, services: bare.url }, ...ASKED })).rejects.toThrow(
    "The database of services has no tables yet: start it once, then seed.",
  );
  await bare.drop();
});

test("a request that makes no sense is refused before any database is opened", async () => {
  const urls = {
    lawEnforcement: "no address",
    services: "no address",
    advocacy: { "harbor-house": "no address" },
  };
  for (const [wrong, sentence] of [
    [{ people: 0 }, "The number of people is a whole number from 1 to 100000."],
    [{ people: 1.5 }, "The number of people is a whole number from 1 to 100000."],
    [{ people: 1e9 }, "The number of people is a whole number from 1 to 100000."],
    [{ people: NaN }, "The number of people is a whole number from 1 to 100000."],
    [{ seed: NaN }, "The seed is a whole number."],
    [{ asOf: "2024-02-30" }, "The day of the city is written YYYY-MM-DD."],
  ] as const) {
    await expect(seedCity({ urls, ...ASKED, ...wrong })).rejects.toThrow(sentence);
  }
});

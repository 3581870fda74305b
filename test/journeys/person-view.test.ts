import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../platform/project-root";
import { processesNaming, startHub, type HubAnswer, type RunningHub } from "./hub-process";

const PERSON_VIEW = readFileSync(join(PROJECT_ROOT, "docs", "queries", "person-view.graphql"), "utf8");

/** What the partnership's table gives each role of this query, written by hand from it: nothing here is derived. */
const CUT: Record<string, string[]> = {
  detective: [
    "person.cases.@.client",
    "person.cases.@.safetyPlan",
    "person.engagement",
    "person.needs",
    "person.referrals",
  ],
  advocate: [
    "person.charges",
    "person.criminalHistory",
    "person.engagement",
    "person.helpPromises",
    "person.identity",
    "person.incidents",
    "person.intelligence",
    "person.levelReasons",
    "person.nameForProvider",
    "person.needs",
    "person.orders.@.protectedAddresses",
    "person.referrals",
    "person.serviceStanding",
    "person.warrants",
  ],
  provider: [
    "person.activeWarrantExists",
    "person.cases",
    "person.chargeSummaries",
    "person.charges",
    "person.conditions",
    "person.criminalHistory",
    "person.custody",
    "person.identity",
    "person.incidents",
    "person.intelligence",
    "person.level",
    "person.levelReasonCategories",
    "person.levelReasons",
    "person.nameForAdvocate",
    "person.orders",
    "person.warrants",
  ],
  evaluator: ["person"],
  auditor: ["person"],
};

function pathsWith(answer: HubAnswer, code: string): string[] {
  return answer.errors.filter((e) => e.extensions.code === code).map((e) => (e.path ?? []).join("."));
}

/** Every path of the answer that is null, list positions as "@". */
function nullPaths(value: unknown, path: string[] = []): string[] {
  if (value === null) return [path.join(".")];
  if (Array.isArray(value))
    return [...new Set(value.flatMap((element) => nullPaths(element, [...path, "@"])))];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => nullPaths(inner, [...path, key]));
}

describe("the shared view of a person, asked by each role of the running hub", () => {
  const home = mkdtempSync(join(tmpdir(), "hub-journey-"));
  let hub: RunningHub;

  beforeAll(async () => {
    hub = await startHub(home);
  }, 120_000);
  afterAll(async () => {
    await hub?.stop();
    // As root the database lies elsewhere, and this is a link to it.
    rmSync(realpathSync(join(home, "postgres")), { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  const ask = async (role: string, ...options: string[]) =>
    hub.ask(await hub.token(role, ...options), PERSON_VIEW, { id: hub.firstPersonId });

  test.each(Object.keys(CUT))(
    "%s: exactly what the matrix withholds is null, with code and path",
    async (role) => {
      const answer = await ask(role);
      expect(answer.status).toBe(200);
      expect(pathsWith(answer, "UNAUTHORIZED_FIELD_OR_TYPE").sort()).toEqual(CUT[role]);
      for (const path of CUT[role]!) expect(nullPaths(answer.data)).toContain(path);
    },
  );

  test.each(["detective", "advocate", "provider"])("%s: everything else is there", async (role) => {
    const answer = await ask(role);
    const underRelease = pathsWith(answer, "RELEASE_REQUIRED").map((path) =>
      path.replace(/\.\d+(?=\.|$)/g, ".@"),
    );
    const explained = [...CUT[role]!, ...underRelease];
    const person = (answer.data as { person: Record<string, unknown> }).person;
    for (const [field, value] of Object.entries(person)) {
      if (!explained.includes(`person.${field}`)) expect([field, value]).not.toEqual([field, null]);
    }
    expect(
      answer.errors.map((e) => e.extensions.code).filter((c) => !/^(UNAUTHORIZED|RELEASE_REQUIRED)/.test(c)),
    ).toEqual([]);
  });

  test("a detective reads the narrative, and nothing of an advocacy agency without a release", async () => {
    const { data, errors } = await ask("detective");
    const person = (
      data as { person: { incidents: { narrative: string }[]; cases: Record<string, unknown>[] } }
    ).person;
    expect(person.incidents[0]!.narrative.length).toBeGreaterThan(20);
    for (const theCase of person.cases)
      expect([theCase["outreach"], theCase["clientContact"]]).toEqual([null, null]);
    expect(errors.some((e) => e.extensions.code === "RELEASE_REQUIRED")).toBe(true);
  });

  test("an advocate of the assigned agency reads her agency's outreach; one of the other agency finds nobody", async () => {
    const own = await ask("advocate", "--agency", "harbor-house");
    const cases = (own.data as { person: { cases: { outreach: unknown[]; client: unknown }[] } }).person
      .cases;
    expect(cases.some((c) => c.outreach.length > 0 && c.client !== null)).toBe(true);

    const cases2 = (await ask("advocate", "--agency", "safe-passage")).data as {
      person: { cases: unknown[] } | null;
    };
    const stranger = await hub.ask(await hub.token("advocate", "--agency", "safe-passage"), PERSON_VIEW, {
      id: "00000000-0000-4000-8000-000000000000",
    });
    // Either the person has a case of theirs too, or the answer is that of somebody who is not there.
    if (cases2.person === null) expect(stranger.data).toEqual(cases2);
    else expect(cases2.person.cases.length).toBeGreaterThan(0);
  });

  test.each([
    ["no token", undefined, "TOKEN_MISSING"],
    ["a token that is none", "nonsense", "TOKEN_MALFORMED"],
  ])("refuses %s", async (_title, token, reason) => {
    const answer = await hub.ask(token, PERSON_VIEW, { id: hub.firstPersonId });
    expect([answer.status, answer.errors[0]?.extensions]).toEqual([401, { code: "UNAUTHENTICATED", reason }]);
  });

  test("names nothing of the schema to a caller who guesses at fields", async () => {
    const answer = await hub.ask(await hub.token("advocate"), '{ person(id: "x") { narativ } }');
    expect(answer.errors[0]?.message).not.toMatch(/did you mean/i);
  });

  test("keeps its city over a restart, and leaves no process behind", async () => {
    const first = await ask("detective");
    expect(processesNaming(home).length).toBeGreaterThan(4);
    expect(await hub.stop()).toBe(0);
    expect(processesNaming(home)).toEqual([]);
    hub = await startHub(home);
    expect(withoutReadingTime((await ask("detective")).data)).toEqual(withoutReadingTime(first.data));
  }, 120_000);
});

/** The gate's as-of is the instant of reading. */
function withoutReadingTime(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === "gate" ? null : value)));
}

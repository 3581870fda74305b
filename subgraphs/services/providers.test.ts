import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../test/setup/databases";
import { COORDINATOR, NEW_START, NOBODY, OPEN_DOOR, openActing, type Acting } from "./acts.fixture";
import type { Who } from "./door.fixture";
import { refer, sql } from "./records.fixture";

/** What providers offer and how they are found; and their employees who help victims. */
const NOW = new Date("2026-03-10T12:00:00Z");
const NEED = "need { id kind statedAt passedOn closedAt closedAs redisclosureNotice }";

interface Recorded {
  readonly id: string;
}

let acting: Acting;
let person: string;

beforeAll(async () => {
  acting = await openActing(createTestDatabase, NOW);
});
afterAll(() => acting.close());
beforeEach(async () => {
  person = randomUUID();
  await sql(acting.url, "TRUNCATE referral, need, help_promise, small_help, provider_service CASCADE");
  await refer(acting.url, person, { agency: "new-start" });
});

const count = async (table: string) => (await sql(acting.url, `SELECT FROM ${table}`)).length;

describe("what a provider offers", () => {
  const PROVIDER = "provider { agency languages capacity hours area services { service places taken free } }";
  const record = (who: Who, input: object) => acting.tell(who, "recordCapacity", input, PROVIDER);
  const found = async (who: Who, filter: object) => {
    const answer = await acting.door.ask(
      who,
      "query ($filter: ProviderFilter) { providers(filter: $filter) { agency } }",
      {
        filter,
      },
    );
    return (
      (answer.data?.["providers"] as { agency: string }[] | null)?.map(({ agency }) => agency) ??
      answer.errors
    );
  };

  test("SV28: its people say what it offers; what they leave out stays", async () => {
    const all = {
      ...{ capacity: 7, languages: ["en", "es-MX"], hours: "9 to 17", area: "north" },
      services: [
        { service: "HOUSING", places: 3 },
        { service: "EMPLOYMENT", places: 1 },
      ],
    };
    await record(NEW_START, all);
    const told = await record(NEW_START, { services: [{ service: "HOUSING", places: 0 }] });
    expect(told).toEqual({
      problem: null,
      row: {
        ...{ agency: "new-start", capacity: 7, languages: ["en", "es-MX"], hours: "9 to 17", area: "north" },
        services: [
          // The one who was taken before there were so few places keeps his.
          { service: "EMPLOYMENT", places: 1, taken: 1, free: 0 },
          { service: "HOUSING", places: 0, taken: 0, free: 0 },
        ],
      },
    });
    expect(await sql(acting.url, "SELECT DISTINCT recorded_by FROM provider_service")).toEqual([
      { recorded_by: "provider-1@new-start" },
    ]);
    await record(NEW_START, { capacity: 9, languages: ["en"] });
  });

  test.each<[string, object, string]>([
    ["fewer persons than none", { capacity: -1 }, "PLACES_OUT_OF_BOUNDS"],
    ["more than anybody has", { capacity: 10_001 }, "PLACES_OUT_OF_BOUNDS"],
    ["fewer places than none", { services: [{ service: "HOUSING", places: -1 }] }, "PLACES_OUT_OF_BOUNDS"],
    [
      "a service twice",
      {
        services: [
          { service: "HOUSING", places: 1 },
          { service: "HOUSING", places: 2 },
        ],
      },
      "SERVICE_TWICE",
    ],
    ["a language that is none", { languages: ["English"] }, "NO_LANGUAGE"],
    ["no hours", { hours: " " }, "TEXT_MISSING"],
    ["an area like a page", { area: "x".repeat(201) }, "TEXT_TOO_LONG"],
    ["an area of two lines", { area: "a\nb" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["a key that is none", { key: "x" }, "KEY_IS_NO_UUID"],
  ])("SV28: %s is a problem, and nothing is recorded", async (_what, input, problem) => {
    const before = await sql(acting.url, "SELECT * FROM provider ORDER BY agency");
    expect(await record(NEW_START, input)).toEqual({ row: null, problem });
    expect(await sql(acting.url, "SELECT * FROM provider ORDER BY agency")).toEqual(before);
    expect(await count("provider_service")).toBe(0);
  });

  test("SV28: providers are found by service, language and free places; how full they are is told to those who refer", async () => {
    await record(NEW_START, { languages: ["en", "es-MX"], services: [{ service: "EMPLOYMENT", places: 1 }] });
    await record(OPEN_DOOR, {
      services: [
        { service: "EMPLOYMENT", places: 2 },
        { service: "HOUSING", places: 0 },
      ],
    });
    expect(await found(COORDINATOR, {})).toEqual(["new-start", "open-door"]);
    expect(await found(COORDINATOR, { service: "EMPLOYMENT" })).toEqual(["new-start", "open-door"]);
    expect(await found(COORDINATOR, { service: "HOUSING" })).toEqual([]);
    expect(await found(COORDINATOR, { language: "ES" })).toEqual(["new-start"]);
    expect(await found(COORDINATOR, { language: "e" })).toEqual([]);
    // Its one place is taken.
    expect(await found(COORDINATOR, { service: "EMPLOYMENT", free: true })).toEqual(["open-door"]);
    expect(await found(COORDINATOR, { free: true })).toEqual(["open-door"]);
    await record(OPEN_DOOR, { capacity: 0 });
    expect(await found(COORDINATOR, { free: true })).toEqual([]);
    await record(OPEN_DOOR, { capacity: 9 });
    const evaluator: Who = { agency: "state-university", role: "evaluator" };
    expect(await found(evaluator, { service: "EMPLOYMENT" })).toEqual(["new-start", "open-door"]);
    expect(await found(evaluator, { free: true })).toMatchObject([
      { extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } },
    ]);
  });
});

describe("SV36: those who help victims see no abusive partner", () => {
  const VICTOR: Who = { agency: "new-start", role: "provider", subject: "victor" };
  const ENTRY = "employee { id subject recordedBy endedAt }";
  const list = (who: Who, input: object) =>
    acting.tell<Recorded>(who, "recordVictimSideEmployee", input, ENTRY);
  const end = (who: Who, input: object) => acting.tell<Recorded>(who, "endVictimSideEmployee", input, ENTRY);
  const entries = async (who: Who) => (await acting.door.ask(who, "{ victimSideEmployees { id } }")).data;

  test("from when they are listed until it ends, and they cannot take themselves off", async () => {
    const ALL = "needs { id } referrals { id } engagement { id } smallHelp { id } handle";
    const seen = () => acting.person(VICTOR, person, ALL);
    const before = await seen();
    expect(before["referrals"]).toHaveLength(1);
    const handle = await acting.handle(VICTOR, person);
    const { row } = await list(NEW_START, { subject: "victor" });
    expect(row).toMatchObject({ subject: "victor", recordedBy: "provider-1@new-start", endedAt: null });
    const nobody = await acting.person(VICTOR, randomUUID(), ALL);
    expect(await seen()).toEqual(nobody);
    const mine =
      "{ myReferrals { referrals { id } } smallHelpRequests { requests { id } } overdueHelpPromises { promises { id } } }";
    expect((await acting.door.ask(VICTOR, mine)).data).toEqual({
      myReferrals: { referrals: [] },
      smallHelpRequests: { requests: [] },
      overdueHelpPromises: { promises: [] },
    });
    const need = { person: handle, kind: "FOOD", statedAt: "2026-03-01T00:00:00Z" };
    expect((await acting.tell(VICTOR, "recordNeed", need, NEED)).problem).toBe("NOT_FOUND");
    expect(await entries(VICTOR)).toEqual({ victimSideEmployees: [] });
    expect((await end(VICTOR, { id: row!.id })).problem).toBe("NOT_FOUND");
    expect((await list(VICTOR, { subject: "somebody" })).problem).toBe("NOT_FOUND");
    expect((await end(OPEN_DOOR, { id: row!.id })).problem).toBe("NOT_FOUND");
    expect((await end(NEW_START, { id: row!.id })).row).toMatchObject({ endedAt: NOW.toISOString() });
    expect((await end(NEW_START, { id: row!.id })).problem).toBe("OVER");
    expect((await seen())["referrals"]).toHaveLength(1);
  });

  test.each<[string, object, string]>([
    ["oneself", { subject: "provider-1" }, "YOURSELF"],
    ["nobody", { subject: "" }, "TEXT_MISSING"],
    ["a name like a page", { subject: "x".repeat(201) }, "TEXT_TOO_LONG"],
    ["a name that hides", { subject: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["under a key that is none", { subject: "a", key: "x" }, "KEY_IS_NO_UUID"],
  ])("one does not list %s", async (_what, input, problem) => {
    expect(await list(NEW_START, input)).toEqual({ row: null, problem });
  });

  test("an employee is listed once, of one's own agency alone, and an unknown entry is not found", async () => {
    expect((await list(NEW_START, { subject: "vera" })).problem).toBeNull();
    expect((await list(NEW_START, { subject: "vera" })).problem).toBe("ALREADY_RECORDED");
    // Another agency may have somebody of that name.
    expect((await list(OPEN_DOOR, { subject: "vera" })).problem).toBeNull();
    for (const id of [NOBODY, "x"]) expect((await end(NEW_START, { id })).problem).toBe("NOT_FOUND");
  });

  test("SV37: the list holds names of employees and instants, and no column for a victim, a case or a person", async () => {
    const columns = await sql<{ name: string }>(
      acting.url,
      "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'victim_side_employee' ORDER BY 1",
    );
    expect(columns.map(({ name }) => name)).toEqual(["agency", "ended_at", "ended_by", "id", "recorded_at", "recorded_by", "subject"]); // prettier-ignore
  });
});

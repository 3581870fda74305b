import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { refer, sql } from "./records.fixture";
import { migrate } from "./store/database";

/** What providers record, what it costs to read, and what evaluators learn of it. */
const NOW = new Date("2026-03-01T12:00:00Z");
const NEW_START: Who = { agency: "new-start", role: "provider" };
const EVALUATOR: Who = { agency: "state-university", role: "evaluator" };

let database: TestDatabase;
let door: TestDoor;

beforeAll(async () => {
  database = await createTestDatabase({ key: "services", migrate });
  await sql(
    database.url,
    `INSERT INTO provider (agency, name, languages, capacity)
     VALUES ('new-start', 'New Start', '{en}', 3), ('open-door', 'Open Door', '{en,es}', 4)`,
  );
  door = await openTestDoor(database.url, NOW);
});
afterAll(async () => {
  await door.close();
  await database.drop();
});
beforeEach(() => sql(database.url, "TRUNCATE referral, need, help_promise CASCADE"));

describe("recordEngagement", () => {
  const mutation = `mutation ($input: RecordEngagementInput!) { recordEngagement(input: $input) {
    engagement { id service attendedOn attended redisclosureNotice } problem } }`;
  const input = (referralId: string, attended = true, attendedOn = "2026-02-01") => ({
    input: { key: randomUUID(), referralId, attendedOn, attended },
  });
  const days = () => sql(database.url, "SELECT attended_on::text, attended, recorded_by FROM engagement");

  test("SV7: a day is recorded by the person of the token; told again it is the same entry", async () => {
    const id = await refer(database.url, randomUUID(), { agency: "new-start" });
    const first = await door.ask(NEW_START, mutation, input(id));
    expect(first.data).toMatchObject({
      recordEngagement: {
        engagement: {
          service: "EMPLOYMENT",
          attendedOn: "2026-02-01",
          attended: true,
          redisclosureNotice: null,
        },
        problem: null,
      },
    });
    expect((await door.ask(NEW_START, mutation, input(id.toUpperCase()))).text).toBe(first.text);
    expect(await days()).toEqual([{ attended_on: "2026-02-01", attended: true, recorded_by: "provider-1" }]);
  });

  test("E4: a day is told of once, by the person of the referral; one that is refused is not", async () => {
    const person = randomUUID();
    const id = await refer(database.url, person, { agency: "new-start" });
    await door.ask(NEW_START, mutation, input(id));
    await door.ask(NEW_START, mutation, input(id));
    await door.ask(NEW_START, mutation, input(id, false));
    const [entry] = await sql(database.url, `SELECT id FROM engagement WHERE referral_id = '${id}'`);
    expect(
      await sql(
        database.url,
        `SELECT topic, facts, historic FROM outbox.event WHERE key = '${person}' AND facts->>'change' = 'engaged'`,
      ),
    ).toEqual([
      {
        topic: "referral",
        facts: { change: "engaged", referralId: id, engagementId: entry!["id"] },
        historic: expect.any(Boolean) as boolean,
      },
    ]);
  });

  test("SV7: told the other way round it is refused and the entry stays", async () => {
    const id = await refer(database.url, randomUUID(), { agency: "new-start", days: { "2026-02-01": true } });
    expect((await door.ask(NEW_START, mutation, input(id, false))).data).toMatchObject({
      recordEngagement: { engagement: null, problem: "ALREADY_RECORDED" },
    });
    expect(await days()).toMatchObject([{ attended: true }]);
  });

  test("SV8: another agency's referral, one without consent, none, and no id are answered alike", async () => {
    const theirs = await refer(database.url, randomUUID(), { agency: "open-door" });
    const unconsented = await refer(database.url, randomUUID(), {
      agency: "new-start",
      state: "proposed",
      consented: false,
    });
    const answers = [];
    for (const id of [theirs, unconsented, randomUUID(), "no-uuid"]) {
      answers.push((await door.ask(NEW_START, mutation, input(id))).text);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"problem":"NOT_FOUND"');
    expect(await days()).toEqual([]);
  });

  test.each([
    ["DAY_IN_THE_FUTURE", "accepted", "2026-03-03"],
    ["DAY_BEFORE_REFERRAL", "accepted", "2026-01-08"],
    ["REFERRAL_NOT_ACCEPTED", "closed", "2026-02-01"],
  ])("SV8: %s is a problem, and nothing is recorded", async (code, state, day) => {
    const id = await refer(database.url, randomUUID(), { agency: "new-start", state });
    expect((await door.ask(NEW_START, mutation, input(id, true, day))).data).toMatchObject({
      recordEngagement: { engagement: null, problem: code },
    });
    expect(await days()).toEqual([]);
  });

  test("SV8: a day that is none is no input", async () => {
    const answer = await door.ask(NEW_START, mutation, input(randomUUID(), true, "2026-02-30"));
    expect(answer.status).toBe(400);
    expect(await days()).toEqual([]);
  });
});

test("SV9: what is recorded of forty persons takes as many statements as of two", async () => {
  const persons = Array.from({ length: 40 }, () => randomUUID());
  await sql(
    database.url,
    `WITH r AS (INSERT INTO referral (person_id, provider_agency, service, part2, state, consented_at, referred_at)
                SELECT p, 'new-start', s, s = 'substance-use-treatment', 'accepted', now(), now()
                FROM unnest($1::uuid[]) p, unnest('{housing,substance-use-treatment}'::text[]) s RETURNING id),
          e AS (INSERT INTO engagement (referral_id, attended_on, attended, recorded_by)
                SELECT id, '2026-02-01'::date + n, true, 'p' FROM r, generate_series(1, 3) n),
          h AS (INSERT INTO help_promise (person_id, text, due_on, owner_agency)
                SELECT p, 'help', '2026-03-05', 'new-start' FROM unnest($1::uuid[]) p)
     INSERT INTO need (person_id, kind, stated_at) SELECT p, 'food', now() FROM unnest($1::uuid[]) p`,
    [persons],
  );
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { needs { id } needsToPassOn
    referrals { id provider { name } } engagement { id } serviceStanding engaged redisclosureNotice
    helpPromises { id } } } }`;
  const statements = async (count: number) => {
    door.statements();
    const r = persons.slice(0, count).map((id) => ({ __typename: "Person", id }));
    const { data, errors } = await door.ask(NEW_START, query, { r });
    expect(errors).toBeUndefined();
    const entities = (data as { _entities: { engagement: unknown[] }[] })._entities;
    expect(entities.map(({ engagement }) => engagement.length)).toEqual(Array<number>(count).fill(6));
    return door.statements().map(({ text }) => text);
  };
  const two = await statements(2);
  // Referrals, their Part 2 consents, needs, engagement, providers, promises.
  expect(two).toHaveLength(6);
  expect(await statements(40)).toHaveLength(two.length);
});

describe("engagementCounts", () => {
  const engage = async (service: string, persons: number, days: number) => {
    await sql(
      database.url,
      `WITH r AS (INSERT INTO referral (person_id, provider_agency, service, part2, state, consented_at, referred_at)
                  SELECT gen_random_uuid(), CASE n % 2 WHEN 0 THEN 'new-start' ELSE 'open-door' END, $1,
                         $1 = 'substance-use-treatment', 'accepted', now(), now()
                  FROM generate_series(1, $2) n RETURNING id)
       INSERT INTO engagement (referral_id, attended_on, attended, recorded_by)
       SELECT id, '2026-02-01'::date + d, d < 3, 'p' FROM r, generate_series(1, $3) d`,
      [service, persons, days],
    );
  };
  const shown = async () => {
    const { data } = await door.ask(
      EVALUATOR,
      "{ engagementCounts { byService { service persons } total } }",
    );
    const { byService, total } = (
      data as {
        engagementCounts: { byService: { service: string; persons: number | null }[]; total: number | null };
      }
    ).engagementCounts;
    return { total, ...Object.fromEntries(byService.map(({ service, persons }) => [service, persons])) };
  };

  test("SV6: persons are counted once each over all providers, and small counts are withheld", async () => {
    await engage("employment", 14, 3);
    await engage("housing", 12, 1);
    await engage("substance-use-treatment", 9, 2);
    expect(await shown()).toEqual({
      EMPLOYMENT: 14,
      // Withheld with the 9: together the small ones would still be a group of 9.
      HOUSING: null,
      SUBSTANCE_USE_TREATMENT: null,
      EDUCATION: null,
      INTERVENTION_PROGRAMME: null,
      PARENTING: null,
      MENTAL_HEALTH: null,
      LEGAL_HELP: null,
      total: null,
    });
  });

  test("SV6: who never came is not counted", async () => {
    await engage("employment", 14, 1);
    await sql(database.url, "UPDATE engagement SET attended = false");
    await engage("housing", 12, 1);
    await engage("education", 13, 1);
    expect(await shown()).toMatchObject({ EMPLOYMENT: null, HOUSING: null, EDUCATION: 13 });
  });
});

test("the directory of providers is open to every partner", async () => {
  const { data } = await door.ask(EVALUATOR, "{ providers { agency name languages capacity } }");
  expect(data).toEqual({
    providers: [
      { agency: "new-start", name: "New Start", languages: ["en"], capacity: 3 },
      { agency: "open-door", name: "Open Door", languages: ["en", "es"], capacity: 4 },
    ],
  });
});

test("SV6: needs, referrals and promises of help count each person once under a label; small counts are withheld", async () => {
  const figure = async (field: string) => {
    const { data } = await door.ask(
      EVALUATOR,
      `{ servicesFigures { ${field} { rows { labels count } suppressedBelow asOf } } }`,
    );
    const { rows, ...rest } = (
      data as { servicesFigures: Record<string, { rows: { labels: string[]; count: number | null }[] }> }
    ).servicesFigures[field]!;
    return { ...rest, ...Object.fromEntries(rows.map(({ labels, count }) => [labels.join(), count])) };
  };
  await sql(
    database.url,
    `WITH known AS (DELETE FROM need), promised AS (DELETE FROM help_promise), person AS (
       SELECT gen_random_uuid() AS id, n FROM generate_series(1, 12) n),
     needed AS (INSERT INTO need (person_id, kind, stated_at)
                SELECT id, kind, now() FROM person, unnest('{food,housing}'::text[]) kind),
     told AS (INSERT INTO help_promise (person_id, text, due_on, owner_agency, state)
              SELECT id, 'help', '2026-03-05', 'new-start', CASE WHEN n < 3 THEN 'kept' ELSE 'open' END
              FROM person, generate_series(1, 4))
     INSERT INTO referral (person_id, provider_agency, service, state, consented_at, referred_at)
     SELECT id, 'new-start', 'housing', CASE WHEN n < 12 THEN 'accepted' ELSE 'closed' END, now(), now() FROM person`,
  );
  const told = { suppressedBelow: 10, asOf: NOW.toISOString() };
  expect(await figure("needs")).toMatchObject({ ...told, food: 12, housing: null, transport: null });
  expect(await figure("helpPromises")).toEqual({
    ...told,
    open: null,
    kept: null,
    broken: null,
    withdrawn: null,
  });
  const referrals = await figure("referrals");
  expect(referrals).toMatchObject({ declined: null });
  expect(Object.values(referrals).every((count) => typeof count !== "number" || count >= 10)).toBe(true);
});

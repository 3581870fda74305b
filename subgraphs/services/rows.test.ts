import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { REDISCLOSURE_NOTICE } from "./domain/part2";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { refer, sql } from "./records.fixture";
import { migrate } from "./store/database";

/** Who learns what of a person at the services. */
const NOW = new Date("2026-03-01T12:00:00Z");
const NEW_START: Who = { agency: "new-start", role: "provider" };
const OPEN_DOOR: Who = { agency: "open-door", role: "provider" };
const DETECTIVE: Who = { agency: "metro-police", role: "detective" };
const COORDINATOR: Who = { agency: "metro-police", role: "coordinator" };
const PROSECUTOR: Who = { agency: "county-prosecutor", role: "prosecutor" };
const PROBATION: Who = { agency: "county-probation", role: "probation" };
const MESSENGER: Who = { agency: "street-voices", role: "messenger" };

let database: TestDatabase;
let door: TestDoor;
let person: string;

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
beforeEach(async () => {
  await sql(database.url, "TRUNCATE referral, need, help_promise CASCADE");
  person = randomUUID();
  await sql(
    database.url,
    "INSERT INTO need (person_id, kind, stated_at, passed_on) VALUES ($1, 'housing', now(), true), ($1, 'food', now(), false)",
    [person],
  );
});

async function entity(who: Who, id: string, selection: string, said: { visible?: unknown } = {}) {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { ${selection} } } }`;
  door.statements();
  const answer = await door.ask(who, query, { r: [{ __typename: "Person", id, ...said }] });
  const entities = answer.data?.["_entities"] as [Record<string, unknown>] | undefined;
  return { ...answer, person: entities?.[0] };
}

async function referralsAfter(after: string | null) {
  const query = `query ($after: String) { myReferrals(first: 2, after: $after) {
    referrals { id person { id } provider { agency } } endCursor hasNextPage } }`;
  const { data } = await door.ask(NEW_START, query, { after });
  return (
    data as {
      myReferrals: { referrals: { id: string }[]; endCursor: string | null; hasNextPage: boolean };
    }
  ).myReferrals;
}

const ALL_OF_A_PROVIDER =
  "needs { kind } needsToPassOn referrals { service } engagement { service } serviceStanding engaged redisclosureNotice";
const NOTHING = {
  needs: null,
  needsToPassOn: null,
  referrals: null,
  engagement: null,
  serviceStanding: null,
  engaged: null,
  redisclosureNotice: null,
};

describe("a provider", () => {
  test("SV1: sees whom he was sent, and of the referrals and days only his own agency's", async () => {
    await refer(database.url, person, { agency: "new-start", days: { "2026-02-01": false } });
    await refer(database.url, person, {
      agency: "open-door",
      service: "housing",
      days: { "2026-02-02": true },
    });
    expect((await entity(NEW_START, person, ALL_OF_A_PROVIDER)).person).toEqual({
      needs: expect.arrayContaining([{ kind: "HOUSING" }, { kind: "FOOD" }]) as unknown,
      needsToPassOn: ["HOUSING"],
      referrals: [{ service: "EMPLOYMENT" }],
      engagement: [{ service: "EMPLOYMENT" }],
      // He came to the other agency: not this one's to know.
      serviceStanding: "REFERRED",
      engaged: false,
      redisclosureNotice: null,
    });
    expect((await entity(OPEN_DOOR, person, ALL_OF_A_PROVIDER)).person).toMatchObject({
      referrals: [{ service: "HOUSING" }],
      engagement: [{ service: "HOUSING" }],
      serviceStanding: "ENGAGED",
    });
  });

  test("SV1: learns of a person sent elsewhere what he learns of nobody", async () => {
    await refer(database.url, person, { agency: "open-door", days: { "2026-02-02": true } });
    const elsewhere = await entity(NEW_START, person, ALL_OF_A_PROVIDER);
    expect(elsewhere.person).toEqual(NOTHING);
    for (const id of [randomUUID(), "no-uuid"]) {
      expect((await entity(NEW_START, id, ALL_OF_A_PROVIDER)).text).toBe(elsewhere.text);
    }
  });

  test("SV1: learns nothing of a referral the person has not agreed to", async () => {
    await refer(database.url, person, { agency: "new-start", state: "proposed", consented: false });
    expect((await entity(NEW_START, person, ALL_OF_A_PROVIDER)).person).toEqual(NOTHING);
    expect((await door.ask(NEW_START, "{ myReferrals { referrals { id } } }")).data).toEqual({
      myReferrals: { referrals: [] },
    });
  });

  test.each(["declined", "closed"])(
    "SV2: keeps his records of a referral that is %s, not the needs",
    async (state) => {
      await refer(database.url, person, { agency: "new-start", state, days: { "2026-02-01": true } });
      expect(
        (await entity(NEW_START, person, "needs { kind } needsToPassOn engagement { attendedOn }")).person,
      ).toEqual({ needs: null, needsToPassOn: null, engagement: [{ attendedOn: "2026-02-01" }] });
    },
  );

  test("SV1: myReferrals are his agency's, newest first, page by page", async () => {
    const [a, b, c] = await Promise.all(
      ["2026-01-01Z", "2026-01-02Z", "2026-01-03Z"].map((referredAt) =>
        refer(database.url, person, { agency: "new-start", referredAt }),
      ),
    );
    await refer(database.url, person, {
      agency: "open-door",
      referredAt: "2026-01-02T12:00:00Z",
    });
    const first = await referralsAfter(null);
    expect(first.referrals).toEqual(
      [c, b].map((id) => ({ id, person: { id: person }, provider: { agency: "new-start" } })),
    );
    expect(first.hasNextPage).toBe(true);
    // The referral it stopped at leaves the list: the list still goes on where it was.
    await sql(database.url, "UPDATE referral SET state = 'refused', consented_at = NULL WHERE id = $1", [b]);
    const second = await referralsAfter(first.endCursor);
    expect(second.referrals.map(({ id }) => id)).toEqual([a]);
    expect(second.hasNextPage).toBe(false);
    expect(await referralsAfter(second.endCursor)).toEqual({
      referrals: [],
      endCursor: null,
      hasNextPage: false,
    });
  });

  test("SV16: referrals a microsecond apart, or in one, come each once", async () => {
    const times = ["01.000001Z", "01.000002Z", "01.000003Z", "01.000003Z", "01.000003Z"];
    const ids = await Promise.all(
      times.map((second) =>
        refer(database.url, person, { agency: "new-start", referredAt: `2026-01-01T00:00:${second}` }),
      ),
    );
    const seen: string[] = [];
    for (let page = await referralsAfter(null); ; page = await referralsAfter(page.endCursor)) {
      seen.push(...page.referrals.map(({ id }) => id));
      if (!page.hasNextPage) break;
    }
    expect(seen).toEqual([...ids.slice(2).sort(), ids[1], ids[0]]);
  });

  test.each([{ first: 0 }, { first: 201 }, { after: randomUUID() }, { after: "" }])(
    "SV16: a page asked for with %j is refused",
    async (variables) => {
      const query =
        "query ($first: Int = 2, $after: String) { myReferrals(first: $first, after: $after) { endCursor } }";
      const { errors } = await door.ask(NEW_START, query, variables);
      expect(errors).toEqual([expect.objectContaining({ extensions: { code: "BAD_USER_INPUT" } })]);
    },
  );
});

describe("Part 2", () => {
  const treatment = { agency: "open-door", service: "substance-use-treatment", days: { "2026-02-02": true } };
  const standing = "serviceStanding redisclosureNotice";
  const OUTSIDE: [string, Who, string][] = [
    ["detective", DETECTIVE, standing],
    ["prosecutor", PROSECUTOR, standing],
    ["coordinator", COORDINATOR, `${standing} engaged referrals { service redisclosureNotice }`],
  ];

  test.each(OUTSIDE)(
    "SV3: without a live consent a %s is answered as of nobody",
    async (_role, who, selection) => {
      const nobody = await entity(who, randomUUID(), selection);
      await refer(database.url, person, treatment);
      const to = who.agency;
      await refer(database.url, person, { ...treatment, consent: { to, expiresAt: "2026-03-01T12:00:00Z" } });
      const revoked = { to, expiresAt: "2027-01-01Z", revokedAt: "2026-02-03Z" };
      await refer(database.url, person, { ...treatment, consent: revoked });
      // Live, but for somebody else to be told.
      const another = { to: "county-probation", expiresAt: "2027-01-01Z" };
      await refer(database.url, person, { ...treatment, consent: another });
      expect((await entity(who, person, selection)).text).toBe(nobody.text);
      expect(nobody.person).toMatchObject({ serviceStanding: null, redisclosureNotice: null });
    },
  );

  test.each(OUTSIDE)(
    "SV3: with a live consent that names his agency a %s sees it, and the notice with it",
    async (_role, who, selection) => {
      const consent = { to: who.agency, expiresAt: "2026-03-01T12:00:01Z" };
      await refer(database.url, person, { ...treatment, consent });
      expect((await entity(who, person, selection)).person).toEqual({
        serviceStanding: "ENGAGED",
        redisclosureNotice: REDISCLOSURE_NOTICE,
        ...(who === COORDINATOR && {
          engaged: true,
          referrals: [{ service: "SUBSTANCE_USE_TREATMENT", redisclosureNotice: REDISCLOSURE_NOTICE }],
        }),
      });
    },
  );

  test("SV3: the provider himself needs no consent; another provider gets nothing even with one", async () => {
    const consent = { to: "new-start", expiresAt: "2027-01-01Z" };
    await refer(database.url, person, { ...treatment, consent });
    expect((await entity(OPEN_DOOR, person, ALL_OF_A_PROVIDER)).person).toMatchObject({
      engagement: [{ service: "SUBSTANCE_USE_TREATMENT" }],
      redisclosureNotice: null,
    });
    expect((await entity(NEW_START, person, ALL_OF_A_PROVIDER)).person).toEqual(NOTHING);
  });

  test("SV13: treatment is always marked, and nothing is accepted without consent", async () => {
    const insert = `INSERT INTO referral (person_id, provider_agency, service, part2, state, referred_at)
                    VALUES ($1, 'open-door', $2, $3, $4, now())`;
    const refused = (...values: unknown[]) => sql(database.url, insert, [person, ...values]);
    await expect(refused("substance-use-treatment", false, "referred")).rejects.toThrow(/referral_check/);
    await expect(refused("housing", false, "accepted")).rejects.toThrow(/referral_check/);
    await expect(refused("housing", false, "referred")).rejects.toThrow(/referral_check/);
    await expect(refused("housing", false, "proposed")).resolves.toEqual([]);
  });
});

describe("partners outside the services", () => {
  test("SV4: a detective learns referred or engaged, with consent", async () => {
    const standing = async () =>
      (await entity(DETECTIVE, person, "serviceStanding")).person!["serviceStanding"];
    expect(await standing()).toBeNull();
    await refer(database.url, person, { agency: "new-start", state: "proposed", consented: false });
    expect(await standing()).toBeNull();
    await refer(database.url, person, { agency: "new-start", state: "referred" });
    expect(await standing()).toBe("REFERRED");
    await refer(database.url, person, { agency: "new-start", days: { "2026-02-01": true } });
    expect(await standing()).toBe("ENGAGED");
  });

  test("SV2: the coordinator sees every need, and referrals he has not agreed to yet", async () => {
    await refer(database.url, person, { agency: "new-start", state: "proposed", consented: false });
    const { person: seen } = await entity(
      COORDINATOR,
      person,
      "needs { kind } referrals { consentedAt provider { name } }",
    );
    expect(seen!["needs"]).toHaveLength(2);
    expect(seen!["referrals"]).toEqual([{ consentedAt: null, provider: { name: "New Start" } }]);
  });

  test("SV5: probation gets one answer, whoever is asked for, and the database is asked nothing", async () => {
    await refer(database.url, person, { agency: "new-start", days: { "2026-02-01": true } });
    for (const field of ["needs { kind }", "referrals { id }", "engagement { attended }"]) {
      const known = await entity(PROBATION, person, field);
      expect(known.errors).toEqual([expect.objectContaining({ extensions: { code: "RELEASE_REQUIRED" } })]);
      for (const id of [randomUUID(), "no-uuid"]) {
        expect((await entity(PROBATION, id, field)).text).toBe(known.text);
        expect(door.statements()).toEqual([]);
      }
    }
  });

  test("a messenger gets what he told them to pass on, and no more", async () => {
    const shown = { visible: true };
    expect((await entity(MESSENGER, person, "needsToPassOn", shown)).person).toEqual({
      needsToPassOn: ["HOUSING"],
    });
  });

  test.each([{}, { visible: false }, { visible: null }, { visible: "true" }, { visible: 1 }])(
    "SV19: with %j said of him there is nothing for a messenger or for probation, as of nobody",
    async (said) => {
      await sql(
        database.url,
        `INSERT INTO help_promise (person_id, text, due_on, owner_agency) VALUES ($1, 'x', '2026-03-05', 'new-start')`,
        [person],
      );
      expect((await entity(MESSENGER, person, "needsToPassOn", said)).person).toEqual({
        needsToPassOn: null,
      });
      expect((await entity(PROBATION, person, "helpPromises { text }", said)).person).toEqual({
        helpPromises: [],
      });
    },
  );

  test("SV14: promises of help: all for justice, one's own agency's for the others", async () => {
    await sql(
      database.url,
      `INSERT INTO help_promise (person_id, text, due_on, owner_agency)
       SELECT $1, 'by ' || agency, '2026-03-05', agency FROM unnest('{new-start,street-voices}'::text[]) agency`,
      [person],
    );
    const seen = async (who: Who) =>
      (
        (await entity(who, person, "helpPromises { text dueOn }", who === PROBATION ? { visible: true } : {}))
          .person!["helpPromises"] as {
          text: string;
        }[]
      )
        .map(({ text }) => text)
        .sort();
    for (const who of [DETECTIVE, COORDINATOR, PROSECUTOR, PROBATION]) {
      expect(await seen(who)).toEqual(["by new-start", "by street-voices"]);
    }
    expect(await seen(NEW_START)).toEqual(["by new-start"]);
    expect(await seen(MESSENGER)).toEqual(["by street-voices"]);
    expect(await seen(OPEN_DOOR)).toEqual([]);
  });
});

describe("the second wall", () => {
  const person = (selection: string) =>
    `{ _entities(representations: []) { ... on Person { ${selection} } } }`;
  const record = `mutation { recordEngagement(input: { key: "k", referralId: "x", attendedOn: "2026-02-01", attended: true }) {
    problem } }`;

  test.each<[string, Who, string]>([
    ["a detective who asks for needs", DETECTIVE, person("needs { kind }")],
    ["a detective who asks for attendance", DETECTIVE, person("serviceStanding engagement { attended }")],
    ["a detective who asks for yes or no", DETECTIVE, person("engaged")],
    ["a coordinator who asks for attendance", COORDINATOR, person("id: engagement { attended }")],
    ["a messenger who asks for needs", MESSENGER, person("needs { kind }")],
    ["a messenger who asks for standing", MESSENGER, person("serviceStanding")],
    ["an advocate", { agency: "harbor-house", role: "advocate" }, person("helpPromises { text }")],
    [
      "an evaluator who asks for a person",
      { agency: "state-university", role: "evaluator" },
      person("engaged"),
    ],
    ["an auditor", { agency: "county-audit", role: "auditor" }, "{ engagementCounts { total } }"],
    ["a detective who records engagement", DETECTIVE, record],
    ["a coordinator who records engagement", COORDINATOR, record],
  ])("SV10: refuses %s", async (_what, who, query) => {
    door.statements();
    const answer = await door.ask(who, query);
    expect(answer.status).toBe(403);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toEqual([
      expect.objectContaining({ extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } }),
    ]);
    expect(door.statements()).toEqual([]);
  });
});

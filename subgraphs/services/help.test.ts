import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../test/setup/databases";
import {
  COORDINATOR,
  MESSENGER,
  NEW_START,
  NOBODY,
  OPEN_DOOR,
  SECOND_COORDINATOR,
  openActing,
  type Acting,
} from "./acts.fixture";
import { REDISCLOSURE_NOTICE } from "./domain/part2";
import type { Who } from "./door.fixture";
import { refer, sql } from "./records.fixture";

/** Needs, small help and what providers offer: who records it, who decides, and what travels with it. */
const NOW = new Date("2026-03-10T12:00:00Z");
const NEED = "need { id kind statedAt passedOn closedAt closedAs redisclosureNotice }";
const SMALL =
  "smallHelp { id kind whatFor amount state requestedAgency decidedAt deliveredAt redisclosureNotice person { id } }";

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

const handleOf = async (who: Who) => (await acting.handle(who, person)) ?? NOBODY;
const count = async (table: string) => (await sql(acting.url, `SELECT FROM ${table}`)).length;

describe("needs", () => {
  const record = async (who: Who, input: object = {}) =>
    acting.tell<Recorded>(
      who,
      "recordNeed",
      { person: await handleOf(who), kind: "HOUSING", statedAt: "2026-03-01T00:00:00Z", ...input },
      NEED,
    );
  const close = (who: Who, input: object) =>
    acting.tell<Recorded>(who, "closeNeed", { as: "MET", ...input }, NEED);

  test("SV33: a coordinator and his provider record one of a kind, and close it; then there may be another", async () => {
    const first = await record(NEW_START, { passedOn: true });
    expect(first.row).toMatchObject({
      kind: "HOUSING",
      passedOn: true,
      closedAt: null,
      redisclosureNotice: null,
    });
    expect((await record(COORDINATOR)).problem).toBe("ALREADY_RECORDED");
    expect(await acting.person(MESSENGER, person, "needsToPassOn")).toEqual({ needsToPassOn: ["HOUSING"] });
    const told = { key: randomUUID(), needId: first.row!.id };
    const closed = await close(COORDINATOR, told);
    expect(closed.row).toMatchObject({ closedAs: "MET", closedAt: NOW.toISOString() });
    expect(await close(COORDINATOR, told)).toEqual(closed);
    expect((await close(COORDINATOR, { needId: first.row!.id })).problem).toBe("OVER");
    expect(await acting.person(MESSENGER, person, "needsToPassOn")).toEqual({ needsToPassOn: [] });
    expect((await record(COORDINATOR)).problem).toBeNull();
    expect(
      await sql(acting.url, "SELECT recorded_by, closed_by FROM need ORDER BY closed_at NULLS LAST"),
    ).toEqual([
      { recorded_by: "provider-1@new-start", closed_by: "coordinator-1@metro-police" },
      { recorded_by: "coordinator-1@metro-police", closed_by: null },
    ]);
  });

  test.each<[string, Who, object, string]>([
    ["by a provider to whom he was not sent", OPEN_DOOR, {}, "NOT_FOUND"],
    ["of nobody", COORDINATOR, { person: "x.y.z" }, "NOT_FOUND"],
    ["stated tomorrow", COORDINATOR, { statedAt: "2026-03-11T12:00:00Z" }, "IN_THE_FUTURE"],
    ["under a key that is none", COORDINATOR, { key: "" }, "KEY_IS_NO_UUID"],
  ])("SV33: a need is not recorded %s", async (_what, who, input, problem) => {
    expect(await record(who, input)).toEqual({ row: null, problem });
    expect(await count("need")).toBe(0);
  });

  test("SV33: a need that is not there, and one of a person sent elsewhere, are not closed, alike", async () => {
    const { row } = await record(COORDINATOR);
    for (const [who, needId] of [
      [OPEN_DOOR, row!.id],
      [NEW_START, NOBODY],
      [COORDINATOR, "x"],
    ] as const) {
      expect(await close(who, { needId })).toEqual({ row: null, problem: "NOT_FOUND" });
    }
    expect((await close(COORDINATOR, { needId: row!.id, key: "x" })).problem).toBe("KEY_IS_NO_UUID");
    expect(await sql(acting.url, "SELECT closed_at FROM need")).toEqual([{ closed_at: null }]);
  });
});

describe("small help", () => {
  const request = async (who: Who, input: object = {}) =>
    acting.tell<Recorded>(
      who,
      "requestSmallHelp",
      {
        person: await handleOf(who),
        kind: "WORK_BOOTS",
        whatFor: "Boots for the crew.",
        amount: 9_500,
        ...input,
      },
      SMALL,
    );
  const decide = (who: Who, input: object) =>
    acting.tell<Recorded>(who, "decideSmallHelp", { expects: "REQUESTED", approve: true, ...input }, SMALL);
  const deliver = (who: Who, input: object) =>
    acting.tell<Recorded>(who, "deliverSmallHelp", { expects: "APPROVED", ...input }, SMALL);
  const listed = async (who: Who, state: string | null = null) => {
    const query = `query ($state: SmallHelpState) { smallHelpRequests(state: $state) { requests { id } } }`;
    const { data } = await acting.door.ask(who, query, { state });
    return (data!["smallHelpRequests"] as { requests: { id: string }[] }).requests.map(({ id }) => id);
  };

  test("SV25: asked for by his provider, approved by a coordinator, handed over; each step once", async () => {
    const asked = await request(NEW_START);
    expect(asked.row).toMatchObject({
      ...{ kind: "WORK_BOOTS", amount: 9_500, state: "REQUESTED", requestedAgency: "new-start" },
      ...{ decidedAt: null, deliveredAt: null, redisclosureNotice: null, person: { id: person } },
    });
    const requestId = asked.row!.id;
    expect([await listed(COORDINATOR, "REQUESTED"), await listed(COORDINATOR, "APPROVED")]).toEqual([
      [requestId],
      [],
    ]);
    expect([await listed(NEW_START), await listed(OPEN_DOOR)]).toEqual([[requestId], []]);
    expect((await deliver(NEW_START, { requestId, expects: "REQUESTED" })).problem).toBe("NOT_APPROVED");
    const told = { key: randomUUID(), requestId };
    const approved = await decide(COORDINATOR, told);
    expect(approved.row).toMatchObject({ state: "APPROVED", decidedAt: NOW.toISOString() });
    expect(await decide(COORDINATOR, told)).toEqual(approved);
    expect((await decide(COORDINATOR, { requestId })).problem).toBe("STALE");
    expect((await decide(COORDINATOR, { requestId, expects: "APPROVED" })).problem).toBe("ALREADY_DECIDED");
    expect((await deliver(NEW_START, { requestId })).row).toMatchObject({
      state: "DELIVERED",
      deliveredAt: NOW.toISOString(),
    });
    expect((await deliver(NEW_START, { requestId, expects: "DELIVERED" })).problem).toBe("OVER");
  });

  test("SV25: who asked does not decide, in the rule and in the database", async () => {
    const { row } = await request(COORDINATOR);
    expect((await decide(COORDINATOR, { requestId: row!.id })).problem).toBe("OWN_REQUEST");
    const declined = await decide(SECOND_COORDINATOR, { requestId: row!.id, approve: false });
    expect(declined.row).toMatchObject({ state: "DECLINED" });
    await expect(sql(acting.url, "UPDATE small_help SET decided_by = requested_by")).rejects.toThrow(
      /small_help_check/,
    );
  });

  test.each<[string, Who, object, string]>([
    ["for somebody sent elsewhere", OPEN_DOOR, {}, "NOT_FOUND"],
    ["for nothing", COORDINATOR, { amount: 0 }, "AMOUNT_OUT_OF_BOUNDS"],
    ["for less than nothing", COORDINATOR, { amount: -5 }, "AMOUNT_OUT_OF_BOUNDS"],
    ["for what is not small", COORDINATOR, { amount: 50_001 }, "AMOUNT_OUT_OF_BOUNDS"],
    ["without a word", COORDINATOR, { whatFor: "" }, "TEXT_MISSING"],
    ["with a page", COORDINATOR, { whatFor: "x".repeat(201) }, "TEXT_TOO_LONG"],
    ["with what hides", COORDINATOR, { whatFor: "x\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["under a key that is none", COORDINATOR, { key: "1" }, "KEY_IS_NO_UUID"],
  ])("SV25: it is not asked for %s", async (_what, who, input, problem) => {
    expect(await request(who, input)).toEqual({ row: null, problem });
    expect(await count("small_help")).toBe(0);
  });

  test("SV25: another agency's request and none are answered alike, and stay", async () => {
    const { row } = await request(NEW_START);
    for (const [who, requestId] of [
      [OPEN_DOOR, row!.id],
      [NEW_START, NOBODY],
      [NEW_START, "x"],
    ] as const) {
      expect((await deliver(who, { requestId })).problem).toBe("NOT_FOUND");
    }
    for (const requestId of [NOBODY, "x"])
      expect((await decide(COORDINATOR, { requestId })).problem).toBe("NOT_FOUND");
    expect(await sql(acting.url, "SELECT state FROM small_help")).toEqual([{ state: "requested" }]);
  });

  test("SV32: what a Part 2 programme records of him is shown outside it under a consent alone, with the notice", async () => {
    person = randomUUID();
    const referralId = await refer(acting.url, person, {
      agency: "open-door",
      service: "substance-use-treatment",
    });
    const { row } = await request(OPEN_DOOR);
    await acting.tell(OPEN_DOOR, "recordNeed", { person: await handleOf(OPEN_DOOR), kind: "FOOD", statedAt: "2026-03-01T00:00:00Z" }, NEED); // prettier-ignore
    await acting.tell(OPEN_DOOR, "makeHelpPromise", { person: await handleOf(OPEN_DOOR), text: "t", dueOn: "2026-03-10", promisedTo: "OFFENDER" }, "promise { id }"); // prettier-ignore
    const selection =
      "smallHelp { redisclosureNotice } needs { redisclosureNotice } helpPromises { redisclosureNotice }";
    const seenBy = (who: Who) => acting.person(who, person, selection);
    const all = (redisclosureNotice: string | null) => ({
      smallHelp: [{ redisclosureNotice }],
      needs: [{ redisclosureNotice }],
      helpPromises: [{ redisclosureNotice }],
    });
    expect(await seenBy(OPEN_DOOR)).toEqual(all(null));
    expect(await seenBy(COORDINATOR)).toEqual({ smallHelp: [], needs: [], helpPromises: [] });
    expect(await listed(COORDINATOR)).toEqual([]);
    expect((await decide(COORDINATOR, { requestId: row!.id })).problem).toBe("NOT_FOUND");
    // Another provider that knows him is told nothing either.
    await refer(acting.url, person, { agency: "new-start" });
    expect(await acting.person(NEW_START, person, "needs { id }")).toEqual({ needs: [] });

    await sql(
      acting.url,
      `INSERT INTO part2_consent (referral_id, recipient_agency, given_at, expires_at)
       VALUES ($1, 'metro-police', '2026-01-01Z', '2027-01-01Z')`,
      [referralId],
    );
    expect(await seenBy(COORDINATOR)).toEqual(all(REDISCLOSURE_NOTICE));
    expect(await listed(COORDINATOR)).toEqual([row!.id]);
    await sql(acting.url, "UPDATE part2_consent SET revoked_at = '2026-03-10T12:00:00Z'");
    expect(await seenBy(COORDINATOR)).toEqual({ smallHelp: [], needs: [], helpPromises: [] });
    expect(await listed(COORDINATOR)).toEqual([]);
  });

  test("SV32: what a list may not show takes no place in its pages", async () => {
    const { row } = await request(COORDINATOR);
    const hidden = randomUUID();
    const referralId = await refer(acting.url, hidden, {
      agency: "open-door",
      service: "substance-use-treatment",
    });
    await sql(
      acting.url,
      `INSERT INTO small_help (person_id, kind, what_for, amount, requested_by, requested_agency, requested_at, referral_id)
       SELECT $1, 'fee', 'w', 1, 'p', 'open-door', '2026-03-10T13:00:00Z', $2 FROM generate_series(1, 3)`,
      [hidden, referralId],
    );
    const page = "{ smallHelpRequests(first: 1) { requests { id } hasNextPage } }";
    expect((await acting.door.ask(COORDINATOR, page)).data).toEqual({
      smallHelpRequests: { requests: [{ id: row!.id }], hasNextPage: false },
    });
  });

  test("SV32: under another referral to the same provider, what it records is no Part 2 record", async () => {
    await refer(acting.url, person, { agency: "new-start", service: "substance-use-treatment" });
    await request(NEW_START);
    expect(await acting.person(COORDINATOR, person, "smallHelp { redisclosureNotice }")).toEqual({
      smallHelp: [{ redisclosureNotice: null }],
    });
  });
});

test("SV9: what is read of forty persons' help takes as many statements as of two", async () => {
  const persons = Array.from({ length: 40 }, () => randomUUID());
  await sql(
    acting.url,
    `WITH r AS (INSERT INTO referral (person_id, provider_agency, service, part2, state, consented_at, referred_at)
                SELECT p, 'new-start', 'substance-use-treatment', true, 'accepted', now(), now()
                FROM unnest($1::uuid[]) p RETURNING id, person_id),
       c AS (INSERT INTO part2_consent (referral_id, recipient_agency, given_at, expires_at)
             SELECT id, 'metro-police', '2026-01-01Z', '2027-01-01Z' FROM r),
       n AS (INSERT INTO need (person_id, kind, stated_at, referral_id) SELECT person_id, 'food', now(), id FROM r),
       h AS (INSERT INTO help_promise (person_id, text, due_on, owner_agency, referral_id)
             SELECT person_id, 'help', '2026-03-01', 'metro-police', id FROM r)
     INSERT INTO small_help (person_id, kind, what_for, amount, requested_by, requested_agency, requested_at, referral_id)
     SELECT person_id, 'fee', 'w', 1, 'p', 'new-start', now(), id FROM r`,
    [persons],
  );
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { needs { redisclosureNotice }
    smallHelp { redisclosureNotice } helpPromises { redisclosureNotice }
    referrals { part2Consents { id } provider { services { free } } } } } }`;
  const statements = async (size: number) => {
    acting.door.statements();
    const r = persons.slice(0, size).map((id) => ({ __typename: "Person", id, visible: true }));
    const { data, errors } = await acting.door.ask(COORDINATOR, query, { r });
    expect(errors).toBeUndefined();
    const entities = (data as { _entities: { needs: unknown[] }[] })._entities;
    expect(entities.map(({ needs }) => needs)).toEqual(
      Array(size).fill([{ redisclosureNotice: REDISCLOSURE_NOTICE }]),
    );
    return acting.door.statements().map(({ text }) => text);
  };
  const two = await statements(2);
  expect(await statements(40)).toHaveLength(two.length);
  const listed = async (list: string, first: number) => {
    acting.door.statements();
    const { errors } = await acting.door.ask(COORDINATOR, list.replace("SIZE", String(first)));
    expect(errors).toBeUndefined();
    return acting.door.statements().length;
  };
  for (const list of [
    "{ smallHelpRequests(first: SIZE) { requests { redisclosureNotice } } }",
    "{ overdueHelpPromises(first: SIZE) { promises { redisclosureNotice } } }",
  ]) {
    expect(await listed(list, 40)).toBe(await listed(list, 2));
  }
});

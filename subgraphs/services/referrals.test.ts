import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase } from "../../test/setup/databases";
import { COORDINATOR, NEW_START, NOBODY, OPEN_DOOR, openActing, type Acting } from "./acts.fixture";
import { REDISCLOSURE_NOTICE } from "./domain/part2";
import type { Who } from "./door.fixture";
import { refer, sql } from "./records.fixture";

/** A referral from the proposal to its end: who moves it, who learns of it, and how many a provider can take. */
const NOW = new Date("2026-03-10T12:00:00Z");
const REFERRAL = "referral { id state consentedAt partnersMayKnow answeredAt closedAt }";
const DETECTIVE: Who = { agency: "metro-police", role: "detective" };

interface Referred {
  readonly id: string;
  readonly state: string;
}

let acting: Acting;
let person: string;

beforeAll(async () => {
  acting = await openActing(createTestDatabase, NOW);
});
afterAll(() => acting.close());
beforeEach(async () => {
  person = randomUUID();
  await sql(acting.url, "TRUNCATE referral, need, help_promise, provider_service CASCADE");
  await places("employment", 2);
  await places("substance-use-treatment", 2);
});

const places = (service: string, count: number, agency = "new-start") =>
  sql(
    acting.url,
    `INSERT INTO provider_service (agency, service, places, recorded_by, recorded_at) VALUES ($1, $2, $3, 'p', now())
     ON CONFLICT (agency, service) DO UPDATE SET places = $3`,
    [agency, service, count],
  );
const tell = (who: Who, mutation: string, input: object) =>
  acting.tell<Referred>(who, mutation, input, REFERRAL);
const propose = async (input: object = {}) =>
  tell(COORDINATOR, "refer", {
    person: await acting.handle(COORDINATOR, person),
    ...{ providerAgency: "new-start", service: "EMPLOYMENT", ...input },
  });
const states = async () =>
  (await sql<{ state: string }>(acting.url, "SELECT state FROM referral ORDER BY state")).map(
    ({ state }) => state,
  );

/** Proposed, and agreed to. */
async function agreed(input: object = {}): Promise<string> {
  const { row } = await propose(input);
  const told = { referralId: row!.id, expects: "PROPOSED", agreed: true, partnersMayKnow: true };
  expect((await tell(COORDINATOR, "recordReferralConsent", told)).problem).toBeNull();
  return row!.id;
}

test("SV27: a provider learns of him when he agrees, and of nothing before it or without it", async () => {
  const { row } = await propose();
  expect(row).toMatchObject({ state: "PROPOSED", consentedAt: null, partnersMayKnow: false });
  const seen = () => acting.person(NEW_START, person, "referrals { id state } needs { id } handle");
  const nothing = { referrals: null, needs: null, handle: null };
  expect(await seen()).toEqual(nothing);
  const accept = { referralId: row!.id, expects: "PROPOSED" };
  expect(await tell(NEW_START, "acceptReferral", accept)).toEqual({ row: null, problem: "NOT_FOUND" });

  const consent = { key: randomUUID(), referralId: row!.id, expects: "PROPOSED", agreed: true };
  const told = await tell(COORDINATOR, "recordReferralConsent", consent);
  expect(told.row).toMatchObject({
    state: "REFERRED",
    consentedAt: NOW.toISOString(),
    partnersMayKnow: false,
  });
  expect(await tell(COORDINATOR, "recordReferralConsent", consent)).toEqual(told);
  expect(await seen()).toMatchObject({ referrals: [{ id: row!.id, state: "REFERRED" }], needs: [] });
  expect(await acting.person(OPEN_DOOR, person, "referrals { id } needs { id } handle")).toEqual(nothing);

  const taken = await tell(NEW_START, "acceptReferral", { referralId: row!.id, expects: "REFERRED" });
  expect(taken.row).toMatchObject({ state: "ACCEPTED", answeredAt: NOW.toISOString() });
  const told3 = { referralId: row!.id, expects: "ACCEPTED", agreed: false };
  expect((await tell(COORDINATOR, "recordReferralConsent", told3)).row).toMatchObject({
    state: "CLOSED",
    closedAt: NOW.toISOString(),
    partnersMayKnow: false,
  });
  expect((await seen())["needs"]).toBeNull();
  expect(
    await sql(
      acting.url,
      "SELECT referred_by, consent_recorded_by, answered_by, closed_by FROM referral WHERE id = $1",
      [row!.id],
    ),
  ).toEqual([
    {
      referred_by: "coordinator-1@metro-police",
      consent_recorded_by: "coordinator-1@metro-police",
      answered_by: "provider-1@new-start",
      closed_by: "coordinator-1@metro-police",
    },
  ]);
});

test("SV30: the partners learn where he stands when he agreed to that, and not when he agreed to the referral alone", async () => {
  const { row } = await propose();
  const consent = { referralId: row!.id, expects: "PROPOSED", agreed: true };
  await tell(COORDINATOR, "recordReferralConsent", consent);
  const standing = () => acting.person(DETECTIVE, person, "serviceStanding");
  expect(await standing()).toEqual({ serviceStanding: null });
  await sql(acting.url, "UPDATE referral SET partners_may_know = true");
  expect(await standing()).toEqual({ serviceStanding: "REFERRED" });
});

test("SV27: who refuses is not referred, and the provider never learns of it", async () => {
  const { row } = await propose();
  const refused = { referralId: row!.id, expects: "PROPOSED", agreed: false, partnersMayKnow: true };
  expect((await tell(COORDINATOR, "recordReferralConsent", refused)).row).toMatchObject({
    state: "REFUSED",
    consentedAt: null,
    partnersMayKnow: false,
  });
  const again = { referralId: row!.id, expects: "REFUSED", agreed: true };
  expect((await tell(COORDINATOR, "recordReferralConsent", again)).problem).toBe("OVER");
  expect(await acting.person(NEW_START, person, "referrals { id }")).toEqual({ referrals: null });
});

test.each<[string, object, string]>([
  ["a provider that is none", { providerAgency: "nobody" }, "NOT_FOUND"],
  ["a service that it does not offer", { service: "HOUSING" }, "SERVICE_NOT_OFFERED"],
  ["a key that is none", { key: "k" }, "KEY_IS_NO_UUID"],
  ["nobody", { person: NOBODY }, "NOT_FOUND"],
])("SV27: he is not referred to %s", async (_what, input, problem) => {
  expect(await propose(input)).toEqual({ row: null, problem });
  expect(await states()).toEqual([]);
});

test("SV27: he is referred for one service to one provider once, until it is over", async () => {
  const { row } = await propose();
  expect((await propose()).problem).toBe("ALREADY_REFERRED");
  await tell(COORDINATOR, "closeReferral", { referralId: row!.id, expects: "PROPOSED" });
  expect((await propose()).problem).toBeNull();
  expect(await states()).toEqual(["closed", "proposed"]);
});

describe("SV26: what cannot be moved", () => {
  const MOVES: readonly [string, Who, object][] = [
    ["acceptReferral", NEW_START, {}],
    ["declineReferral", NEW_START, {}],
    ["closeReferral", NEW_START, {}],
    ["closeReferral", COORDINATOR, {}],
    ["recordReferralConsent", COORDINATOR, { agreed: true }],
  ];

  test.each(MOVES)(
    "%s of %j: unknown, of no id, and another agency's are answered alike",
    async (mutation, who, more) => {
      const theirs = await refer(acting.url, person, { agency: "open-door", state: "referred" });
      const ids = who === COORDINATOR ? [NOBODY, "x"] : [NOBODY, "x", theirs];
      for (const referralId of ids) {
        expect(await tell(who, mutation, { referralId, expects: "REFERRED", ...more })).toEqual({
          row: null,
          problem: "NOT_FOUND",
        });
      }
      expect(await states()).toEqual(["referred"]);
    },
  );

  test.each(MOVES)(
    "%s of %j: a state that is not so any more is STALE, one that does not fit is said",
    async (mutation, who, more) => {
      const referralId = await refer(acting.url, person, { agency: "new-start", state: "declined" });
      const told = { referralId, ...more };
      expect((await tell(who, mutation, { ...told, expects: "REFERRED" })).problem).toBe("STALE");
      expect((await tell(who, mutation, { ...told, expects: "DECLINED" })).problem).toBe("OVER");
      expect((await tell(who, mutation, { ...told, key: "k", expects: "DECLINED" })).problem).toBe(
        "KEY_IS_NO_UUID",
      );
      expect(await states()).toEqual(["declined"]);
    },
  );
});

describe("SV29: places", () => {
  test("who is one too many is not taken; who leaves makes room", async () => {
    await places("employment", 1);
    const first = await agreed();
    person = randomUUID();
    const second = await agreed();
    const accept = (referralId: string) =>
      tell(NEW_START, "acceptReferral", { referralId, expects: "REFERRED" });
    expect((await accept(first)).problem).toBeNull();
    expect(await accept(second)).toEqual({ row: null, problem: "NO_PLACE" });
    await tell(NEW_START, "closeReferral", { referralId: first, expects: "ACCEPTED" });
    expect((await accept(second)).problem).toBeNull();
  });

  test("the provider is full when its places for all services are taken; one person takes one of them", async () => {
    await sql(acting.url, "UPDATE provider SET capacity = 1 WHERE agency = 'new-start'");
    await places("education", 9);
    const [one, another] = [await agreed(), await agreed({ service: "EDUCATION" })];
    person = randomUUID();
    const others = await agreed({ service: "EDUCATION" });
    const accept = (referralId: string) =>
      tell(NEW_START, "acceptReferral", { referralId, expects: "REFERRED" });
    expect((await accept(one)).problem).toBeNull();
    expect((await accept(another)).problem).toBeNull();
    expect((await accept(others)).problem).toBe("NO_PLACE");
    await sql(acting.url, "UPDATE provider SET capacity = 9 WHERE agency = 'new-start'");
  });

  test("of twelve who are taken at once, as many are as there are places", async () => {
    await places("employment", 3);
    const ids = await Promise.all(
      Array.from({ length: 12 }, () =>
        refer(acting.url, randomUUID(), { agency: "new-start", state: "referred" }),
      ),
    );
    const told = await Promise.all(
      ids.map((referralId) => tell(NEW_START, "acceptReferral", { referralId, expects: "REFERRED" })),
    );
    expect(told.filter(({ problem }) => problem === null)).toHaveLength(3);
    expect(told.filter(({ problem }) => problem === "NO_PLACE")).toHaveLength(9);
    expect((await states()).filter((state) => state === "accepted")).toHaveLength(3);
  });

  test("two that are taken at once for the last place: the second waits for the first, and finds it taken", async () => {
    await places("employment", 1);
    const ids = await Promise.all(
      [1, 2].map(() => refer(acting.url, randomUUID(), { agency: "new-start", state: "referred" })),
    );
    const held = new Client({ connectionString: acting.url });
    await held.connect();
    await held.query("BEGIN");
    await held.query("SELECT FROM provider WHERE agency = 'new-start' FOR UPDATE");
    const told = Promise.all(
      ids.map((referralId) => tell(NEW_START, "acceptReferral", { referralId, expects: "REFERRED" })),
    );
    // Both stand before the provider: neither has counted.
    const waiting =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ((await sql(acting.url, waiting)).length < 2) {
      expect(await states()).toEqual(["referred", "referred"]);
    }
    await held.query("COMMIT");
    await held.end();
    expect((await told).map(({ problem }) => problem).sort()).toEqual(["NO_PLACE", null].sort());
    expect(await states()).toEqual(["accepted", "referred"]);
  });

  test("of two that accept one referral at once, one does", async () => {
    const referralId = await refer(acting.url, person, { agency: "new-start", state: "referred" });
    const told = await Promise.all(
      [1, 2, 3].map(() => tell(NEW_START, "acceptReferral", { referralId, expects: "REFERRED" })),
    );
    expect(told.map(({ problem }) => problem).sort()).toEqual(["STALE", "STALE", null].sort());
  });
});

describe("SV31: consents of 42 CFR Part 2", () => {
  const CONSENT = "referral { id redisclosureNotice part2Consents { id recipientAgency revokedAt } }";
  interface Consented {
    readonly id: string;
    readonly redisclosureNotice: string | null;
    readonly part2Consents: { id: string; recipientAgency: string; revokedAt: string | null }[];
  }
  const record = (who: Who, input: object) =>
    acting.tell<Consented>(
      who,
      "recordPart2Consent",
      {
        recipientAgency: "metro-police",
        givenAt: "2026-03-01T00:00:00Z",
        expiresAt: "2027-03-01T00:00:00Z",
        ...input,
      },
      CONSENT,
    );
  const revoke = (who: Who, consentId: string) =>
    acting.tell<Consented>(who, "revokePart2Consent", { consentId }, CONSENT);
  const seenBy = async (who: Who) =>
    (await acting.person(who, person, "referrals { service redisclosureNotice }"))["referrals"];

  test("the agency that proposed treatment sees it until the programme answers; then under a consent alone, with the notice", async () => {
    const referralId = await agreed({ service: "SUBSTANCE_USE_TREATMENT" });
    expect(await seenBy(COORDINATOR)).toEqual([
      { service: "SUBSTANCE_USE_TREATMENT", redisclosureNotice: null },
    ]);
    await tell(NEW_START, "acceptReferral", { referralId, expects: "REFERRED" });
    expect(await seenBy(COORDINATOR)).toEqual([]);
    const close = { referralId, expects: "ACCEPTED" };
    expect((await tell(COORDINATOR, "closeReferral", close)).problem).toBe("NOT_FOUND");

    const given = await record(NEW_START, { referralId });
    expect(given.problem).toBeNull();
    const [consent] = given.row!.part2Consents;
    expect(await seenBy(COORDINATOR)).toMatchObject([{ redisclosureNotice: REDISCLOSURE_NOTICE }]);
    // He takes it back at the police: from then on they are told nothing, this answer included.
    expect(await revoke(COORDINATOR, consent!.id)).toEqual({ row: null, problem: null });
    expect(await seenBy(COORDINATOR)).toEqual([]);
    expect((await revoke(NEW_START, consent!.id)).problem).toBe("ALREADY_REVOKED");
    expect((await revoke(COORDINATOR, consent!.id)).problem).toBe("NOT_FOUND");
    expect(await sql(acting.url, "SELECT recorded_by, revoked_by FROM part2_consent")).toEqual([
      { recorded_by: "provider-1@new-start", revoked_by: "coordinator-1@metro-police" },
    ]);
  });

  test.each<[string, Who, object, string]>([
    ["another provider's referral", OPEN_DOOR, {}, "NOT_FOUND"],
    ["no agency", NEW_START, { recipientAgency: "Everyone" }, "NO_AGENCY"],
    ["itself", NEW_START, { recipientAgency: "new-start" }, "NO_AGENCY"],
    ["a day to come", NEW_START, { givenAt: "2026-03-11T00:00:00Z" }, "IN_THE_FUTURE"],
    ["a day that is over", NEW_START, { expiresAt: "2026-03-02T00:00:00Z" }, "ALREADY_EXPIRED"],
    ["no time", NEW_START, { expiresAt: "2026-03-01T00:00:00Z" }, "ENDS_BEFORE_IT_BEGINS"],
    ["no key", NEW_START, { key: "k" }, "KEY_IS_NO_UUID"],
  ])("a consent is not recorded of %s", async (_what, who, input, problem) => {
    const referralId = await refer(acting.url, person, {
      agency: "new-start",
      service: "substance-use-treatment",
    });
    expect(await record(who, { referralId, ...input })).toEqual({ row: null, problem });
    expect(await sql(acting.url, "SELECT FROM part2_consent")).toEqual([]);
  });

  test("a consent is not recorded of what is no Part 2 record, nor revoked by who does not see it", async () => {
    const plain = await refer(acting.url, person, { agency: "new-start" });
    expect((await record(NEW_START, { referralId: plain })).problem).toBe("NO_PART2_RECORD");
    const treated = await refer(acting.url, person, {
      ...{ agency: "new-start", service: "substance-use-treatment" },
      consent: { to: "county-prosecutor", expiresAt: "2027-01-01Z" },
    });
    const [{ id }] = await sql<{ id: string }>(acting.url, "SELECT id FROM part2_consent WHERE referral_id = $1", [treated]) as [{ id: string }]; // prettier-ignore
    for (const who of [OPEN_DOOR, COORDINATOR]) expect((await revoke(who, id)).problem).toBe("NOT_FOUND");
    for (const none of [NOBODY, "x"]) expect((await revoke(NEW_START, none)).problem).toBe("NOT_FOUND");
  });
});

import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../test/setup/databases";
import { readTierRules } from "./tier-rules-file";
import { proposeLevels } from "./store/propose-levels";
import { ANN, CORA, DAN, EVA, MO, openRecords, PAT, PIA, SAM, type Records } from "./records.fixture";
import type { Who } from "./door.fixture";

const RULES = readTierRules("site/tier-rules.json");
let records: Records;
beforeAll(async () => {
  records = await openRecords(createTestDatabase);
});
afterAll(() => records?.close());

const propose = (personId: string) => proposeLevels(records.database, [personId], RULES, "2026-06-01");

interface Review {
  readonly id: string;
  readonly proposedLevel: string | null;
  readonly reasons: readonly { readonly code: string; readonly factIds: readonly string[] }[];
  readonly outcome: string | null;
}
async function reviewsOf(personId: string, who = DAN): Promise<Review[]> {
  const data = await records.ask<{ person: { levelReviews: Review[] } }>(
    who,
    `{ person(id: "${personId}") { levelReviews { id proposedLevel reasons { code factIds } outcome } } }`,
  );
  return data.person.levelReviews;
}
const levelOf = async (personId: string) =>
  (
    await records.ask<{ person: { level: { level: string | null; setBy: string } | null } }>(
      DAN,
      `{ person(id: "${personId}") { level { level setBy } } }`,
    )
  ).person.level;
const queue = async (who: Who, more = "") =>
  (
    await records.ask<{ levelReviews: { reviews: { id: string }[] } }>(
      who,
      `{ levelReviews(first: 200 ${more}) { reviews { id } } }`,
    )
  ).levelReviews.reviews.map(({ id }) => id);

/** A man with two charges, confirmed at B on them. */
async function manAtB() {
  const { id: personId } = await records.write.person();
  const charges = [await records.write.charge({ personId }), await records.write.charge({ personId })];
  await propose(personId);
  const [proposal] = await records.database.query<{ id: string }[]>(
    "SELECT id FROM level_proposal WHERE person_id = $1 AND superseded_at IS NULL",
    [personId],
  );
  await records.write.confirmation({ personId, proposalId: proposal!.id, level: "B", confirmedAt: new Date(Date.now() - 1_000) }); // prettier-ignore
  return { personId, charges: charges.map(({ id }) => id) };
}
const dismiss = (id: string) =>
  records.database.query("UPDATE charge SET disposition = 'dismissed', disposition_on = '2026-05-01' WHERE id = $1", [id]); // prettier-ignore

interface Outcome {
  readonly decision: { readonly id: string; readonly outcome: string } | null;
  readonly problem: string | null;
}
const vote = (vote: string, subject: string, agency = "metro-police") => ({ vote, subject, agency });
const FOR = [vote("FOR", "a"), vote("FOR", "b", "county-prosecutor"), vote("AGAINST", "c")];
const SHOWN = `decision { id fromLevel toLevel outcome note recordedBy votes { agency subject vote } }
  level { level setBy }`;
const panel = (input: object) => ({ votes: FOR, note: "Two years of quiet.", decidedAt: new Date().toISOString(), expects: "B", ...input }); // prettier-ignore
const decide = (input: object, who = CORA) =>
  records.tell<Outcome>(who, "decideReview", panel({ level: "C", ...input }), SHOWN);
const moveDown = (input: object, who = CORA) =>
  records.tell<Outcome>(who, "moveLevelDown", panel({ level: "C", ...input }), SHOWN);

describe("L45: what calls a level into question opens a review, once, and nothing else", () => {
  test("a dismissed charge: the level stands, and whoever sees the man sees the review", async () => {
    const { personId, charges } = await manAtB();
    await propose(personId);
    expect(await reviewsOf(personId)).toEqual([]);
    await dismiss(charges[0]!);
    await propose(personId);
    const [review] = await reviewsOf(personId);
    expect(review).toMatchObject({ proposedLevel: "C", outcome: null });
    expect(review!.reasons).toEqual([
      { code: "LOWER_PROPOSAL", factIds: [] },
      { code: "FACT_NO_LONGER_COUNTS", factIds: [charges[0]] },
    ]);
    expect(await levelOf(personId)).toEqual({ level: "B", setBy: "PROPOSAL" });
    await propose(personId);
    expect(await reviewsOf(personId)).toEqual([review]);
    for (const who of [DAN, CORA, PAT]) expect(await queue(who)).toContain(review!.id);
  });

  test("a charge that is gone from his records", async () => {
    const { personId, charges } = await manAtB();
    await records.write.charge({ personId });
    await records.database.query("DELETE FROM charge WHERE id = $1", [charges[0]]);
    await propose(personId);
    expect((await reviewsOf(personId))[0]!.reasons).toEqual([{ code: "FACT_GONE", factIds: [charges[0]] }]);
  });

  test("another loss meanwhile is told in the review that is open", async () => {
    const { personId, charges } = await manAtB();
    for (const id of charges) {
      await dismiss(id);
      await propose(personId);
    }
    const reviews = await reviewsOf(personId);
    expect(reviews).toHaveLength(1);
    expect(reviews[0]!.reasons[1]!.factIds).toEqual([...charges].sort());
  });

  test("a higher level that is confirmed first ends it", async () => {
    const { personId, charges } = await manAtB();
    await dismiss(charges[0]!);
    await records.write.charge({ personId, disposition: "convicted", dispositionOn: "2026-05-01" });
    await propose(personId);
    expect(await reviewsOf(personId)).toHaveLength(1);
    const [proposal] = await records.database.query<{ id: string }[]>(
      "SELECT id FROM level_proposal WHERE person_id = $1 AND superseded_at IS NULL",
      [personId],
    );
    await records.ask(
      CORA,
      `mutation { confirmLevel(input: { key: "${randomUUID()}", proposalId: "${proposal!.id}", level: A }) { problem } }`,
    );
    expect((await reviewsOf(personId)).map(({ outcome }) => outcome)).toEqual(["SUPERSEDED"]);
  });
});

describe("L46: a level moves down by a recorded panel decision alone", () => {
  async function reviewed() {
    const man = await manAtB();
    await dismiss(man.charges[0]!);
    await propose(man.personId);
    return { ...man, reviewId: (await reviewsOf(man.personId))[0]!.id };
  }

  test("lowered, with every vote, told once, and asked no more", async () => {
    const { personId, reviewId } = await reviewed();
    const key = randomUUID();
    const input = { key, reviewId, decidedAt: new Date().toISOString() };
    const first = await decide(input);
    expect(first).toMatchObject({
      decision: {
        ...{
          fromLevel: "B",
          toLevel: "C",
          outcome: "LOWERED",
          note: "Two years of quiet.",
          recordedBy: "cora@metro-police",
        },
        votes: [vote("FOR", "b", "county-prosecutor"), vote("FOR", "a"), vote("AGAINST", "c")],
      },
      level: { level: "C", setBy: "PANEL" },
      problem: null,
    });
    expect(await decide(input)).toEqual(first);
    expect((await reviewsOf(personId)).map(({ outcome }) => outcome)).toEqual(["LOWERED"]);
    expect(await queue(DAN)).not.toContain(reviewId);
    expect(await queue(DAN, "ended: true")).toContain(reviewId);
    const told = await records.database.query<{ change: string }[]>(
      "SELECT facts->>'change' AS change FROM outbox.event WHERE topic = 'level' AND key = $1 AND facts->>'change' = 'confirmed'",
      [personId],
    );
    expect(told).toHaveLength(1);
    await propose(personId);
    expect(await reviewsOf(personId)).toHaveLength(1);
  });

  test("kept: the level stands, and the same is not asked again, but another loss is", async () => {
    const { personId, reviewId, charges } = await reviewed();
    const kept = await decide({ reviewId, votes: FOR.map((one) => ({ ...one, vote: "AGAINST" })) });
    expect(kept).toMatchObject({
      decision: { outcome: "KEPT" },
      level: { level: "B", setBy: "PROPOSAL" },
    });
    await propose(personId);
    expect(await queue(DAN)).not.toContain(reviewId);
    expect(await reviewsOf(personId)).toHaveLength(1);
    await dismiss(charges[1]!);
    await propose(personId);
    expect((await reviewsOf(personId)).find(({ outcome }) => outcome === null)!.reasons).toEqual([
      { code: "LOWER_PROPOSAL", factIds: [] },
      { code: "FACT_NO_LONGER_COUNTS", factIds: [charges[1]] },
    ]);
  });

  test("a motion that it stays, and a panel that nobody had called", async () => {
    const { reviewId } = await reviewed();
    expect(await decide({ reviewId, level: "B" })).toMatchObject({
      decision: { outcome: "KEPT" },
      problem: null,
    });
    const { personId } = await manAtB();
    expect(await moveDown({ personId })).toMatchObject({ decision: { outcome: "LOWERED" }, problem: null });
    expect(await levelOf(personId)).toEqual({ level: "C", setBy: "PANEL" });
  });

  test("what the panel looked at is not confirmed above it again; a new fact is", async () => {
    const { personId } = await manAtB();
    const open = async () =>
      (
        await records.ask<{ levelQueue: { proposals: { id: string; person: { id: string } }[] } }>(
          CORA,
          "{ levelQueue(first: 200) { proposals { id person { id } } } }",
        )
      ).levelQueue.proposals.filter(({ person }) => person.id === personId);
    const confirm = async (id: string, level: string) =>
      (
        await records.ask<{ confirmLevel: { problem: string | null } }>(
          CORA,
          `mutation { confirmLevel(input: { key: "${randomUUID()}", proposalId: "${id}", level: ${level} }) { problem } }`,
        )
      ).confirmLevel.problem;
    await moveDown({ personId, level: "D" });
    expect(await open()).toEqual([]);
    const [standing] = await records.database.query<{ id: string }[]>(
      "SELECT id FROM level_proposal WHERE person_id = $1 AND superseded_at IS NULL",
      [personId],
    );
    expect(await confirm(standing!.id, "B")).toBe("DECIDED_BY_PANEL");
    await records.write.charge({ personId });
    await propose(personId);
    const [next] = await open();
    expect(await confirm(next!.id, "A")).toBeNull();
  });

  test("to none any more: he has no level, and is proposed anew on a new fact alone", async () => {
    const { personId } = await manAtB();
    expect(await moveDown({ personId, level: null })).toMatchObject({
      level: null,
      problem: null,
    });
    expect(await levelOf(personId)).toBeNull();
    expect((await moveDown({ personId, expects: "B" })).problem).toBe("STALE");
  });

  test.each<[what: string, input: object, problem: string]>([
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["another level in force", { expects: "A" }, "STALE"],
    ["a higher level", { level: "A" }, "NOT_LOWER"],
    ["nobody", { votes: [] }, "NO_QUORUM"],
    ["one agency", { votes: FOR.map((one) => ({ ...one, agency: "metro-police" })) }, "NO_QUORUM"],
    ["a member twice", { votes: [...FOR, FOR[0]] }, "MEMBER_TWICE"],
    ["an agency that is no partner", { votes: [...FOR, vote("FOR", "d", "friends")] }, "UNKNOWN_AGENCY"],
    ["a member without a name", { votes: [...FOR, vote("FOR", "")] }, "NOBODY_NAMED"],
    ["a name that is too long", { votes: [...FOR, vote("FOR", "x".repeat(201))] }, "TEXT_TOO_LONG"],
    ["no reason", { note: " " }, "TEXT_MISSING"],
    ["a reason that is too long", { note: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["a reason that is no text", { note: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["a time ahead", { decidedAt: "2199-01-01T00:00:00Z" }, "IN_THE_FUTURE"],
    ["a time before the level", { decidedAt: "2020-01-01T00:00:00Z" }, "BEFORE_THE_LEVEL"],
  ])("bad input: %s: a problem, and nothing changed", async (_what, input, problem) => {
    const { personId, reviewId } = await reviewed();
    for (const outcome of [await decide({ reviewId, ...input }), await moveDown({ personId, ...input })]) {
      expect(outcome).toEqual({ decision: null, level: null, problem });
    }
    expect(await levelOf(personId)).toEqual({ level: "B", setBy: "PROPOSAL" });
    expect((await reviewsOf(personId)).map(({ outcome }) => outcome)).toEqual([null]);
    expect(
      await records.database.query("SELECT FROM panel_decision WHERE person_id = $1", [personId]),
    ).toEqual([]);
  });

  test("bad input: ids of nothing, a review that has ended, a motion that changes nothing", async () => {
    const { personId, reviewId } = await reviewed();
    for (const id of [randomUUID(), "17"]) {
      expect((await decide({ reviewId: id })).problem).toBe("NOT_FOUND");
      expect((await moveDown({ personId: id })).problem).toBe("NOT_FOUND");
    }
    expect((await moveDown({ personId, level: "B" })).problem).toBe("NOT_LOWER");
    await decide({ reviewId, level: "B" });
    expect((await decide({ reviewId })).problem).toBe("STALE");
  });

  test("who is cut off from the man neither votes nor decides", async () => {
    const { personId, reviewId } = await reviewed();
    await records.write.conflict({ agency: "county-prosecutor", subject: "b", personId, why: "related" });
    expect((await decide({ reviewId })).problem).toBe("MEMBER_IN_CONFLICT");
    await records.write.conflict({ agency: "metro-police", subject: "cut", personId, why: "related" });
    const cut = { ...CORA, subject: "cut" };
    expect((await decide({ reviewId }, cut)).problem).toBe("NOT_FOUND");
    expect((await moveDown({ personId }, cut)).problem).toBe("NOT_FOUND");
    expect(await queue(cut)).not.toContain(reviewId);
    // Not on probation.
    expect(await queue(PIA)).not.toContain(reviewId);
  });

  test("no other role decides; no one else reads why", async () => {
    const votes = "votes: []";
    const input = `key: "${randomUUID()}", expects: B, ${votes}, note: "n", decidedAt: "2026-06-01T00:00:00Z"`;
    for (const who of [DAN, PAT, PIA, ANN, SAM, MO, EVA]) {
      for (const mutation of [
        `mutation { decideReview(input: { ${input}, reviewId: "${randomUUID()}" }) { problem } }`,
        `mutation { moveLevelDown(input: { ${input}, personId: "${randomUUID()}" }) { problem } }`,
      ]) {
        expect((await records.door.ask(who, mutation)).status).toBe(403);
      }
    }
    for (const who of [ANN, SAM, MO, EVA]) {
      expect((await records.door.ask(who, "{ levelReviews { hasNextPage } }")).status).toBe(403);
    }
  });

  test("the database: a level below needs its decision, and what was decided is not altered", async () => {
    const { personId } = await manAtB();
    await expect(
      records.database.query(
        "INSERT INTO level_confirmation (person_id, level, reason, confirmed_by) VALUES ($1, 'D', 'panel', 'x')",
        [personId],
      ),
    ).rejects.toThrow(/check constraint/);
    const { decision } = await moveDown({ personId });
    for (const sql of ["UPDATE panel_vote SET vote = 'for'", "DELETE FROM panel_decision"]) {
      await expect(records.database.query(sql)).rejects.toThrow(/denied|added to/);
    }
    const { decision: kept } = await moveDown({ personId, expects: "C", level: "D", votes: FOR.map((one) => ({ ...one, vote: "ABSTAIN" })) }); // prettier-ignore
    expect([decision!.outcome, kept!.outcome]).toEqual(["LOWERED", "KEPT"]);
    await expect(
      records.database.query(
        "INSERT INTO level_confirmation (person_id, level, reason, decision_id, confirmed_by) VALUES ($1, 'D', 'panel', $2, 'x')",
        [personId, kept!.id],
      ),
    ).rejects.toThrow(/foreign key/);
  });
});

describe("L101: a panel that decides at a conference", () => {
  const conference = async (state: "planned" | "closed") => {
    const [row] = await records.database.query<{ id: string }[]>(
      `INSERT INTO conference (starts_at, place, state, agenda_from, planned_by, recorded_at, closed_at, closed_by)
       VALUES (now(), 'Room 3', $1, now() - interval '14 days', 'c', now(), $2, $3) RETURNING id`,
      [state, state === "closed" ? new Date() : null, state === "closed" ? "c" : null],
    );
    return row!.id;
  };
  const decisionsOf = async (id: string) =>
    (
      await records.ask<{ conference: { decisions: object[] } }>(
        CORA,
        `{ conference(id: "${id}") { decisions { kind level person { id } } } }`,
      )
    ).conference.decisions;

  test("is that conference's decision, lowered or kept", async () => {
    const [one, other] = [await manAtB(), await manAtB()];
    const conferenceId = await conference("planned");
    expect(await moveDown({ personId: one.personId, conferenceId })).toMatchObject({ problem: null });
    const votes = FOR.map((one) => ({ ...one, vote: "AGAINST" }));
    const kept = await moveDown({ personId: other.personId, conferenceId, votes });
    expect(kept).toMatchObject({ problem: null });
    const decisions = await decisionsOf(conferenceId);
    expect(decisions).toHaveLength(2);
    expect(decisions).toEqual(
      expect.arrayContaining([
        { kind: "LOWERED", level: "C", person: { id: one.personId } },
        { kind: "KEPT", level: "B", person: { id: other.personId } },
      ]),
    );
  });

  test.each([
    ["is over", () => conference("closed"), "OVER"],
    ["nobody planned", () => Promise.resolve(randomUUID()), "NOT_FOUND"],
    ["has no id", () => Promise.resolve("x"), "NOT_FOUND"],
  ])("decides nothing at one that %s", async (_, at, problem) => {
    const { personId } = await manAtB();
    const told = await moveDown({ personId, conferenceId: await at() });
    expect(told).toMatchObject({ problem });
    expect(await levelOf(personId)).toMatchObject({ level: "B" });
  });

  test("leaves nothing at it when it decides nothing", async () => {
    const { personId } = await manAtB();
    const conferenceId = await conference("planned");
    expect(await moveDown({ personId, conferenceId, votes: [] })).toMatchObject({
      problem: "NO_QUORUM",
    });
    expect(await decisionsOf(conferenceId)).toEqual([]);
  });
});

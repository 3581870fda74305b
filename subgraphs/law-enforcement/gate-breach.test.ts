import { randomUUID } from "node:crypto";
import { CORA, DAN, openContacts, type Contacts, type Man, type Told } from "./contacts.fixture";

let site: Contacts;
beforeAll(async () => {
  site = await openContacts();
});
afterAll(() => site?.close());
beforeEach(() => {
  site.state.holds = "clear";
});

interface ContactTold {
  readonly id: string;
  readonly state: string;
}
interface Breach {
  readonly id: string;
  readonly failed: readonly string[];
  readonly contact: { readonly id: string; readonly madeBy: string } | null;
  readonly review: string | null;
}
const contactOf = (told: Told) => told["contact"] as ContactTold;

const MEANS = { B: "CALL_IN", C: "NOTIFICATION" } as const;
const SHOWN = "contact { id state level plannedBy madeBy message closedBy recallReason }";
async function planned(man: Man, level: "B" | "C"): Promise<string> {
  const input = { personId: man.personId, level, means: MEANS[level], plannedFor: site.at(5) };
  return contactOf(await site.tell(DAN, "planContact", input, SHOWN)).id;
}
async function released(man: Man, level: "B" | "C"): Promise<string> {
  const id = await planned(man, level);
  await site.notify(man);
  expect((await site.release(id)).problem).toBeNull();
  return id;
}
const took = () => ({ madeAt: site.now().toISOString(), madeBy: "Dan" });
const unplanned = (personId: string, more: object = {}, who = DAN) =>
  site.tell(who, "recordUnplannedBreach", { personId, means: "NOTIFICATION", ...took(), ...more }, SHOWN);
const breach = (contactId: string, expects: string, more: object = {}) =>
  site.tell(DAN, "recordBreach", { contactId, expects, ...took(), ...more }, SHOWN);
const record = (contactId: string, more: object = {}) =>
  site.tell(DAN, "recordContact", { contactId, expects: "RELEASED", outcome: "MADE", ...took(), ...more }, SHOWN); // prettier-ignore
const recall = (contactId: string, more: object = {}, who = CORA) =>
  site.tell(who, "recallContact", { contactId, expects: "RELEASED", reason: "HOLD_PLACED", ...more }, SHOWN);
const review = (breachId: string, more: object = {}, who = CORA) =>
  site.tell(who, "reviewBreach", { breachId, review: "Talked to; trained.", ...more }, "breach { review reviewedBy }"); // prettier-ignore

async function breaches(who = CORA, given = "first: 200"): Promise<Breach[]> {
  const data = await site.ask<{ gateBreaches: { breaches: Breach[] } }>(
    who,
    `{ gateBreaches(${given}) { breaches { id failed reportedBy review contact { id madeBy } } } }`,
  );
  return data.gateBreaches.breaches;
}
const reportOf = async (contactId: string) =>
  (await breaches()).filter(({ contact }) => contact?.id === contactId);

test("L34: a breach is reported as it is recorded: what did not hold, by whom; and told of", async () => {
  const man = await site.manAt("B");
  const id = await planned(man, "B");
  expect((await breach(id, "PLANNED")).problem).toBeNull();
  expect(await reportOf(id)).toMatchObject([
    {
      failed: ["NOT_RELEASED", "VICTIM_NOT_TOLD", "ADVOCACY_NOT_ASKED"],
      reportedBy: "dan@metro-police",
      contact: { madeBy: "Dan" },
      review: null,
    },
  ]);
  const events = await site.eventsOf(id);
  expect(events.at(-1)).toEqual({ key: man.personId, facts: { change: "breached", contactId: id } });
});

test("L34: told twice, a breach is recorded and reported once", async () => {
  const man = await site.manAt("C");
  const again = { ...took(), key: randomUUID() };
  const first = await unplanned(man.personId, again);
  expect(await unplanned(man.personId, again)).toEqual(first);
  expect(await reportOf(contactOf(first).id)).toHaveLength(1);
});

describe("L35: a contact that nobody had planned", () => {
  test.each<[level: "A" | "B" | "C" | null, failed: string[]]>([
    ["A", ["NOT_PLANNED", "NOT_RELEASED", "LEVEL_NOT_IN_FORCE", "VICTIM_NOT_TOLD", "ADVOCACY_NOT_ASKED"]],
    ["B", ["NOT_PLANNED", "NOT_RELEASED", "VICTIM_NOT_TOLD", "ADVOCACY_NOT_ASKED"]],
    ["C", ["NOT_PLANNED", "NOT_RELEASED", "ADVOCACY_NOT_ASKED"]],
    [null, ["NOT_PLANNED", "NOT_RELEASED", "LEVEL_NOT_IN_FORCE", "VICTIM_NOT_TOLD", "ADVOCACY_NOT_ASKED"]],
  ])("with a man at level %s is a breach, and nothing else", async (level, failed) => {
    const man = await site.manAt(level);
    const told = await unplanned(man.personId, { message: "That he is watched." });
    expect(told).toMatchObject({
      contact: { state: "BREACHED", level, plannedBy: null, madeBy: "Dan", closedBy: "dan@metro-police" },
      problem: null,
    });
    const { id } = contactOf(told);
    expect(await reportOf(id)).toMatchObject([{ failed }]);
    const [event] = await site.eventsOf(id);
    expect(event).toEqual({ key: man.personId, facts: { change: "breached", contactId: id } });
  });

  test("opens no gate, and does not stand in the way of a plan", async () => {
    const man = await site.manAt("B");
    const id = await planned(man, "B");
    await unplanned(man.personId);
    expect((await site.release(id)).problem).toBe("VICTIM_NOT_TOLD");
    await site.notify(man);
    expect((await site.release(id)).problem).toBeNull();
  });

  test.each<[what: string, input: object, problem: string]>([
    ["a person who is not there", { personId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { personId: "17" }, "NOT_FOUND"],
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a day ahead", { madeAt: "2199-01-01T00:00:00Z" }, "IN_THE_FUTURE"],
    ["nobody", { madeBy: "" }, "TEXT_MISSING"],
    ["a place that is too long", { place: "x".repeat(201) }, "TEXT_TOO_LONG"],
    ["a message that is no text", { message: "\u001b[2J" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ])("with %s is a problem, and changes nothing", async (_what, input, problem) => {
    const { personId } = await site.manAt("C");
    expect(await unplanned(personId, input)).toEqual({ contact: null, problem });
    expect(await site.database.query("SELECT FROM contact WHERE person_id = $1", [personId])).toEqual([]);
  });
});

describe("L36: a release is taken back", () => {
  test("and is neither made nor released any more; only met, which is a breach", async () => {
    const id = await released(await site.manAt("B"), "B");
    expect(await recall(id)).toMatchObject({
      contact: { state: "RECALLED", recallReason: "HOLD_PLACED", closedBy: "cora@metro-police" },
      problem: null,
    });
    expect((await record(id, { expects: "RECALLED" })).problem).toBe("OVER");
    expect(
      (await site.tell(CORA, "releaseContact", { contactId: id, expects: "RECALLED" }, "")).problem,
    ).toBe("OVER");
    expect((await breach(id, "RECALLED")).problem).toBeNull();
    expect(await reportOf(id)).toMatchObject([{ failed: ["CALLED_OFF"] }]);
    expect((await site.eventsOf(id)).map(({ facts }) => facts["change"])).toEqual([
      "planned",
      "released",
      "recalled",
      "breached",
    ]);
  });

  test.each<[what: string, input: object, problem: string]>([
    ["not there", { contactId: randomUUID() }, "NOT_FOUND"],
    ["named by an id that is none", { contactId: "17" }, "NOT_FOUND"],
    ["seen in another state", { expects: "PLANNED" }, "STALE"],
    ["told under a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
  ])("of a contact that is %s: a problem, and nothing changes", async (_what, input, problem) => {
    const id = await released(await site.manAt("C"), "C");
    expect(await recall(id, input)).toEqual({ contact: null, problem });
    expect(await site.stateOf(id)).toBe("released");
  });

  test("of a contact that was not released, or is over", async () => {
    const id = await planned(await site.manAt("C"), "C");
    expect((await recall(id, { expects: "PLANNED" })).problem).toBe("NOT_RELEASED");
    await site.tell(DAN, "cancelContact", { contactId: id, expects: "PLANNED" }, "");
    expect((await recall(id, { expects: "CANCELLED" })).problem).toBe("OVER");
  });
});

describe("L36: what came up after the release makes what was made a breach", () => {
  test("he had moved up to level A", async () => {
    const man = await site.manAt("C");
    const id = await released(man, "C");
    await site.moveTo("A", man);
    expect((await record(id)).problem).toBe("LEVEL_NOT_IN_FORCE");
    expect((await breach(id, "RELEASED")).problem).toBeNull();
    expect(await reportOf(id)).toMatchObject([{ failed: ["LEVEL_NOT_IN_FORCE"] }]);
  });

  test("another victim came to light, until she was told", async () => {
    const man = await site.manAt("B");
    const id = await released(man, "B");
    const { id: victimId } = await site.write.victim();
    const { id: caseId } = await site.write.caseFile({
      personId: man.personId,
      victimId,
      openedAt: site.now(),
    });
    expect((await record(id)).problem).toBe("VICTIM_NOT_TOLD");
    await site.notify({ ...man, cases: [caseId] });
    expect((await record(id)).problem).toBeNull();
  });
});

describe("L34: a coordinator looks into it", () => {
  let reported: Breach;
  beforeEach(async () => {
    const { id } = contactOf(await unplanned((await site.manAt("B")).personId));
    reported = (await reportOf(id))[0]!;
  });

  test("once, by her name", async () => {
    const open = async (reviewed: boolean) =>
      (await breaches(CORA, `first: 200, reviewed: ${reviewed}`)).some(({ id }) => id === reported.id);
    expect([await open(false), await open(true)]).toEqual([true, false]);
    const again = { key: randomUUID() };
    const done = await review(reported.id, again);
    expect(done).toEqual({
      breach: { review: "Talked to; trained.", reviewedBy: "cora@metro-police" },
      problem: null,
    });
    expect(await review(reported.id, again)).toEqual(done);
    expect((await review(reported.id, { ...again, review: "Otherwise." })).problem).toBe(
      "KEY_USED_OTHERWISE",
    );
    expect((await review(reported.id)).problem).toBe("ALREADY_REVIEWED");
    expect([await open(false), await open(true)]).toEqual([false, true]);
  });

  test.each<[what: string, input: object, problem: string]>([
    ["a report that is not there", { breachId: randomUUID() }, "NOT_FOUND"],
    ["an id that is none", { breachId: "17" }, "NOT_FOUND"],
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["nothing found", { review: " " }, "TEXT_MISSING"],
    ["too much", { review: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["no text", { review: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  ])("with %s: a problem, and nothing changes", async (_what, input, problem) => {
    expect(await review(reported.id, input)).toEqual({ breach: null, problem });
    expect((await reportOf(reported.contact!.id))[0]!.review).toBeNull();
  });

  test("page by page, oldest first", async () => {
    const all = await breaches();
    const read: string[] = [];
    let after: string | null = null;
    do {
      const page: { gateBreaches: { breaches: Breach[]; endCursor: string; hasNextPage: boolean } } =
        await site.ask(CORA, "query ($after: String) { gateBreaches(first: 2, after: $after) { breaches { id } endCursor hasNextPage } }", { after }); // prettier-ignore
      read.push(...page.gateBreaches.breaches.map(({ id }) => id));
      after = page.gateBreaches.hasNextPage ? page.gateBreaches.endCursor : null;
    } while (after !== null);
    expect(read).toEqual(all.map(({ id }) => id));
  });

  test("nobody else reads or reviews it; who is cut off from the man gets the answer of no report", async () => {
    const asks = [
      "{ gateBreaches { breaches { id } } }",
      `mutation { reviewBreach(input: { key: "${randomUUID()}", breachId: "${reported.id}", review: "r" }) { problem } }`,
    ];
    for (const who of [
      DAN,
      { agency: "county-prosecutor", roles: ["prosecutor"] },
      { agency: "harbor-house", roles: ["advocate"] },
    ] as const) {
      for (const query of asks) expect((await site.door.ask(who, query)).status).toBe(403);
    }
    const rows = await site.database.query<{ person_id: string }[]>(
      "SELECT person_id FROM contact WHERE id = $1",
      [reported.contact!.id],
    );
    const personId = rows[0]!.person_id;
    await site.write.conflict({ agency: "metro-police", subject: "cut", personId, why: "related" });
    const cut = { ...CORA, subject: "cut" };
    expect((await breaches(cut)).some(({ id }) => id === reported.id)).toBe(false);
    expect(await review(reported.id, {}, cut)).toEqual({ breach: null, problem: "NOT_FOUND" });
    expect((await unplanned(personId, {}, cut)).problem).toBe("NOT_FOUND");
    const id = await released(await site.manAt("C"), "C");
    const [contact] = await site.database.query<{ person_id: string }[]>("SELECT person_id FROM contact WHERE id = $1", [id]); // prettier-ignore
    await site.write.conflict({ agency: "metro-police", subject: "cut", personId: contact!.person_id, why: "related" }); // prettier-ignore
    expect((await recall(id, {}, cut)).problem).toBe("NOT_FOUND");
  });
});

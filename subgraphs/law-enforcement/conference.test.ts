import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { eventsOf } from "./store/events.fixture";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";

const START = Date.now();
const DAY = 86_400_000;
let elapsed = 0;
const now = () => new Date(START + elapsed);
const at = (days: number) => new Date(START + days * DAY);
const dayAt = (days: number) => at(days).toISOString().slice(0, 10);

let place: TestDatabase;
let database: DataSource;
let write: Miniature;
let door: TestDoor;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
  door = await openTestDoor(place.url, now);
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});
beforeEach(() => {
  elapsed = 0;
});

const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };
const PIA: Who = { agency: "county-prosecutor", roles: ["prosecutor"], subject: "pia" };
const ADA: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ada" };

interface Outcome {
  readonly conference: (Readonly<Record<string, unknown>> & { readonly id: string }) | null;
  readonly problem: string | null;
}

async function tell(who: Who, name: string, input: object): Promise<Outcome> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const answer = await door.ask(
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { conference { id state justiceActions { id state owner } decisions { kind level } } problem } }`,
    { input: { key: randomUUID(), ...input } },
  );
  if (answer.status !== 200 || answer.errors) throw new Error(answer.text);
  return answer.data![name] as Outcome;
}

const planned = async (startsInDays = 7) =>
  (await tell(CORA, "planConference", { startsAt: at(startsInDays), place: "City hall, room 3" })).conference!
    .id;

interface Item {
  readonly reasons: readonly string[];
  readonly person: { readonly id: string };
}

async function agendaOf(who: Who, conferenceId: string, more = ""): Promise<Item[]> {
  const answer = await door.ask(
    who,
    `query ($id: ID!) { conference(id: $id) { agenda(first: 200) { items { reasons person { id } ${more} } } } }`,
    { id: conferenceId },
  );
  if (answer.errors) throw new Error(answer.text);
  return (answer.data as { conference: { agenda: { items: Item[] } } }).conference.agenda.items;
}

/** A man in a case of an agency, at a level since some days. */
async function man(level: "A" | "B" | "C" | null, sinceDays = 100, assignedAgency = "harbor-house") {
  const { id: personId } = await write.person();
  const { id: victimId } = await write.victim();
  const file = await write.caseFile({ personId, victimId, assignedAgency, assignedAt: at(-200) });
  if (level !== null) await confirm(personId, level, sinceDays);
  return { personId, caseId: file.id };
}

async function confirm(personId: string, level: "A" | "B" | "C", sinceDays: number) {
  const { id: proposalId } = await write.proposal({
    personId,
    level,
    proposedAt: at(-sinceDays),
    supersededAt: at(-sinceDays),
  });
  await write.confirmation({ personId, proposalId, level, confirmedAt: at(-sinceDays) });
}

const reasonsOf = async (who: Who, conferenceId: string, personId: string) =>
  [
    ...((await agendaOf(who, conferenceId)).find(({ person }) => person.id === personId)?.reasons ?? []),
  ].sort();

describe("L72: whom an agenda is about, and why", () => {
  test.each<[string, string[], (him: { personId: string; caseId: string }) => Promise<unknown>]>([
    ["nothing happened", [], () => Promise.resolve()],
    [
      "a proposal waits",
      ["LEVEL_PROPOSED"],
      ({ personId }) => write.proposal({ personId, level: "B", proposedAt: at(-1) }),
    ],
    [
      "his level is called into question",
      ["LEVEL_QUESTIONED"],
      async ({ personId }) => {
        const { id: proposalId } = await write.proposal({ personId, level: "C", supersededAt: at(-90) });
        const level = { personId, proposalId, level: "C" as const, confirmedAt: at(-90) };
        const { id: confirmationId } = await write.confirmation(level);
        await write.levelReview({ personId, confirmationId, openedAt: at(-60) });
      },
    ],
    ["he moved up", ["MOVED_UP"], ({ personId }) => confirm(personId, "B", 3)],
    [
      "he was arrested",
      ["ARRESTED"],
      ({ personId }) => write.arrest({ personId, arrestedOn: dayAt(-3), recordedAt: at(-2) }),
    ],
    [
      "an arrest of years ago was taken over",
      [],
      ({ personId }) => write.arrest({ personId, arrestedOn: dayAt(-900), recordedAt: at(-2) }),
    ],
    [
      "he was arrested before the conference before",
      [],
      ({ personId }) => write.arrest({ personId, arrestedOn: dayAt(-21), recordedAt: at(-20) }),
    ],
    [
      "he violated an order",
      ["ORDER_VIOLATED"],
      async ({ personId, caseId }) => {
        const { id: orderId } = await write.order({ personId, caseId });
        await write.orderViolation({ orderId, occurredOn: dayAt(-2), recordedAt: at(-1) });
      },
    ],
    [
      "he was released",
      ["CUSTODY_CHANGED"],
      ({ personId }) =>
        write.custodyEvent({ personId, status: "released", occurredAt: at(-1), recordedAt: at(-1) }),
    ],
    [
      "a contact is ahead",
      ["CONTACT_OPEN"],
      ({ personId }) => write.contact({ personId, recordedAt: at(-1), plannedFor: at(2) }),
    ],
    [
      "a contact is late",
      ["CONTACT_OVERDUE"],
      ({ personId }) => write.contact({ personId, recordedAt: at(-30), plannedFor: at(2), dueBy: at(-20) }),
    ],
    [
      "he was met",
      ["CONTACT_MADE"],
      ({ personId }) => write.contact({ personId, recordedAt: at(-3), state: "made", plannedFor: at(-2) }),
    ],
    [
      "he was met without leave",
      ["CONTACT_BREACHED"],
      ({ personId }) =>
        write.contact({ personId, recordedAt: at(-3), state: "breached", plannedFor: at(-2) }),
    ],
    [
      "a promise is overdue",
      ["PROMISE_OVERDUE"],
      ({ personId }) => write.promise({ personId, dueOn: dayAt(-2), recordedAt: at(-9), state: "open" }),
    ],
    [
      "a promise was broken",
      ["PROMISE_BROKEN"],
      ({ personId }) =>
        write.promise({ personId, dueOn: dayAt(-2), recordedAt: at(-9), state: "broken", settledAt: at(-1) }),
    ],
    [
      "a promise was broken before the conference before",
      [],
      ({ personId }) =>
        write.promise({
          personId,
          dueOn: dayAt(-30),
          recordedAt: at(-40),
          state: "broken",
          settledAt: at(-20),
        }),
    ],
    [
      "a promise was kept",
      [],
      ({ personId }) => write.promise({ personId, dueOn: dayAt(-2), state: "kept" }),
    ],
  ])("%s: %p", async (_, expected, happen) => {
    const him = await man("C");
    await happen(him);
    const conferenceId = await planned();
    expect(await reasonsOf(CORA, conferenceId, him.personId)).toEqual(expected);
  });

  test("who is new is new, once; a second look at the same level is not", async () => {
    const him = await man("C", 3);
    const conferenceId = await planned();
    expect(await reasonsOf(CORA, conferenceId, him.personId)).toEqual(["NEW"]);
  });

  test("an advocate gets her cases, and no reason that is not hers to know", async () => {
    const [hers, theirs] = [await man("C", 3), await man("C", 3, "safe-passage")];
    for (const { personId } of [hers, theirs]) {
      await write.proposal({ personId, level: "A", proposedAt: at(-1) });
      await write.promise({ personId, dueOn: dayAt(-2), recordedAt: at(-9) });
      const broken = { dueOn: dayAt(-2), recordedAt: at(-9), state: "broken", settledAt: at(-1) } as const;
      await write.promise({ personId, ...broken });
      const [{ id: confirmationId } = { id: "" }] = await database.query<{ id: string }[]>(
        "SELECT id FROM level_confirmation WHERE person_id = $1",
        [personId],
      );
      await write.levelReview({ personId, confirmationId, openedAt: at(-1) });
      await write.arrest({ personId, arrestedOn: dayAt(-3), recordedAt: at(-2) });
      await write.custodyEvent({ personId, status: "bailed", occurredAt: at(-1), recordedAt: at(-1) });
    }
    const conferenceId = await planned();
    const all = [
      ...["ARRESTED", "CUSTODY_CHANGED", "LEVEL_PROPOSED", "LEVEL_QUESTIONED", "NEW"],
      ...["PROMISE_BROKEN", "PROMISE_OVERDUE"],
    ];
    expect(await reasonsOf(PIA, conferenceId, theirs.personId)).toEqual(all);
    expect(await reasonsOf(ADA, conferenceId, hers.personId)).toEqual(["CUSTODY_CHANGED", "NEW"]);
    expect(await reasonsOf(ADA, conferenceId, theirs.personId)).toEqual([]);
  });

  test("a violated order of another victim's puts nobody on an advocate's agenda", async () => {
    const him = await man("C");
    const { id: victimId } = await write.victim();
    const other = { personId: him.personId, victimId, assignedAgency: "safe-passage", assignedAt: at(-10) };
    const { id: caseId } = await write.caseFile(other);
    const { id: orderId } = await write.order({ personId: him.personId, caseId });
    await write.orderViolation({ orderId, occurredOn: dayAt(-2), recordedAt: at(-1) });
    const conferenceId = await planned();
    expect(await reasonsOf(CORA, conferenceId, him.personId)).toEqual(["ORDER_VIOLATED"]);
    expect(await reasonsOf(ADA, conferenceId, him.personId)).toEqual([]);
  });

  test("whom a conflict cuts off finds neither him nor what was decided of him", async () => {
    const him = await man("C", 3);
    const conferenceId = await planned();
    const decision = { conferenceId, personId: him.personId, decision: "KEEP_LEVEL" };
    expect(await tell(CORA, "recordDecision", decision)).toMatchObject({ problem: null });
    const decided = `query ($id: ID!) { conference(id: $id) { decisions { person { id } } } }`;
    const read = async () => (await door.ask(DAN, decided, { id: conferenceId })).text;
    expect(await read()).toContain(him.personId);
    await write.conflict({ agency: "metro-police", subject: "dan", caseId: him.caseId, why: "related" });
    expect(await reasonsOf(DAN, conferenceId, him.personId)).toEqual([]);
    expect(await read()).not.toContain(him.personId);
    expect(await tell(DAN, "recordDecision", decision)).toEqual({ conference: null, problem: "NOT_FOUND" });
  });

  test("the statements do not grow with the agenda", async () => {
    const conferenceId = await planned();
    const more = "openContacts { id } decisions { id } justiceActions { id }";
    const few = await man("B", 3);
    await agendaOf(CORA, conferenceId, more);
    door.statements();
    const before = (await agendaOf(CORA, conferenceId, more)).length;
    const statements = door.statements();
    for (let count = 0; count < 10; count++) await man("A", 2);
    door.statements();
    expect(await agendaOf(CORA, conferenceId, more)).toHaveLength(before + 10);
    expect(door.statements()).toBe(statements);
    expect((await agendaOf(CORA, conferenceId))[0]!.person.id).not.toBe(few.personId);
  });
});

test("L71: an agenda that was closed stays as it was, and the next one begins where it began", async () => {
  const first = await planned(1);
  const him = await man("C", 1);
  elapsed = 2 * DAY;
  const closed = { conferenceId: first, attendees: [{ agency: "harbor-house", subject: "ada" }] };
  expect(await tell(CORA, "closeConference", closed)).toMatchObject({ conference: { state: "CLOSED" } });
  const next = await planned(6);
  elapsed = 6 * DAY;
  await confirm(him.personId, "B", -5);
  expect(await reasonsOf(CORA, first, him.personId)).toEqual(["NEW"]);
  expect(await reasonsOf(CORA, next, him.personId)).toEqual(["MOVED_UP"]);
});

test("L71: what stood open when a conference was closed is on its agenda, whatever became of it since", async () => {
  const him = await man("C");
  const { personId } = him;
  const proposal = await write.proposal({ personId, level: "B", proposedAt: at(-1) });
  const contact = await write.contact({ personId, recordedAt: at(-1), plannedFor: at(30) });
  const promise = await write.promise({ personId, dueOn: dayAt(-2), recordedAt: at(-9) });
  const conferenceId = await planned(0);
  elapsed = DAY;
  await tell(CORA, "closeConference", { conferenceId, attendees: [] });
  elapsed = 3 * DAY;
  await database.query("UPDATE level_proposal SET superseded_at = $2 WHERE id = $1", [proposal.id, at(2)]);
  await database.query(
    "UPDATE contact SET state = 'cancelled', closed_at = $2, closed_by = 'x' WHERE id = $1",
    [contact.id, at(2)],
  );
  await database.query(
    "UPDATE sanction_promise SET state = 'kept', settled_at = $2, settled_by = 'x' WHERE id = $1",
    [promise.id, at(2)],
  );
  const stood = ["CONTACT_OPEN", "LEVEL_PROPOSED", "PROMISE_OVERDUE"];
  expect(await reasonsOf(CORA, conferenceId, personId)).toEqual(stood);
  expect(await reasonsOf(CORA, await planned(4), personId)).toEqual([]);
});

describe("L73: what a conference decides is done by the rules", () => {
  test("a proposed level is confirmed in the name of who records it, once for a key", async () => {
    const him = await man("C");
    const { id: proposalId } = await write.proposal({ personId: him.personId, level: "B" });
    const conferenceId = await planned();
    const key = randomUUID();
    const input = {
      key,
      conferenceId,
      personId: him.personId,
      decision: "CONFIRM_LEVEL",
      proposalId,
      level: "B",
    };
    const done = { conference: { decisions: [{ kind: "CONFIRMED", level: "B" }] }, problem: null };
    expect(await tell(DAN, "recordDecision", input)).toMatchObject(done);
    expect(await tell(DAN, "recordDecision", input)).toMatchObject(done);
    const [row] = await database.query<{ confirmed_by: string }[]>(
      "SELECT confirmed_by FROM level_confirmation WHERE proposal_id = $1",
      [proposalId],
    );
    expect(row!.confirmed_by).toBe("dan@metro-police");
    const changes = (await eventsOf(database, conferenceId)).map(({ facts }) => facts["change"]);
    expect(changes).toEqual(["planned", "decided"]);
  });

  test("a refused confirmation leaves no decision", async () => {
    const [him, other] = [await man("C"), await man("C")];
    const { id: proposalId } = await write.proposal({ personId: him.personId, level: "B" });
    const conferenceId = await planned();
    const input = { conferenceId, personId: him.personId, decision: "CONFIRM_LEVEL", proposalId };
    expect((await tell(DAN, "recordDecision", { ...input, level: "A" })).problem).toBe("LEVEL_NOT_PROPOSED");
    expect((await tell(DAN, "recordDecision", input)).problem).toBe("PROPOSAL_MISSING");
    const others = { ...input, personId: other.personId, level: "B" };
    expect((await tell(DAN, "recordDecision", others)).problem).toBe("NOT_FOUND");
    const rows = await database.query<object[]>("SELECT FROM conference_decision WHERE conference_id = $1", [
      conferenceId,
    ]);
    expect(rows).toHaveLength(0);
  });

  test("nobody is settled while something is to be done about him", async () => {
    const him = await man("C");
    const conferenceId = await planned();
    const action = {
      conferenceId,
      personId: him.personId,
      text: "Ask the court",
      owner: "dan",
      dueOn: dayAt(5),
    };
    const added = await tell(DAN, "addJusticeAction", action);
    const [{ id: actionId }] = added.conference!["justiceActions"] as [{ id: string }];
    const settle = { conferenceId, personId: him.personId, decision: "SETTLE" };
    expect((await tell(CORA, "recordDecision", settle)).problem).toBe("ACTIONS_OPEN");
    expect((await tell(PIA, "endJusticeAction", { actionId, done: true })).problem).toBe("NOT_FOUND");
    expect((await tell(CORA, "endJusticeAction", { actionId, done: true })).problem).toBeNull();
    expect((await tell(CORA, "endJusticeAction", { actionId, done: false })).problem).toBe("OVER");
    expect((await tell(CORA, "recordDecision", settle)).problem).toBeNull();
  });
});

test("L74: minutes are made of records alone, and of what their reader may see", async () => {
  const him = await man("C");
  const conferenceId = await planned(0);
  await tell(CORA, "recordDecision", { conferenceId, personId: him.personId, decision: "KEEP_LEVEL" });
  const action = { conferenceId, personId: him.personId, text: "SECRETWORD", owner: "dan", dueOn: dayAt(5) };
  await tell(DAN, "addJusticeAction", action);
  const read = async (who: Who) => {
    const answer = await door.ask(who, `query ($id: ID!) { conference(id: $id) { minutes } }`, {
      id: conferenceId,
    });
    return (answer.data as { conference: { minutes: string[] | null } } | null)?.conference.minutes;
  };
  expect(await read(CORA)).toBeNull();
  elapsed = DAY;
  const attendees = [
    { agency: "harbor-house", subject: "ada" },
    { agency: "metro-police", subject: "cora" },
  ];
  await tell(CORA, "closeConference", { conferenceId, attendees });
  const lines = [
    `Held ${at(0).toISOString()}, closed ${at(1).toISOString()}.`,
    "Present: ada (harbor-house).",
    "Present: cora (metro-police).",
    `${him.personId}: level kept, C.`,
    `Action: metro-police, due ${dayAt(5)}.`,
  ];
  expect(await read(PIA)).toEqual(lines);
  await write.conflict({ agency: "county-prosecutor", subject: "pia", personId: him.personId });
  expect(await read(PIA)).toEqual(lines.slice(0, 3));
  expect(await read(ADA)).toBeUndefined();
});

describe("bad input changes nothing and says what is wrong", () => {
  const longer = "x".repeat(201);
  test.each<[string, object, string]>([
    ["planConference", { startsAt: at(-1), place: "Room" }, "IN_THE_PAST"],
    ["planConference", { startsAt: at(400), place: "Room" }, "TOO_FAR_AHEAD"],
    ["planConference", { startsAt: at(1), place: " " }, "TEXT_MISSING"],
    ["planConference", { startsAt: at(1), place: longer }, "TEXT_TOO_LONG"],
    ["planConference", { startsAt: at(1), place: "Ro\u0007om" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["planConference", { key: "mine", startsAt: at(1), place: "Room" }, "KEY_IS_NO_UUID"],
    ["closeConference", { conferenceId: randomUUID(), attendees: [] }, "NOT_FOUND"],
    ["closeConference", { conferenceId: "x", attendees: [] }, "NOT_FOUND"],
    ["cancelConference", { conferenceId: randomUUID() }, "NOT_FOUND"],
    [
      "recordDecision",
      { conferenceId: randomUUID(), personId: randomUUID(), decision: "SETTLE" },
      "NOT_FOUND",
    ],
    ["endJusticeAction", { actionId: randomUUID(), done: true }, "NOT_FOUND"],
  ])("%s, case %#", async (name, input, problem) => {
    expect(await tell(CORA, name, input)).toEqual({ conference: null, problem });
  });

  test("of a conference: what is over stays over, and a key is used once", async () => {
    const conferenceId = await planned(5);
    expect((await tell(CORA, "closeConference", { conferenceId, attendees: [] })).problem).toBe("NOT_BEGUN");
    const key = randomUUID();
    expect((await tell(CORA, "cancelConference", { key, conferenceId })).problem).toBeNull();
    expect((await tell(CORA, "cancelConference", { conferenceId })).problem).toBe("OVER");
    const other = { key, startsAt: at(3), place: "Room" };
    expect((await tell(CORA, "planConference", other)).problem).toBe("KEY_USED_OTHERWISE");
    const action = { conferenceId, text: "Ask", owner: "dan", dueOn: dayAt(2) };
    expect((await tell(DAN, "addJusticeAction", action)).problem).toBe("OVER");
    const many = Array.from({ length: 101 }, (_, count) => ({ agency: "a", subject: String(count) }));
    expect((await tell(CORA, "closeConference", { conferenceId, attendees: many })).problem).toBe(
      "TOO_MANY_ATTENDEES",
    );
    const twice = [many[0], many[0]];
    expect((await tell(CORA, "closeConference", { conferenceId, attendees: twice })).problem).toBe(
      "NAMED_TWICE",
    );
  });

  test("of an action: somebody unknown, a past day, text that is none", async () => {
    const conferenceId = await planned(5);
    const good = { conferenceId, text: "Ask", owner: "dan", dueOn: dayAt(2) };
    for (const [more, problem] of [
      [{ personId: randomUUID() }, "NOT_FOUND"],
      [{ conferenceId: randomUUID() }, "NOT_FOUND"],
      [{ dueOn: dayAt(-3) }, "IN_THE_PAST"],
      [{ dueOn: dayAt(400) }, "TOO_FAR_AHEAD"],
      [{ text: longer }, "TEXT_TOO_LONG"],
      [{ owner: "" }, "TEXT_MISSING"],
    ] as const) {
      expect((await tell(DAN, "addJusticeAction", { ...good, ...more })).problem).toBe(problem);
    }
  });
});

import { randomUUID } from "node:crypto";
import { CORA, openContacts, type Contacts, type Man } from "./contacts.fixture";
import { callInOf, callInsOf, SPEAKERS } from "./call-ins.fixture";

let site: Contacts;
let at: ReturnType<typeof callInsOf>;
beforeAll(async () => {
  site = await openContacts();
  at = callInsOf(site);
});
afterAll(() => site?.close());
beforeEach(() => {
  site.state.holds = "clear";
});

test("L38: planned, each invited by a contact of his own; held, each as he came; told of by each contact", async () => {
  const [came, left, absent] = (await at.men(3)) as [Man, Man, Man];
  const told = await at.plan([came, left, absent]);
  expect(told).toMatchObject({
    callIn: { state: "PLANNED", place: "Town hall", plannedBy: "cora@metro-police", speakers: SPEAKERS },
    problem: null,
    named: [],
  });
  const callIn = callInOf(told);
  expect(callIn.invitations.map(({ state }) => state)).toEqual(["PLANNED", "PLANNED", "PLANNED"]);
  for (const man of [came, left, absent]) {
    const contact = callIn.invitations.find(({ person }) => person?.id === man.personId)!;
    expect(contact.callIn).toEqual({ id: callIn.id });
    await at.release(callIn, man);
  }
  const recorded = await at.attendance(callIn, [
    [at.contactWith(callIn, came), "ATTENDED"],
    [at.contactWith(callIn, left), "REFUSED"],
    [at.contactWith(callIn, absent), "DID_NOT_COME"],
  ]);
  expect(recorded).toMatchObject({ callIn: { state: "HELD", closedBy: "dan@metro-police" }, problem: null });
  for (const [man, state] of [
    [came, "made"],
    [left, "refused"],
    [absent, "not-found"],
  ] as const) {
    expect(await site.stateOf(at.contactWith(callIn, man))).toBe(state);
    expect(await at.changes(at.contactWith(callIn, man))).toEqual(["planned", "released", state]);
  }
});

test("L38: who came though his contact was not released is a breach, with its report; who did not is no reason to record anything", async () => {
  const [released, held, absent] = (await at.men(3)) as [Man, Man, Man];
  const callIn = await at.planned([released, held, absent]);
  await at.release(callIn, released);
  await site.notify(held);
  site.state.holds = "held";
  expect((await site.release(at.contactWith(callIn, held))).problem).toBe("HOLD_STANDS");
  const both = [
    [at.contactWith(callIn, released), "ATTENDED"],
    [at.contactWith(callIn, held), "ATTENDED"],
  ] as const;
  const all = await at.attendance(callIn, [...both, [at.contactWith(callIn, absent), "DID_NOT_COME"]]);
  expect(all).toMatchObject({
    callIn: null,
    problem: "REFUSED_FOR_SOME",
    named: [{ id: at.contactWith(callIn, absent), problem: "NOT_RELEASED" }],
  });
  expect(await site.stateOf(at.contactWith(callIn, released))).toBe("released");
  expect((await at.attendance(callIn, both)).problem).toBeNull();
  expect(await site.stateOf(at.contactWith(callIn, released))).toBe("made");
  expect(await site.stateOf(at.contactWith(callIn, held))).toBe("breached");
  expect(await at.changes(at.contactWith(callIn, held))).toEqual(["planned", "breached"]);
  const report: unknown = await site.database.query("SELECT failed FROM gate_breach WHERE contact_id = $1", [
    at.contactWith(callIn, held),
  ]);
  expect(report).toEqual([{ failed: ["not-released", "advocacy-not-asked"] }]);
});

test("L38: of somebody who is recorded later the call-in is held already; nobody is recorded twice", async () => {
  const [one, other] = (await at.men(2)) as [Man, Man];
  const callIn = await at.planned([one, other]);
  for (const man of [one, other]) await at.release(callIn, man);
  const came = (man: Man) => [[at.contactWith(callIn, man), "ATTENDED"]] as const;
  expect((await at.attendance(callIn, came(one))).problem).toBeNull();
  expect((await at.attendance(callIn, came(other))).problem).toBe("STALE");
  expect((await at.attendance(callIn, came(other), { expects: "HELD" })).problem).toBeNull();
  expect(await at.attendance(callIn, came(one), { expects: "HELD" })).toMatchObject({
    named: [{ problem: "OVER" }],
  });
});

describe("L38: all are invited, or none and it is said of each what is wrong", () => {
  test("by the rules of every other contact", async () => {
    const [fits] = (await at.men(1)) as [Man];
    const [atA, atC, none] = [await site.manAt("A"), await site.manAt("C"), await site.manAt(null)];
    const before = [await at.countOf("call_in"), await at.countOf("contact")];
    const invited = [
      { personId: fits.personId, level: "B" },
      { personId: atA.personId, level: "A" },
      { personId: atC.personId, level: "C" },
      { personId: none.personId, level: "B" },
    ];
    expect(await at.plan([], { invited })).toEqual({
      callIn: null,
      problem: "REFUSED_FOR_SOME",
      named: [
        { id: atA.personId, problem: "NO_MESSAGE" },
        { id: atC.personId, problem: "MEANS_NOT_IN_PROTOCOL" },
        { id: none.personId, problem: "LEVEL_NOT_IN_FORCE" },
      ],
    });
    expect([await at.countOf("call_in"), await at.countOf("contact")]).toEqual(before);
  });

  test("who is not there and who is not the caller's to see get the same answer", async () => {
    const [fits, walled] = (await at.men(2)) as [Man, Man];
    await site.write.conflict({
      ...{ agency: "metro-police", subject: "cut", personId: walled.personId, why: "related" },
    });
    const nobody = { personId: randomUUID(), cases: [] };
    const cut = { ...CORA, subject: "cut" };
    for (const other of [walled, nobody, { personId: "17", cases: [] }]) {
      expect(await at.plan([fits, other], {}, cut)).toEqual({
        callIn: null,
        problem: "REFUSED_FOR_SOME",
        named: [{ id: other.personId, problem: "NOT_FOUND" }],
      });
    }
  });

  test("told twice it is planned once", async () => {
    const [man] = (await at.men(1)) as [Man];
    const again = { key: randomUUID(), plannedFor: site.at(5) };
    const first = await at.plan([man], again);
    expect(await at.plan([man], again)).toEqual(first);
    expect((await at.plan([man], { ...again, place: "Elsewhere" })).problem).toBe("KEY_USED_OTHERWISE");
  });

  test("twenty are planned in as many statements as two", async () => {
    const cost = async (count: number) => {
      const invited = await at.men(count);
      site.door.statements();
      expect((await at.plan(invited)).problem).toBeNull();
      return site.door.statements();
    };
    const few = await cost(2);
    expect(await cost(20)).toBe(few);
  });
});

describe("L37: more are invited, and some no more", () => {
  test("to one that is to come, once each at a time", async () => {
    const [first, second] = (await at.men(2)) as [Man, Man];
    const callIn = await at.planned([first]);
    expect(await at.inviteMore(callIn, [first, second])).toMatchObject({
      problem: "REFUSED_FOR_SOME",
      named: [{ id: first.personId, problem: "ALREADY_INVITED" }],
    });
    const more = callInOf(await at.inviteMore(callIn, [second]));
    expect(more.invitations.map(({ state }) => state)).toEqual(["PLANNED", "PLANNED"]);
    const withdrawn = { contactId: at.contactWith(callIn, first), expects: "PLANNED" };
    expect((await site.tell(CORA, "cancelContact", withdrawn, "contact { state }")).problem).toBeNull();
    const again = callInOf(await at.inviteMore(callIn, [first]));
    expect(again.invitations.map(({ state }) => state).sort()).toEqual(["CANCELLED", "PLANNED", "PLANNED"]);
  });

  test("called off, all of its open contacts are, whoever sees them; and it is not held any more", async () => {
    const [open, released, shut] = (await at.men(3)) as [Man, Man, Man];
    const callIn = await at.planned([open, released, shut]);
    await at.release(callIn, released);
    await site.write.conflict({
      ...{ agency: "metro-police", subject: "half", personId: shut.personId, why: "related" },
    });
    const told = await at.cancel(callIn, {}, { ...CORA, subject: "half" });
    expect(callInOf(told).state).toBe("CANCELLED");
    expect(callInOf(told).invitations).toHaveLength(2);
    for (const man of [open, released, shut]) {
      expect(await site.stateOf(at.contactWith(callIn, man))).toBe("cancelled");
      expect((await at.changes(at.contactWith(callIn, man))).at(-1)).toBe("cancelled");
    }
    const later = { expects: "CANCELLED" };
    expect((await at.attendance(callIn, [[at.contactWith(callIn, open), "ATTENDED"]], later)).problem).toBe(
      "CALLED_OFF",
    );
    expect((await at.inviteMore(callIn, await at.men(1), later)).problem).toBe("CALLED_OFF");
    expect((await at.cancel(callIn, later)).problem).toBe("CALLED_OFF");
    expect((await at.cancel(callIn)).problem).toBe("STALE");
  });

  test("held, nobody is invited to it and nobody calls it off", async () => {
    const [man] = (await at.men(1)) as [Man];
    const callIn = await at.planned([man]);
    await at.attendance(callIn, [[at.contactWith(callIn, man), "ATTENDED"]]);
    expect((await at.inviteMore(callIn, await at.men(1), { expects: "HELD" })).problem).toBe("HELD");
    expect((await at.cancel(callIn, { expects: "HELD" })).problem).toBe("HELD");
  });

  test("hand-written SQL neither opens it again nor moves it, nor moves somebody to another one", async () => {
    const [one, other] = [await at.planned(await at.men(1)), await at.planned(await at.men(1))];
    const refused = (statement: string, values: unknown[]) =>
      site.database.query(statement, values).then(
        () => "nobody",
        (error: { constraint?: string }) => error.constraint,
      );
    const HELD = "UPDATE call_in SET state = 'held', closed_at = now(), closed_by = 'x' WHERE id = $1";
    expect(await refused(HELD, [one.id])).toBe("nobody");
    expect(await refused("UPDATE call_in SET state = 'planned', closed_at = NULL, closed_by = NULL WHERE id = $1", [one.id])).toBe("call_in_moves"); // prettier-ignore
    expect(await refused("UPDATE call_in SET state = 'cancelled' WHERE id = $1", [one.id])).toBe(
      "call_in_moves",
    );
    expect(await refused("UPDATE call_in SET place = 'Elsewhere' WHERE id = $1", [other.id])).toBe(
      "call_in_stays_planned",
    );
    const move = "UPDATE contact SET call_in_id = $2 WHERE id = $1";
    expect(await refused(move, [other.invitations[0]!.id, one.id])).toBe("contact_stays_planned");
  });
});

describe("L37: bad input is a problem, and changes nothing", () => {
  const speaker = (differs: object) => ({ speakers: [{ ...SPEAKERS[0]!, ...differs }] });
  test.each<[what: string, input: object, problem: string]>([
    ["a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["a day that is past", { plannedFor: "2020-01-01T00:00:00Z" }, "IN_THE_PAST"],
    ["a day too far ahead", { plannedFor: "2199-01-01T00:00:00Z" }, "TOO_FAR_AHEAD"],
    ["nowhere", { place: "" }, "TEXT_MISSING"],
    ["a place that is too long", { place: "x".repeat(201) }, "TEXT_TOO_LONG"],
    ["a place that is no text", { place: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["nobody invited", { invited: [] }, "NOBODY_NAMED"],
    ["a messenger of nowhere", { messenger: "mo" }, "MESSENGER_WITHOUT_AGENCY"],
    ["a speaker without a name", speaker({ name: " " }), "TEXT_MISSING"],
    ["a speaker whose role is too long", speaker({ role: "x".repeat(201) }), "TEXT_TOO_LONG"],
    ["a speaker who is no text", speaker({ name: "\u001b[2J" }), "TEXT_HAS_CONTROL_CHARACTERS"],
    ["too many speakers", { speakers: Array.from({ length: 21 }, () => SPEAKERS[0]!) }, "TOO_MANY"],
  ])("a call-in with %s", async (_what, input, problem) => {
    const invited = await at.men(1);
    const before = await at.countOf("call_in");
    expect(await at.plan(invited, input)).toEqual({ callIn: null, problem, named: [] });
    expect(await at.countOf("call_in")).toBe(before);
  });

  test("somebody invited twice, and too many", async () => {
    const [man] = (await at.men(1)) as [Man];
    expect((await at.plan([man, man])).problem).toBe("NAMED_TWICE");
    const many = Array.from({ length: 61 }, () => ({ personId: randomUUID(), cases: [] }));
    expect((await at.plan(many)).problem).toBe("TOO_MANY");
  });

  test.each<[what: string, input: object, problem: string]>([
    ["of a call-in that is not there", { callInId: randomUUID() }, "NOT_FOUND"],
    ["of a call-in by an id that is none", { callInId: "17" }, "NOT_FOUND"],
    ["by a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["seen in another state", { expects: "HELD" }, "STALE"],
    ["of tomorrow", { heldAt: "2199-01-01T00:00:00Z" }, "IN_THE_FUTURE"],
    ["led by nobody", { ledBy: "" }, "TEXT_MISSING"],
    ["with a message that is too long", { message: "x".repeat(4_001) }, "TEXT_TOO_LONG"],
    ["with a message that is no text", { message: "a\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
    ["of nobody", { attendance: [] }, "NOBODY_NAMED"],
    ["of somebody who is not there", { attendance: [{ contactId: randomUUID(), came: "ATTENDED" }] }, "REFUSED_FOR_SOME"], // prettier-ignore
    ["of somebody by an id that is none", { attendance: [{ contactId: "17", came: "ATTENDED" }] }, "REFUSED_FOR_SOME"], // prettier-ignore
  ])("attendance %s", async (_what, input, problem) => {
    const [man] = (await at.men(1)) as [Man];
    const callIn = await at.planned([man]);
    await at.release(callIn, man);
    const told = await at.attendance(callIn, [[at.contactWith(callIn, man), "ATTENDED"]], input);
    expect(told).toMatchObject({ callIn: null, problem });
    expect(await site.stateOf(at.contactWith(callIn, man))).toBe("released");
    expect((await at.seen(CORA, callIn.id))?.state).toBe("PLANNED");
  });

  test("attendance of somebody who is invited to another call-in", async () => {
    const [here, there] = (await at.men(2)) as [Man, Man];
    const [callIn, other] = [await at.planned([here]), await at.planned([there])];
    expect(await at.attendance(callIn, [[at.contactWith(other, there), "ATTENDED"]])).toMatchObject({
      named: [{ id: at.contactWith(other, there), problem: "NOT_FOUND" }],
    });
  });

  test.each<[what: string, input: object, problem: string]>([
    ["that is not there", { callInId: randomUUID() }, "NOT_FOUND"],
    ["by an id that is none", { callInId: "17" }, "NOT_FOUND"],
    ["by a key that is none", { key: "once" }, "KEY_IS_NO_UUID"],
    ["seen in another state", { expects: "HELD" }, "STALE"],
  ])("more invited to, or calling off, a call-in %s", async (_what, input, problem) => {
    const callIn = await at.planned(await at.men(1));
    expect((await at.inviteMore(callIn, await at.men(1), input)).problem).toBe(problem);
    expect((await at.cancel(callIn, input)).problem).toBe(problem);
    expect((await at.inviteMore(callIn, [])).problem).toBe("NOBODY_NAMED");
    expect((await at.seen(CORA, callIn.id))?.invitations).toHaveLength(1);
  });

  test("more invited to one that is past", async () => {
    const callIn = await at.planned(await at.men(1), { plannedFor: site.at(1) });
    site.wait(2);
    expect((await at.inviteMore(callIn, await at.men(1))).problem).toBe("IN_THE_PAST");
  });
});

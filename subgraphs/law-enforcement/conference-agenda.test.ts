import {
  DAY,
  at,
  dayAt,
  database,
  write,
  door,
  CORA,
  DAN,
  PIA,
  ADA,
  tell,
  planned,
  agendaOf,
  man,
  confirm,
  reasonsOf,
  openCounty,
  standAt,
} from "./conference.fixture";

openCounty();

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
  standAt(2 * DAY);
  const closed = { conferenceId: first, attendees: [{ agency: "harbor-house", subject: "ada" }] };
  expect(await tell(CORA, "closeConference", closed)).toMatchObject({ conference: { state: "CLOSED" } });
  const next = await planned(6);
  standAt(6 * DAY);
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
  standAt(DAY);
  await tell(CORA, "closeConference", { conferenceId, attendees: [] });
  standAt(3 * DAY);
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

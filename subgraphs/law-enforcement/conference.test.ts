import { randomUUID } from "node:crypto";
import { type Who } from "./door.fixture";
import { eventsOf } from "./store/events.fixture";
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
  man,
  openCounty,
  standAt,
} from "./conference.fixture";

openCounty();

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
  standAt(DAY);
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

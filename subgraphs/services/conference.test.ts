import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../test/setup/databases";
import { COORDINATOR, NEW_START, OPEN_DOOR, openActing, type Acting } from "./acts.fixture";
import type { Who } from "./door.fixture";
import { refer, sql } from "./records.fixture";

const NOW = new Date("2026-03-10T12:00:00Z");
const CONFERENCE = randomUUID();
const PAT: Who = { ...NEW_START, subject: "pat" };
const QUINN: Who = { ...NEW_START, subject: "quinn" };
const DETECTIVE: Who = { agency: "metro-police", role: "detective" };

let site: Acting;
let person: string;
beforeAll(async () => {
  site = await openActing(createTestDatabase, NOW);
});
afterAll(() => site?.close());
beforeEach(async () => {
  person = randomUUID();
  await refer(site.url, person, { agency: "new-start" });
  await refer(site.url, person, { agency: "open-door" });
});

const SHOWN = "action { id text owner ownerAgency dueOn state overdue recordedBy person { id } }";
interface Action {
  readonly id: string;
  readonly state: string;
  readonly overdue: boolean;
}
async function add(who: Who, more: object = {}) {
  const handle = await site.handle(who, person);
  const given = { conferenceId: CONFERENCE, person: handle, text: "Call about the work crew", owner: "pat" };
  return site.tell<Action>(who, "addServicesAction", { ...given, dueOn: "2026-03-12", ...more }, SHOWN);
}
const end = (who: Who, actionId: string, done = true) =>
  site.tell<Action>(who, "endServicesAction", { actionId, done }, SHOWN);
async function ofConference(who: Who): Promise<Action[]> {
  const { data, errors } = await site.door.ask(
    who,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Conference { servicesActions { id state overdue } } } }`,
    { r: [{ __typename: "Conference", id: CONFERENCE }] },
  );
  if (errors) throw new Error(errors[0]!.extensions.code);
  return (data!["_entities"] as [{ servicesActions: Action[] }])[0].servicesActions;
}
const idsOf = async (who: Who) => (await ofConference(who)).map(({ id }) => id);
const ofPerson = async (who: Who) =>
  (await site.person(who, person, "servicesActions { id }"))["servicesActions"] as { id: string }[] | null;

test("SV50: what a provider took on is told once for a key, seen by its people of those they know, and ended once", async () => {
  const key = randomUUID();
  const { row, problem } = await add(PAT, { key });
  expect([row, problem]).toEqual([
    {
      ...{
        id: expect.any(String) as string,
        text: "Call about the work crew",
        owner: "pat",
        dueOn: "2026-03-12",
      },
      ...{
        ownerAgency: "new-start",
        state: "OPEN",
        overdue: false,
        recordedBy: "pat@new-start",
        person: { id: person },
      },
    },
    null,
  ]);
  expect((await add(PAT, { key, text: "Something else" })).problem).toBe("KEY_USED_OTHERWISE");
  expect([await idsOf(QUINN), await ofPerson(QUINN)]).toEqual([[row!.id], [{ id: row!.id }]]);
  expect([await idsOf(OPEN_DOOR), await ofPerson(OPEN_DOOR)]).toEqual([[], []]);
  expect(await end(OPEN_DOOR, row!.id)).toEqual({ row: null, problem: "NOT_FOUND" });
  expect((await end(QUINN, row!.id)).row!.state).toBe("DONE");
  expect((await end(QUINN, row!.id, false)).problem).toBe("OVER");
});

test("SV50: of somebody from whom a conflict cuts him off there is nothing, and nothing is taken on", async () => {
  const { row } = await add(PAT);
  const handle = await site.handle(QUINN, person);
  await sql(
    site.url,
    `INSERT INTO conflict_of_interest (agency, subject, person_id, why, recorded_by, recorded_at)
     VALUES ('new-start', 'quinn', $1, 'related', 'pat@new-start', $2)`,
    [person, NOW],
  );
  expect([(await idsOf(QUINN)).includes(row!.id), await ofPerson(QUINN)]).toEqual([false, null]);
  expect(await end(QUINN, row!.id)).toEqual({ row: null, problem: "NOT_FOUND" });
  expect((await add(QUINN, { person: handle })).problem).toBe("NOT_FOUND");
  expect(await ofPerson(PAT)).toEqual([{ id: row!.id }]);
});

test("SV51: the coordinator is told of every provider's, but what was taken on under a Part 2 referral needs a consent", async () => {
  const open = await add(PAT);
  const treated = randomUUID();
  await refer(site.url, treated, { agency: "new-start", service: "substance-use-treatment" });
  const person = await site.handle(PAT, treated);
  const kept = await add(PAT, { person });
  expect(kept.problem).toBeNull();
  const seen = await idsOf(COORDINATOR);
  expect([seen.includes(open.row!.id), seen.includes(kept.row!.id)]).toEqual([true, false]);
  expect(await idsOf(PAT)).toContain(kept.row!.id);
  await expect(ofConference(DETECTIVE)).rejects.toThrow("UNAUTHORIZED_FIELD_OR_TYPE");
});

test("SV52: it is overdue while it is open after its day is over everywhere", async () => {
  const { row } = await add(PAT);
  const due = async (day: string) => {
    await sql(site.url, "UPDATE conference_action SET due_on = $2 WHERE id = $1", [row!.id, day]);
    return (await ofConference(PAT)).find(({ id }) => id === row!.id)!.overdue;
  };
  // It is midnight to midnight somewhere of the ninth to the eleventh.
  expect([await due("2026-03-10"), await due("2026-03-09")]).toEqual([false, true]);
  await end(PAT, row!.id);
  expect(await due("2026-03-09")).toBe(false);
});

test.each([
  [{ person: "nobody" }, "NOT_FOUND"],
  [{ conferenceId: "x" }, "NOT_FOUND"],
  [{ key: "mine" }, "KEY_IS_NO_UUID"],
  [{ text: " " }, "TEXT_MISSING"],
  [{ text: "x".repeat(201) }, "TEXT_TOO_LONG"],
  [{ owner: "p\u0000" }, "TEXT_HAS_CONTROL_CHARACTERS"],
  [{ dueOn: "2026-02-01" }, "IN_THE_PAST"],
  [{ dueOn: "2028-02-01" }, "TOO_FAR_AHEAD"],
])("SV50: bad input, case %#: nothing is taken on", async (more, problem) => {
  const before = await idsOf(PAT);
  expect(await add(PAT, more)).toEqual({ row: null, problem });
  expect(await idsOf(PAT)).toEqual(before);
});

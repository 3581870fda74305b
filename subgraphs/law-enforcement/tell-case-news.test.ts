import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { append } from "../../platform/outbox/append";
import type { AgencyFeed } from "../../platform/outbox/open-feed";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestFeed, server, startTestTeller, until } from "./case-news.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { tellAdvocacy, type CaseNewsTeller, type TellNews } from "./tell-case-news";

let place: TestDatabase;
let database: DataSource;
let feed: AgencyFeed;
const tellers: CaseNewsTeller[] = [];

beforeEach(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  feed = await openTestFeed(place.url, database);
});
afterEach(async () => {
  await Promise.all(tellers.splice(0).map((teller) => teller.close()));
  await feed?.close();
  await database?.destroy();
  await place?.drop();
});

async function start(tell: TellNews): Promise<CaseNewsTeller> {
  const teller = await startTestTeller(place.url, feed, tell);
  tellers.push(teller);
  return teller;
}
async function stop(teller: CaseNewsTeller): Promise<void> {
  tellers.splice(tellers.indexOf(teller), 1);
  await teller.close();
}
async function person(): Promise<string> {
  const id = randomUUID();
  await database.query(
    `INSERT INTO person (id, source, source_key, family_name, given_name, sex) VALUES ($1::uuid, 's', $1::text, 'F', 'G', 'M')`,
    [id],
  );
  return id;
}
async function caseOf(personId: string, agency: string | null): Promise<string> {
  const [caseId, victimId] = [randomUUID(), randomUUID()];
  await database.query(
    `INSERT INTO victim (id, source, source_key, family_name, given_name) VALUES ($1::uuid, 's', $1::text, 'F', 'G')`,
    [victimId],
  );
  await database.query(
    `INSERT INTO case_file (id, person_id, victim_id, assigned_agency, assigned_at)
     VALUES ($1, $2, $3, $4, CASE WHEN $4::text IS NULL THEN NULL ELSE now() END)`,
    [caseId, personId, victimId, agency],
  );
  return caseId;
}
const custody = (personId: string, status: string) =>
  database.query("INSERT INTO custody_event (person_id, status, occurred_at) VALUES ($1, $2, now())", [
    personId,
    status,
  ]);
const assign = (caseId: string, agency: string | null) =>
  database.query(
    "UPDATE case_file SET assigned_agency = $2, assigned_at = CASE WHEN $2::text IS NULL THEN NULL ELSE now() END WHERE id = $1",
    [caseId, agency],
  );
async function contact(personId: string): Promise<string> {
  const [{ id }] = await database.query<[{ id: string }]>(
    `INSERT INTO contact (person_id, level, means, state, planned_for, gated, attempts_needed, planned_by, help_offered)
     VALUES ($1, 'B', 'call-in', 'planned', now() + interval '3 days', true, 3, 'd', true) RETURNING id`,
    [personId],
  );
  return id;
}
const close = (contactId: string, state: "cancelled" | "breached") =>
  database.transaction(async (manager) => {
    if (state === "breached") {
      await manager.query(
        "INSERT INTO gate_breach (contact_id, failed, reported_by, reported_at) VALUES ($1, '{called-off}', 'd', now())",
        [contactId],
      );
    }
    await manager.query(
      `UPDATE contact SET state = $2, closed_at = now(), closed_by = 'd',
         made_at = CASE WHEN $2 = 'breached' THEN now() END WHERE id = $1`,
      [contactId, state],
    );
  });

test("L62: an agency hears of its own cases alone, in order: that, which level, and when, and nothing else", async () => {
  const one = server();
  await start(one.tell);
  const [his, other] = [await person(), await person()];
  const caseId = await caseOf(his, "harbor-house");
  await caseOf(other, "safe-passage");
  await caseOf(other, null);
  await custody(his, "booked");
  await custody(other, "released");
  const contactId = await contact(his);
  await close(contactId, "cancelled");
  await close(contactId, "breached");
  await custody(his, "bailed");
  await until(() => one.kinds().includes("custody-bailed") && one.kinds("safe-passage").length === 2);
  expect(one.kinds()).toEqual([
    "case-assigned",
    "custody-booked",
    "contact-planned",
    "contact-cancelled",
    "contact-breached",
    "custody-bailed",
  ]);
  expect(one.kinds("safe-passage")).toEqual(["case-assigned", "custody-released"]);
  const planned = one.taken.find(({ kind }) => kind === "contact-planned")!;
  const instant = expect.any(Date) as Date;
  expect(planned).toEqual({
    ...{ agency: "harbor-house", caseId, contactId, kind: "contact-planned", level: "B", historic: false },
    ...{ id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, at: instant, assignedAt: instant, plannedFor: instant }, // prettier-ignore
  });
});

test("L62: that the alert of an arrest is recalled is no news of an arrest", async () => {
  const one = server();
  await start(one.tell);
  const his = await person();
  await caseOf(his, "harbor-house");
  const [arrest] = await database.query<[{ id: string }]>(
    "INSERT INTO arrest (source, source_key, person_id, arrested_on) VALUES ('s', 'a', $1, now()) RETURNING id",
    [his],
  );
  const [arrestId, recalls] = [arrest.id, randomUUID()];
  const tell = (facts: Record<string, string>) =>
    database.transaction((manager) =>
      append(manager, [
        { topic: "arrest", key: his, facts, occurredAt: new Date(), historic: false, provenance: "local" },
      ]),
    );
  await tell({ change: "recorded", arrestId });
  await tell({ change: "recalled", arrestId, recalls });
  await tell({ change: "recalled", recalls });
  await custody(his, "released");
  await until(() => one.kinds().includes("custody-released"));
  expect(one.kinds()).toEqual(["case-assigned", "arrest", "custody-released"]);
});

test("L62: a case that goes to another agency leaves the one and comes to the other, whoever writes it", async () => {
  const one = server();
  await start(one.tell);
  const his = await person();
  const caseId = await caseOf(his, "harbor-house");
  await assign(caseId, "safe-passage");
  await custody(his, "booked");
  await until(() => one.kinds("safe-passage").length === 2 && one.kinds().length === 2);
  expect(one.kinds()).toEqual(["case-assigned", "case-left"]);
  expect(one.kinds("safe-passage")).toEqual(["case-assigned", "custody-booked"]);
  await assign(caseId, null);
  await until(() => one.kinds("safe-passage").length === 3);
  expect(one.kinds("safe-passage").at(-1)).toBe("case-left");
});

test("L63: while one agency takes nothing the other is told; nothing is lost, and nothing out of order", async () => {
  const one = server();
  one.down.add("harbor-house");
  await start(one.tell);
  const his = await person();
  await caseOf(his, "harbor-house");
  await caseOf(his, "safe-passage");
  for (const status of ["booked", "bailed", "booked", "released"]) await custody(his, status);
  await until(() => one.kinds("safe-passage").length === 5);
  expect(one.taken.filter(({ agency }) => agency === "harbor-house")).toEqual([]);
  one.down.clear();
  await until(() => one.kinds().length >= 5);
  const order = ["case-assigned", "custody-booked", "custody-bailed", "custody-booked", "custody-released"];
  expect([one.kinds(), one.kinds("safe-passage")]).toEqual([order, order]);
});

test("L63: it goes on after a restart from where it was, and what was not said to be taken is told again", async () => {
  const one = server();
  const his = await person();
  await caseOf(his, "harbor-house");
  const first = await start(one.tell);
  await until(() => one.kinds().length === 1);
  one.down.add("harbor-house");
  await custody(his, "booked");
  const before = one.asked();
  await until(() => one.asked() > before);
  await stop(first);
  await custody(his, "bailed");
  one.down.clear();
  await start(one.tell);
  await until(() => one.kinds().length >= 3);
  expect(one.kinds()).toEqual(["case-assigned", "custody-booked", "custody-bailed"]);
});

test("L63: an agency that has been told nothing, or missed what is no longer kept, hears which cases are its own", async () => {
  const his = await person();
  await database.transaction(async (manager) => {
    // As the city is made, and as what retention dropped: there is no event of it.
    await manager.query("SET LOCAL outbox.untold = 'on'");
    const victim = randomUUID();
    await manager.query(
      `INSERT INTO victim (id, source, source_key, family_name, given_name) VALUES ($1::uuid, 's', $1::text, 'F', 'G')`,
      [victim],
    );
    await manager.query(
      "INSERT INTO case_file (person_id, victim_id, assigned_agency, assigned_at) VALUES ($1, $2, 'harbor-house', now())",
      [his, victim],
    );
  });
  const one = server();
  const first = await start(one.tell);
  await until(() => one.taken.length === 1);
  expect(one.taken[0]).toMatchObject({ agency: "harbor-house", kind: "case-assigned", historic: true });
  await until(() => one.asked() >= 1);
  await stop(first);
  // A cursor of another history.
  const foreign = Buffer.concat([Buffer.of(1), Buffer.alloc(24)]).toString("base64url");
  await database.query(
    `INSERT INTO case_news_place VALUES ('harbor-house', $1, now())
     ON CONFLICT (agency) DO UPDATE SET cursor = excluded.cursor`,
    [foreign],
  );
  await start(one.tell);
  await until(() => one.taken.length === 2);
  expect(one.taken[1]).toMatchObject({ agency: "harbor-house", kind: "case-assigned", historic: true });
  await custody(his, "booked");
  await until(() => one.kinds().length === 1);
  expect(one.kinds()).toEqual(["custody-booked"]);
});

test.each([
  ['{"taken":true}', true],
  ['{"taken":false}', false],
  ['{"taken":true,"more":1}', false],
  [null, false],
  ["", false],
  ["[]", false],
])("L63: the answer %j is taken: %s", async (text, taken) => {
  expect(await tellAdvocacy(() => Promise.resolve(text))("harbor-house", [])).toBe(taken);
});

import pino from "pino";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { ESCALATION_CASES, QUIET_RULES, RULES } from "../domain/escalation.fixture";
import { migrate, openLawEnforcementDatabase } from "./database";
import { escalate } from "./escalate";
import { startAlertClock } from "./alert-clock";
import { eventsOf } from "./events.fixture";
import { miniatureOf, type Miniature } from "./miniature.fixture";

let place: TestDatabase;
let database: DataSource;
let write: Miniature;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

const later = (instant: Date, seconds: number) => new Date(instant.getTime() + seconds * 1_000);

/** Tells of what happened to somebody just now, to the millisecond. */
async function alertOf(personId: string, kind = "arrest", historic = false) {
  const [topic, change] = kind === "arrest" ? ["arrest", "recorded"] : ["custody", kind];
  const [alert] = await database.query<{ id: string; recorded_at: Date }[]>(
    `INSERT INTO outbox.event (topic, key, facts, occurred_at, recorded_at, historic, provenance)
     VALUES ($1, $2, jsonb_build_object('change', $3::text), now(), date_trunc('milliseconds', now()), $4, 'local')
     RETURNING id, recorded_at`,
    [topic, personId, change, historic],
  );
  return { id: alert!.id, recordedAt: alert!.recorded_at };
}

const toldOf = async (alertId: string) =>
  (
    await database.query<{ step: number; target: string }[]>(
      "SELECT step, target FROM alert_escalation WHERE alert_id = $1 ORDER BY agency, step",
      [alertId],
    )
  ).map(({ step, target }) => `${step} ${target}`);

async function manOf(agency: string | null, assignedAt: Date | null) {
  const { id: personId } = await write.person();
  const { id: victimId } = await write.victim();
  const file = await write.caseFile({ personId, victimId, assignedAgency: agency, assignedAt });
  return { personId, caseId: file.id };
}

test.each(ESCALATION_CASES.map((one) => [one.title, one] as const))(
  "L32: the database too: an alert, %s",
  async (_title, { alert, age, assignedFor = age + 60, danger, acknowledgedBy = [], quiet, due }) => {
    const { kind, historic, agency, recalled } = {
      recalled: false,
      kind: "arrest",
      historic: false,
      agency: "harbor-house",
      ...alert,
    };
    const { personId, caseId } = await manOf(agency, agency === null ? null : new Date(0));
    if (danger?.level) {
      const { id: proposalId } = await write.proposal({ personId, level: danger.level });
      await write.confirmation({ personId, level: danger.level, proposalId });
    }
    if (danger) await write.screen({ caseId, highDanger: danger.screenedHigh });
    const { id, recordedAt } = await alertOf(personId, kind, historic);
    if (recalled) {
      await database.query(
        `INSERT INTO outbox.event (topic, key, facts, occurred_at, historic, provenance)
         VALUES ('arrest', $1, jsonb_build_object('change', 'recalled', 'recalls', $2::text), now(), false, 'local')`,
        [personId, id],
      );
    }
    const now = later(recordedAt, age);
    if (agency !== null) {
      const assignedAt = later(now, -assignedFor);
      await database.query("UPDATE case_file SET assigned_at = $2 WHERE id = $1", [caseId, assignedAt]);
    }
    for (const one of acknowledgedBy) {
      await database.query(
        `INSERT INTO alert_acknowledgement (alert_id, agency, subject, acknowledged_at)
         VALUES ($1, $2, 'ada', now())`,
        [id, one],
      );
    }
    await escalate(database, quiet ? QUIET_RULES : RULES, now);
    expect(await toldOf(id)).toEqual(due);
    const events = (await eventsOf(database, personId)).filter(({ topic }) => topic === "escalation");
    expect(events.map(({ facts }) => [facts["alertId"], facts["change"]])).toEqual(
      due.map((one) => [id, one.split(" ")[1]]),
    );
  },
);

test("L33: a step is told once, by whichever process, and each agency of his cases is told", async () => {
  const { personId } = await manOf("harbor-house", new Date(0));
  for (const agency of ["safe-passage", null]) {
    const { id: victimId } = await write.victim();
    const assignedAt = agency === null ? null : new Date(0);
    await write.caseFile({ personId, victimId, assignedAgency: agency, assignedAt, openedAt: new Date(0) });
  }
  const { id: proposalId } = await write.proposal({ personId, level: "A" });
  await write.confirmation({ personId, level: "A", proposalId });
  const { id, recordedAt } = await alertOf(personId);
  const look = () => escalate(database, RULES, later(recordedAt, 300));
  await Promise.all([look(), look()]);
  await look();
  expect(await toldOf(id)).toEqual(["1 next-on-call", "1 next-on-call", "1 coordinator"]);
  const events = await eventsOf(database, personId);
  expect(events.filter(({ topic }) => topic === "escalation")).toHaveLength(3);
  await expect(database.query("DELETE FROM alert_escalation")).rejects.toMatchObject({ code: "42501" });
});

test("L33: while it cannot look it says so once, and then goes on", async () => {
  const said: string[] = [];
  const log = pino(
    {},
    { write: (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg) },
  );
  let looks = 0;
  let seen: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => (seen = resolve));
  const now = () => {
    looks += 1;
    if (looks === 5) seen();
    if (looks <= 3) throw new Error("not now");
    return new Date();
  };
  const clock = await startAlertClock({ databaseUrl: place.url, rules: RULES, now, log, every: 1 });
  await enough;
  await clock.close();
  expect(said).toEqual([
    "what is due cannot be told: escalations, and orders about to expire",
    "what is due is told again",
  ]);
});

import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../test/setup/databases";
import { RULES as ESCALATION } from "./domain/escalation.fixture";
import type { Who } from "./door.fixture";
import { ANN, CORA, openRecords, type Records } from "./records.fixture";
import { manOfIncident } from "./sealed-man.fixture";
import { escalate } from "./store/escalate";

const SAL: Who = { agency: "safe-passage", roles: ["advocate"], subject: "sal" };
const RUTH: Who = { ...ANN, subject: "ruth" };

let records: Records;
beforeAll(async () => {
  records = await openRecords(createTestDatabase, () => new Date(Date.now() + 1_000));
});
afterAll(() => records?.close());

type Man = Awaited<ReturnType<typeof manOfIncident>>;

const acknowledge = (who: Who, alertId: string, key: string = randomUUID()) =>
  records.tell(who, "acknowledgeAlert", { alertId, key }, "acknowledgement { alertId acknowledgedBy }");
const refused = (problem: string) => ({ acknowledgement: null, problem });
const expunge = ({ incidentId }: Man) =>
  records.tell(
    CORA,
    "recordExpungement",
    {
      ...{ incidentIds: [incidentId], court: "County Circuit Court" },
      ...{ orderNumber: "2026-X-17", orderedOn: "2026-06-01" },
    },
    "expungement { id }",
  );
const detach = ({ personId, incidentId }: Man) =>
  records.tell(
    CORA,
    "detachWrongPerson",
    { personId, incidentId, why: "The fingerprints are not his." },
    "correction { kind }",
  );
async function recallOf({ alertId }: Man): Promise<string> {
  const [recall] = await records.database.query<{ id: string }[]>(
    "SELECT id FROM outbox.event WHERE facts ->> 'recalls' = $1",
    [alertId],
  );
  return recall!.id;
}

describe.each([
  ["sealed", expunge],
  ["another man's", detach],
])("L31: an alert of an arrest that is %s", (_what, takeBack) => {
  let man: Man;
  beforeAll(async () => {
    man = await manOfIncident(records);
    expect(await takeBack(man)).toMatchObject({ problem: null });
    await records.write.conflict({ agency: "harbor-house", subject: "ruth", personId: man.personId });
  });

  test("is told to be recalled to her who would take it up, and to nobody else", async () => {
    expect(await acknowledge(ANN, man.alertId.toUpperCase())).toEqual(refused("RECALLED"));
    expect(await acknowledge(SAL, man.alertId)).toEqual(refused("NOT_FOUND"));
    expect(await acknowledge(RUTH, man.alertId)).toEqual(refused("NOT_FOUND"));
  });

  test("escalates no further, nor does its recall, which is acknowledged as any alert is", async () => {
    const recall = await recallOf(man);
    for (const after of [3_600, 86_400]) {
      await escalate(records.database, ESCALATION, new Date(Date.now() + after * 1_000));
    }
    expect(
      await records.database.query("SELECT alert_id FROM alert_escalation WHERE alert_id = ANY($1)", [
        [man.alertId, recall],
      ]),
    ).toEqual([]);
    for (const who of [SAL, RUTH]) expect(await acknowledge(who, recall)).toEqual(refused("NOT_FOUND"));
    expect(await acknowledge(ANN, recall)).toEqual({
      acknowledgement: { alertId: recall, acknowledgedBy: "ann" },
      problem: null,
    });
  });
});

test("L31: what was acknowledged before it was recalled stays so; told again, it is recalled", async () => {
  const man = await manOfIncident(records);
  const key = randomUUID();
  expect(await acknowledge(ANN, man.alertId, key)).toMatchObject({ problem: null });
  await detach(man);
  expect(await acknowledge(ANN, man.alertId, key)).toEqual(refused("RECALLED"));
  const { alertRecord } = await records.ask<{ alertRecord: object }>(
    ANN,
    `{ alertRecord(alertId: "${man.alertId}") { acknowledgements { acknowledgedBy } } }`,
  );
  expect(alertRecord).toEqual({ acknowledgements: [{ acknowledgedBy: "ann" }] });
});

import type { AgencyFeed } from "../../platform/outbox/open-feed";
import { createTestDatabase } from "../../test/setup/databases";
import { openTestFeed, server, startTestTeller, until } from "./case-news.fixture";
import { CORA, openRecords, type Records } from "./records.fixture";
import { tellOfArrest } from "./sealed-man.fixture";
import { ToldArrests1764200000500 } from "./store/migrations/1764200000500-told-arrests";
import type { CaseNewsTeller } from "./tell-case-news";

let url: string;
let records: Records;
let feed: AgencyFeed;
let agencies: ReturnType<typeof server>;
let teller: CaseNewsTeller | undefined;

beforeAll(async () => {
  records = await openRecords(
    async (of) => {
      const place = await createTestDatabase(of);
      url = place.url;
      return place;
    },
    () => new Date(Date.now() + 1_000),
  );
  feed = await openTestFeed(url, records.database);
});
afterAll(async () => {
  await feed?.close();
  await records?.close();
});
beforeEach(async () => {
  agencies = server();
  teller = await startTestTeller(url, feed, agencies.tell);
});
afterEach(async () => {
  await teller?.close();
  await sql("DELETE FROM told_arrest");
});

const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  records.database.query(text, values);

/** A man arrested in an incident, whose case is Harbor House's. */
async function arrestedMan() {
  const { write } = records;
  const personId = await records.manAt("B");
  const { id: victimId } = await write.victim();
  const { id: caseId } = await write.caseFile({ personId, victimId, assignedAgency: "harbor-house", assignedAt: new Date() }); // prettier-ignore
  const { id: incidentId } = await write.incident();
  const { id: incidentSubjectId } = await write.subject({ incidentId, personId });
  const { id: arrestId } = await write.arrest({ incidentId, incidentSubjectId, personId });
  return { personId, caseId, incidentId, arrestId };
}
type Man = Awaited<ReturnType<typeof arrestedMan>>;
const alertOf = async ({ arrestId }: Man) =>
  (await sql<{ id: string }>("SELECT id FROM outbox.event WHERE facts ->> 'arrestId' = $1 AND NOT facts ? 'recalls'", [arrestId]))[0]!.id; // prettier-ignore
async function told(): Promise<Man & { alertId: string }> {
  const man = await arrestedMan();
  await tellOfArrest(records.database, man.personId, man.arrestId);
  await until(() => of(man).includes("arrest"));
  return { ...man, alertId: await alertOf(man) };
}
const newsOf = ({ caseId }: Man, agency = "harbor-house") =>
  agencies.taken.filter((one) => one.caseId === caseId && one.agency === agency);
const of = (man: Man, agency?: string) => newsOf(man, agency).map(({ kind }) => kind);

const WAYS: Readonly<Record<string, (man: Man) => Promise<unknown>>> = {
  "he was not the man": ({ personId, incidentId }) =>
    records.tell(
      CORA,
      "detachWrongPerson",
      { personId, incidentId, why: "Fingerprints." },
      "correction { id }",
    ),
  "a court sealed the incident": ({ incidentId }) => seal({ incidentIds: [incidentId] }),
  "a court sealed the arrest": ({ arrestId }) => seal({ arrestIds: [arrestId] }),
  "its source has it no longer": ({ arrestId }) => sql("DELETE FROM arrest WHERE id = $1", [arrestId]),
};
const seal = (named: object) =>
  records.tell(
    CORA,
    "recordExpungement",
    { court: "c", orderNumber: "1", orderedOn: "2026-06-01", ...named },
    "expungement { id }",
  );
async function move({ caseId }: Man, agency: string | null): Promise<void> {
  await sql("UPDATE case_file SET assigned_agency = $2, assigned_at = CASE WHEN $2::text IS NULL THEN NULL ELSE now() END WHERE id = $1", [caseId, agency]); // prettier-ignore
}
/** A telling by a server that starts now: what does not come of itself for half a minute is looked for at once. */
async function startAnew(): Promise<void> {
  await teller?.close();
  teller = await startTestTeller(url, feed, agencies.tell);
}

test.each(Object.keys(WAYS))(
  "L110: %s: the agency that was told of the arrest is told once that it is taken back, and not why",
  async (way) => {
    const man = await told();
    await WAYS[way]!(man);
    await startAnew();
    await until(() => of(man).includes("arrest-recalled"));
    await startAnew();
    const next = await told();
    expect(of(next)).toEqual(["case-assigned", "arrest"]);
    expect(of(man).filter((kind) => kind.startsWith("arrest"))).toEqual(["arrest", "arrest-recalled"]);
    const recall = newsOf(man).find(({ kind }) => kind === "arrest-recalled")!;
    const instant = expect.any(Date) as Date;
    expect(recall).toEqual({
      ...{ agency: "harbor-house", caseId: man.caseId, recalls: man.alertId, level: "B", contactId: null },
      ...{ kind: "arrest-recalled", at: instant, assignedAt: instant, plannedFor: null, historic: false },
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    // Nothing is left that would lead from it to the arrest.
    expect([man.alertId, man.arrestId]).not.toContain(recall.id);
    expect(await sql("SELECT FROM told_arrest WHERE case_id = $1", [man.caseId])).toEqual([]);
  },
);

test("L110: it comes by itself, while the server runs", async () => {
  const man = await told();
  await WAYS["he was not the man"]!(man);
  await until(() => of(man).includes("arrest-recalled"));
});

test("L110: an agency whose case went elsewhere is told, and nothing else of it; the other, which was told of no arrest, is not", async () => {
  const man = await told();
  await move(man, "safe-passage");
  await until(() => of(man).includes("case-left"));
  await WAYS["a court sealed the arrest"]!(man);
  await until(() => of(man).includes("arrest-recalled"));
  const recall = newsOf(man).at(-1)!;
  expect([recall.recalls, recall.level, recall.assignedAt.getTime()]).toEqual([
    man.alertId,
    null,
    recall.at.getTime(),
  ]);
  await sql("INSERT INTO custody_event (person_id, status, occurred_at) VALUES ($1, 'booked', now())", [man.personId]); // prettier-ignore
  await until(() => of(man, "safe-passage").includes("custody-booked"));
  expect(of(man, "safe-passage")).toEqual(["case-assigned", "custody-booked"]);
});

test("L110: it is told until it is taken, though the event of the arrest is long dropped", async () => {
  const man = await told();
  agencies.down.add("harbor-house");
  // Of an arrest whose event went with its month nobody appends that it is recalled.
  await sql("DELETE FROM arrest WHERE id = $1", [man.arrestId]);
  await startAnew();
  const before = agencies.asked();
  await until(() => agencies.asked() > before + 1);
  expect(of(man)).not.toContain("arrest-recalled");
  await startAnew();
  agencies.down.clear();
  await until(() => of(man).includes("arrest-recalled"));
});

test("L111: an arrest that is his no more when the agency could be told is not told, nor that it is taken back", async () => {
  await teller?.close();
  const man = await arrestedMan();
  await tellOfArrest(records.database, man.personId, man.arrestId);
  await WAYS["a court sealed the arrest"]!(man);
  teller = await startTestTeller(url, feed, agencies.tell);
  const next = await told();
  expect(of(next)).toContain("arrest");
  expect(of(man)).toEqual(["case-assigned"]);
});

test("L111: told, and not said to be taken: it is not told again, and is taken back", async () => {
  const man = await arrestedMan();
  await until(() => of(man).includes("case-assigned"));
  agencies.down.add("harbor-house");
  await tellOfArrest(records.database, man.personId, man.arrestId);
  const tried = () => sql("SELECT FROM told_arrest WHERE case_id = $1", [man.caseId]);
  while ((await tried()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await WAYS["a court sealed the arrest"]!(man);
  agencies.down.clear();
  await until(() => of(man).includes("arrest-recalled"));
  expect(of(man)).toEqual(["case-assigned", "arrest-recalled"]);
});

test("L110: what agencies were told of before it was noted is taken back too, as far as it is known", async () => {
  const [there, gone] = [await told(), await told()];
  await teller?.close();
  await sql("DELETE FROM arrest WHERE id = $1", [gone.arrestId]);
  const migration = new ToldArrests1764200000500();
  const runner = records.database.createQueryRunner();
  await migration.down(runner);
  await migration.up(runner);
  await runner.release();
  teller = await startTestTeller(url, feed, agencies.tell);
  await until(() => of(gone).includes("arrest-recalled"));
  expect(newsOf(gone).at(-1)!.recalls).toBe(gone.alertId);
  expect(of(there)).not.toContain("arrest-recalled");
});

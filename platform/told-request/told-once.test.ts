import { randomUUID } from "node:crypto";
import { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { TOLD_REQUEST_TABLE } from "./table";
import { toldOnce, type Outcome } from "./told-once";
import { ToldRequestRow } from "./told-request-row";

let place: TestDatabase;
let database: DataSource;
beforeAll(async () => {
  place = await createTestDatabase({ key: "told-request" });
  database = new DataSource({ type: "postgres", url: place.url, poolSize: 2, entities: [ToldRequestRow] });
  await database.initialize();
  await database.query(TOLD_REQUEST_TABLE);
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

const ANN = { agency: "harbor-house", subject: "ann" };
/** Tells it; each time that the work is done it makes another record. */
const tell = (key: string, input: object, mutation = "say", caller = ANN) =>
  toldOnce<never>(database, { caller, key, mutation, input, now: new Date() }, () =>
    Promise.resolve({ ok: true, value: randomUUID() } as Outcome<never>),
  );
const OTHERWISE = { ok: false, refusal: { code: "KEY_USED_OTHERWISE" } };

test("M4: told again alike it is the same, in whatever order its parts are and however its ids are written", async () => {
  const [key, id] = [randomUUID(), randomUUID()];
  const first = await tell(key, { id, note: "A note", ids: [id], left: null });
  expect(first.ok).toBe(true);
  expect(
    await tell(key.toUpperCase(), { note: "A note", ids: [id.toUpperCase()], id: id.toUpperCase() }),
  ).toEqual(first);
  expect(await tell(key, { id, note: "a note", ids: [id] })).toEqual(OTHERWISE);
  expect(await tell(key, { id: randomUUID(), note: "A note", ids: [id] })).toEqual(OTHERWISE);
  expect(await tell(key, { id, note: "A note", ids: [id] }, "whisper")).toEqual(OTHERWISE);
});

test("M4: a key is its teller's own", async () => {
  const key = randomUUID();
  const first = await tell(key, { note: "n" });
  for (const other of [
    { ...ANN, subject: "bea" },
    { ...ANN, agency: "safe-passage" },
  ]) {
    const told = await tell(key, { note: "another" }, "say", other);
    expect([told.ok, told]).not.toEqual([true, first]);
    expect(told.ok).toBe(true);
  }
});

test("M5: told twice at once it is done once, and who told it is kept with what came of it; a refusal leaves nothing", async () => {
  const key = randomUUID();
  const told = { caller: ANN, key, mutation: "say", input: { note: "n" }, now: new Date() };
  const refused = await toldOnce(database, told, () =>
    Promise.resolve({ ok: false, refusal: { code: "NOT_FOUND" } }),
  );
  expect(refused).toEqual({ ok: false, refusal: { code: "NOT_FOUND" } });
  const rows = () => database.getRepository(ToldRequestRow).findBy({ key });
  expect(await rows()).toEqual([]);
  const [one, other] = await Promise.all([tell(key, { note: "n" }), tell(key, { note: "n" })]);
  expect(other).toEqual(one);
  expect(await rows()).toMatchObject([{ ...ANN, recordId: one.ok ? one.value : null }]);
});

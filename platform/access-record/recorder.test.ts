import { randomBytes, randomUUID } from "node:crypto";
import { Client } from "pg";
import type { TestDatabase } from "../../test/setup/databases";
import { databaseUrl, ensureDatabase } from "../postgres/databases";
import { testServerUrl } from "../../test/setup/databases";
import { anAccess, recordDatabase } from "../../test/setup/access-record";
import { openAccessRecord, type AccessRecorder } from "./recorder";
import { ACCESS_RECORD_TABLES } from "./tables";
import { verifyChain } from "./verify";

let database: TestDatabase & { client: Client };
let now: Date;
const opened: AccessRecorder[] = [];

beforeEach(async () => {
  database = await recordDatabase();
  now = new Date("2026-01-31T23:59:59.999Z");
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  await database.drop();
});

async function open(): Promise<AccessRecorder> {
  const recorder = await openAccessRecord({
    url: database.url,
    now: () => now,
    isNational: ({ provenance }) => provenance === "ncic",
  });
  opened.push(recorder);
  return recorder;
}
const ask = async (sql: string) => (await database.client.query<Record<string, unknown>>(sql)).rows;
async function faults(): Promise<string[]> {
  const found: string[] = [];
  await verifyChain(database.client, ({ sequence, what }) => found.push(`${sequence}: ${what}`));
  return found;
}

test("A1: an access stands in the record with who, what and why, when record() resolves", async () => {
  const recorder = await open();
  const [person, charge] = [randomUUID(), randomUUID()];
  const record = (type: string, id: string, provenance: string | null) => ({
    type,
    id,
    provenance,
    representation: null,
  });
  await recorder.record(
    anAccess({
      records: [
        record("Person", person, null),
        record("Charge", charge, "court"),
        record("Person", person, null),
      ],
      codes: ["RELEASE_REQUIRED"],
    }),
  );
  const [row] = await ask("SELECT * FROM audit.access_record");
  expect(row).toMatchObject({
    sequence: "1",
    at: now,
    subject: "dana",
    agency: "metro-police",
    role: "detective",
    purpose: "case-work",
    grant_id: null,
    operation_hash: "a".repeat(64),
    fields: ["Person.identity", 'With "quotes", {braces} and \\ 日本'],
    record_types: ["Charge", "Person"],
    provenance: ["court"],
    outcome: "answered",
    codes: ["RELEASE_REQUIRED"],
  });
  expect(row?.["record_ids"]).toEqual([charge, person]);
  expect(await faults()).toEqual([]);
});

test("A2: accesses of several processes at once make one chain, month after month", async () => {
  const recorders = [await open(), await open(), await open()];
  const some = () => Promise.all(Array.from({ length: 60 }, (_, i) => recorders[i % 3]!.record(anAccess())));
  await some();
  now = new Date("2026-02-01T00:00:00Z");
  await some();
  expect(await ask("SELECT count(*)::int AS n, max(sequence)::int AS last FROM audit.access_record")).toEqual(
    [{ n: 120, last: 120 }],
  );
  expect(
    await ask("SELECT to_char(month, 'YYYY-MM') AS month, entries::int FROM audit.chain_head ORDER BY 1"),
  ).toEqual([
    { month: "2026-01", entries: 60 },
    { month: "2026-02", entries: 60 },
  ]);
  expect(await faults()).toEqual([]);
});

test("A2: what arrives while one group is written goes together into the next", async () => {
  const recorder = await open();
  await Promise.all(Array.from({ length: 50 }, () => recorder.record(anAccess())));
  // One transaction a group: the first access alone, the others together.
  expect(await ask("SELECT count(DISTINCT xmin::text)::int AS groups FROM audit.access_record")).toEqual([
    { groups: 2 },
  ]);
});

test("A3: a month is made when its first access comes, however far ahead; one nobody made refuses", async () => {
  const recorder = await open();
  now = new Date("2027-12-31T23:59:59Z");
  await recorder.record(anAccess());
  expect(await ask("SELECT tableoid::regclass::text AS month FROM audit.access_record")).toEqual([
    { month: "audit.access_record_2027_12" },
  ]);
  await expect(
    database.client.query(
      "INSERT INTO audit.access_record SELECT 2, '2028-01-01Z', id, subject, agency, role, purpose, grant_id, grant_reason, " +
        "operation_hash, fields, record_types, record_ids, provenance, disseminated_types, disseminated_ids, outcome, codes, " +
        "previous_hash, hash FROM audit.access_record",
    ),
  ).rejects.toThrow(/no partition/);
});

test("A4: a read of national criminal history has its dissemination row; a refused one has none", async () => {
  const recorder = await open();
  const records = ["ncic", "court"].map((provenance) => ({
    type: "PriorRecord",
    id: randomUUID(),
    provenance,
    representation: null,
  }));
  await recorder.record(anAccess({ records }));
  await recorder.record(anAccess({ records, outcome: "refused", codes: ["UNAUTHORIZED_FIELD_OR_TYPE"] }));
  expect(await ask("SELECT * FROM audit.dissemination")).toEqual([
    {
      sequence: "1",
      at: now,
      subject: "dana",
      agency: "metro-police",
      role: "detective",
      purpose: "case-work",
      record_type: "PriorRecord",
      record_id: records[0]!.id,
    },
  ]);
});

test("A1: what cannot be kept is refused alone, and those beside it are written", async () => {
  const recorder = await open();
  const reader = { ...anAccess().reader, subject: "nul\0" };
  const results = await Promise.allSettled([
    recorder.record(anAccess()),
    recorder.record(anAccess({ reader })),
    recorder.record(anAccess()),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await ask("SELECT count(*)::int AS n FROM audit.access_record")).toEqual([{ n: 2 }]);
});

describe("A5: nobody changes a row", () => {
  const CHANGES = [
    "UPDATE audit.access_record SET subject = 'nobody'",
    "DELETE FROM audit.access_record",
    "TRUNCATE audit.access_record",
    "UPDATE audit.access_record_2026_01 SET subject = 'nobody'",
    "DELETE FROM audit.access_record_2026_01",
    "TRUNCATE audit.access_record_2026_01",
    "UPDATE audit.dissemination SET subject = 'nobody'",
    "DELETE FROM audit.dissemination",
    "TRUNCATE audit.dissemination",
    "DELETE FROM audit.chain_head",
    "TRUNCATE audit.chain_head",
  ];

  test("the triggers refuse even a superuser who does not take them off", async () => {
    await (await open()).record(anAccess());
    for (const change of CHANGES)
      await expect(database.client.query(change)).rejects.toThrow("The access record is only ever added to.");
  });

  test("the agency's own role, which owns the tables, has no right to, and adds and reads", async () => {
    const name = `owner_${randomBytes(4).toString("hex")}`;
    const spec = { database: name, role: name, password: name };
    const server = await testServerUrl();
    await ensureDatabase(server, spec);
    const url = databaseUrl(server, spec);
    const owner = new Client({ connectionString: url });
    await owner.connect();
    try {
      await owner.query(ACCESS_RECORD_TABLES);
      const recorder = await openAccessRecord({ url, now: () => now });
      await recorder.record(anAccess());
      await recorder.record(anAccess());
      await recorder.close();
      expect((await owner.query("SELECT FROM audit.access_record")).rowCount).toBe(2);
      for (const change of CHANGES) await expect(owner.query(change)).rejects.toThrow(/permission denied/);
    } finally {
      await owner.end();
      await database.client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await database.client.query(`DROP ROLE ${name}`);
    }
  });
});

import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import type { TestDatabase } from "../../test/setup/databases";
import { anAccess, asSuperuser, recordDatabase } from "../../test/setup/access-record";
import { contentOf, hashOf } from "./entry";
import { openAccessRecord } from "./recorder";
import { verifyChain, type NotedRow, type Verified } from "./verify";

let database: TestDatabase & { client: Client };
let sound: Verified;

/** Ten rows in January, ten in February; the seventh read national criminal history. */
beforeEach(async () => {
  database = await recordDatabase();
  let now = new Date("2026-01-15T12:00:00Z");
  const isNational = ({ type }: { type: string }) => type === "PriorRecord";
  const recorder = await openAccessRecord({ url: database.url, now: () => now, isNational });
  for (let row = 1; row <= 20; row += 1) {
    if (row === 11) now = new Date("2026-02-15T12:00:00Z");
    const type = row === 7 ? "PriorRecord" : "Person";
    await recorder.record(
      anAccess({ records: [{ type, id: randomUUID(), representation: null, provenance: null }] }),
    );
  }
  await recorder.close();
  sound = await verifyChain(database.client, () => undefined);
});
afterEach(() => database.drop());

async function check(noted?: NotedRow): Promise<string[]> {
  const found: string[] = [];
  await verifyChain(
    database.client,
    ({ sequence, month, what }) => found.push(`${month} ${sequence}: ${what}`),
    noted,
  );
  return found;
}

test("A6: a chain nobody touched is sound, and its head is told", async () => {
  expect(sound).toEqual({
    rows: 20,
    faults: 0,
    head: { sequence: "20", hash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
  });
});

const RECORD = "audit.access_record";
/** By way of other numbers: the key would refuse two rows of one. */
const SWAP = `UPDATE ${RECORD} SET sequence = sequence + 100 WHERE sequence IN (5, 6);
  UPDATE ${RECORD} SET sequence = 211 - sequence - 100 WHERE sequence IN (105, 106)`;

describe("A6: each row that was tampered with is named", () => {
  test.each([
    ...[
      ["subject", "'nobody'"],
      ["agency", "'nobody'"],
      ["role", "'auditor'"],
      ["purpose", "'audit'"],
      ["at", "at + interval '1 millisecond'"],
      ["id", "gen_random_uuid()"],
      ["operation_hash", "repeat('b', 64)"],
      ["fields", "fields || 'Person.id'::text"],
      ["record_types", "ARRAY['Case']"],
      ["record_ids", "ARRAY[gen_random_uuid()]"],
      ["provenance", "ARRAY['court']"],
      ["outcome", "'refused'"],
      ["codes", "ARRAY['RELEASE_REQUIRED']"],
      ["hash", "sha256('x')"],
    ].map(([column, value]): [string, string, RegExp[]] => [
      `altered ${column}`,
      `UPDATE ${RECORD} SET ${column} = ${value} WHERE sequence = 5`,
      [/^2026-01 5: altered/],
    ]),
    [
      "altered break-glass",
      `UPDATE ${RECORD} SET grant_id = 'g', grant_reason = 'r' WHERE sequence = 5`,
      [/^2026-01 5: altered/],
    ],
    [
      "another previous hash",
      `UPDATE ${RECORD} SET previous_hash = sha256('x') WHERE sequence = 5`,
      [/^2026-01 5: reordered/],
    ],
    [
      "removed in the middle",
      `DELETE FROM ${RECORD} WHERE sequence = 5`,
      [
        /^2026-01 6: removed: before it, row 5 is missing/,
        /^2026-01 10: the month had 10 rows, and there are 9/,
      ],
    ],
    [
      "removed at the start",
      `DELETE FROM ${RECORD} WHERE sequence < 3`,
      [/^2026-01 3: removed: before it, rows 1 to 2 are missing/, /^2026-01 10: the month had 10 rows/],
    ],
    [
      "removed at the end",
      `DELETE FROM ${RECORD} WHERE sequence > 18`,
      [/^2026-02 18: the tail is missing: the month's last row was 20/],
    ],
    [
      "the last month gone",
      `DROP TABLE audit.access_record_2026_02`,
      [/^2026-02 null: all 10 rows of the month are missing/],
    ],
    [
      "an earlier month gone",
      `DROP TABLE audit.access_record_2026_01`,
      [
        /^2026-02 11: removed: before it, rows 1 to 10 are missing/,
        /^2026-01 null: all 10 rows of the month are missing/,
        /^2026-01 7: the dissemination rows/,
      ],
    ],
    [
      "everything gone",
      `TRUNCATE ${RECORD}`,
      [/^2026-01 null: all 10 rows/, /^2026-02 null: all 10 rows/, /^2026-01 7: the dissemination rows/],
    ],
    ["two rows in each other's place", SWAP, [/^2026-01 5: reordered/, /^2026-01 6: reordered/]],
    [
      "a row twice",
      `INSERT INTO ${RECORD} SELECT sequence, at + interval '1 second', id, subject, agency, role, purpose, grant_id, grant_reason,
         operation_hash, fields, record_types, record_ids, provenance, disseminated_types, disseminated_ids, outcome, codes,
         previous_hash, hash FROM ${RECORD} WHERE sequence = 5`,
      [
        /^2026-01 5: there is another row of this number/,
        /^2026-01 10: the month had 10 rows, and there are 11/,
      ],
    ],
    [
      "a head gone",
      "DELETE FROM audit.chain_head WHERE month = '2026-01-01'",
      [/^2026-01 10: the head of the month is missing/],
    ],
    [
      "a dissemination row altered",
      "UPDATE audit.dissemination SET purpose = 'audit' WHERE sequence = 7",
      [/^2026-01 7: the dissemination rows of this row are not those/],
    ],
    [
      "a dissemination row removed",
      "DELETE FROM audit.dissemination WHERE sequence = 7",
      [/^2026-01 7: the dissemination rows of this row are not those/],
    ],
  ])("%s", async (_what, sql, expected) => {
    await asSuperuser(database.client, sql);
    const found = await check();
    expect(found).toHaveLength(expected.length);
    expected.forEach((line, index) => expect(found[index]).toMatch(line));
  });

  test("altered with a new hash of its own: the row after it does not follow it", async () => {
    const { rows } = await database.client.query<{ id: string; ids: string[]; previous: string }>(
      `SELECT id, record_ids::text[] AS ids, encode(previous_hash, 'hex') AS previous FROM ${RECORD} WHERE sequence = 5`,
    );
    const { id, ids, previous } = rows[0]!;
    const access = anAccess();
    const content = contentOf({
      id,
      at: "2026-01-15T12:00:00.000Z",
      subject: "nobody",
      agency: "metro-police",
      role: "detective",
      purpose: "case-work",
      grantId: null,
      grantReason: null,
      operationHash: access.operationHash,
      fields: access.fields,
      recordTypes: ["Person"],
      recordIds: ids,
      provenance: [],
      disseminatedTypes: [],
      disseminatedIds: [],
      outcome: "answered",
      codes: [],
    });
    await asSuperuser(
      database.client,
      `UPDATE ${RECORD} SET subject = 'nobody', hash = decode('${hashOf("5", previous, content)}', 'hex') WHERE sequence = 5`,
    );
    expect(await check()).toEqual([
      "2026-01 6: the row before it (5) is not the one it was written after: replaced",
    ]);
  });
});

test("A7: a tail cut off together with its head is found by a head noted elsewhere, and by that alone", async () => {
  await asSuperuser(
    database.client,
    `DELETE FROM ${RECORD} WHERE sequence > 18;
     UPDATE audit.chain_head SET entries = 8, last_sequence = 18, last_hash = (SELECT hash FROM ${RECORD} WHERE sequence = 18)
     WHERE month = '2026-02-01'`,
  );
  expect(await check()).toEqual([]);
  expect(await check(sound.head)).toEqual(["unknown 20: the row that was noted is not there"]);
});

test("A6: rows are read some at a time, and each once", async () => {
  const recorder = await openAccessRecord({ url: database.url, now: () => new Date("2026-02-16T00:00:00Z") });
  await Promise.all(Array.from({ length: 2_500 }, () => recorder.record(anAccess())));
  await recorder.close();
  const fetched = jest.spyOn(database.client, "query");
  expect(await verifyChain(database.client, () => undefined)).toMatchObject({ rows: 2_520, faults: 0 });
  expect(fetched.mock.calls.filter(([sql]) => String(sql).includes("FROM chain"))).toHaveLength(4);
});

import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "../door.fixture";
import { migrate, openLawEnforcementDatabase } from "../store/database";
import { miniatureOf } from "../store/miniature.fixture";

const DETECTIVE: Who = { agency: "metro-police", roles: ["detective"] };
let place: TestDatabase;
let database: DataSource;
let door: TestDoor;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  const write = miniatureOf(database);
  for (let count = 0; count < 6; count += 1) {
    const { id: incidentId } = await write.incident();
    await write.review({ incidentId });
    const { id: personId } = await write.person();
    await write.proposal({ personId, level: count % 2 ? "A" : "B" });
  }
  // Within one millisecond: what a cursor writes does not tell these apart, ids do.
  for (const [table, column] of [
    ["incident_review", "opened_at"],
    ["level_proposal", "proposed_at"],
  ] as const) {
    await database.query(
      `UPDATE ${table} SET ${column} = timestamptz '2026-03-01T10:00:00Z' + random() * interval '3 milliseconds'`,
    );
  }
  door = await openTestDoor(place.url, new Date());
});
afterAll(async () => {
  await door?.close();
  await database?.destroy();
  await place?.drop();
});

const LISTS = [
  ["incidentReviews", "reviews", "incident_review"],
  ["levelQueue", "proposals", "level_proposal"],
] as const;
interface Page {
  readonly ids: string[];
  readonly endCursor: string | null;
}

async function page(list: string, rows: string, first: number, after: string | null): Promise<Page> {
  const query = `query ($first: Int!, $after: String) {
    ${list}(first: $first, after: $after) { rows: ${rows} { id } endCursor } }`;
  const answer = await door.ask(DETECTIVE, query, { first, after });
  const found = answer.data?.[list] as { rows: { id: string }[]; endCursor: string | null };
  return { ids: found.rows.map(({ id }) => id), endCursor: found.endCursor };
}

test.each(LISTS)(
  "%s, page after page: every row once, and a row deleted meanwhile ends nothing",
  async (list, rows, table) => {
    const all = (await page(list, rows, 200, null)).ids;
    expect(all.length).toBeGreaterThan(3);
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const one: Page = await page(list, rows, 1, after);
      if (one.endCursor === null) break;
      seen.push(...one.ids);
      await database.query(`DELETE FROM ${table} WHERE id = $1`, [one.ids[0]]);
      after = one.endCursor;
    }
    expect(seen).toEqual(all);
  },
);

test.each(LISTS)("%s refuses a cursor that is none of its own", async (list, rows) => {
  const id = "10000000-0000-4000-8000-000000000000";
  const written = (text: string) => Buffer.from(text).toString("base64url");
  for (const after of [
    ...["%%", "", written(id), written(`2026-03-01T10:00:00.000Z ${id} ${id}`)],
    ...[written(`yesterday ${id}`), written(`E 2026-03-01T10:00:00.000Z ${id}`)],
    written("2026-03-01T10:00:00.000Z no-id"),
  ]) {
    const answer = await door.ask(
      DETECTIVE,
      `{ ${list}(after: ${JSON.stringify(after)}) { ${rows} { id } } }`,
    );
    expect(answer.errors?.map((error) => error.extensions.code)).toEqual(["BAD_USER_INPUT"]);
  }
});

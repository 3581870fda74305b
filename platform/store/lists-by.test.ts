import { DataSource, Column, Entity, PrimaryColumn } from "typeorm";
import { testServerUrl } from "../../test/setup/databases";
import { listsBy, onesBy } from "./lists-by";
import { loaderOf } from "./loader";
import { readRows } from "./read-rows";

@Entity("pg_temp.leaf")
class LeafRow {
  @PrimaryColumn("integer")
  id!: number;

  @Column("text", { name: "of_tree" })
  ofTree!: string;

  @Column("date", { name: "fell_on", nullable: true })
  fellOn!: string | null;

  @Column("timestamptz", { name: "seen_at" })
  seenAt!: Date;

  @Column("text", { array: true })
  colours!: string[];

  @Column("jsonb")
  veins!: { readonly many: boolean };

  @Column("bigint")
  cells!: string;

  @Column("text", { select: false })
  secret!: string;
}

let database: DataSource;
beforeAll(async () => {
  const url = await testServerUrl();
  // One connection: the table is this session's own.
  database = await new DataSource({ type: "postgres", url, poolSize: 1, entities: [LeafRow] }).initialize();
  await database.query(`
    CREATE TEMPORARY TABLE leaf (id int, of_tree text, fell_on date, seen_at timestamptz, colours text[], veins jsonb, cells bigint, secret text);
    INSERT INTO leaf VALUES
      (1, 'oak', '2026-03-29', '2026-03-29T01:30:00Z', '{green,"light, brown"}', '{"many":true}', 9007199254740993, 'x'),
      (2, 'elm', NULL, '2026-10-25T00:30:00Z', '{}', '{"many":false}', 1, 'x'),
      (3, 'oak', '1999-12-31', '2026-01-01T00:00:00Z', '{red}', '{"many":false}', 2, 'x')`);
});
afterAll(() => database?.destroy());

const newestFirst = [["seenAt", "DESC"]] as const;

test("rows are what the query builder gives, column by column; what it does not select is not there", async () => {
  const built = await database.getRepository(LeafRow).find({ order: { id: "ASC" } });
  const where = { sql: "true", parameters: {} };
  const read = await readRows(database.manager, LeafRow, { where, order: [["id", "ASC"]] });
  expect(read).toStrictEqual(built);
  expect(read[0]).toMatchObject({ cells: "9007199254740993", fellOn: "2026-03-29" });
  expect(read[0]).not.toHaveProperty("secret");
});

test("each id has its own rows, in their order; one without rows has none", async () => {
  const lists = await listsBy(database.manager, LeafRow, "ofTree", ["elm", "none", "oak"], newestFirst);
  expect(lists.map((rows) => rows.map(({ id }) => id))).toEqual([[2], [], [1, 3]]);
});

test("a condition holds for every row, with its parameters, each under its name", async () => {
  const also = {
    sql: "row.cells > :least::bigint OR row.id = :id OR row.id = :id",
    parameters: { id: 3, least: "8" },
  };
  const ones = await onesBy(database.manager, LeafRow, "ofTree", ["oak", "elm"], {
    ...also,
    sql: `(${also.sql}) AND row.id <> :id`,
  });
  expect(ones.map((row) => row?.id ?? null)).toEqual([1, null]);
  const [oaks, elms] = await listsBy(database.manager, LeafRow, "ofTree", ["oak", "elm"], newestFirst, also);
  expect([oaks, elms].map((rows) => rows?.map(({ id }) => id))).toEqual([[1, 3], []]);
});

test("the same text is asked with other values", async () => {
  const asked = async (id: number) => {
    const [rows] = await listsBy(database.manager, LeafRow, "ofTree", ["oak"], [], {
      sql: "row.id = :id",
      parameters: { id },
    });
    return rows!.map((row) => row.id);
  };
  expect([await asked(1), await asked(3), await asked(2)]).toEqual([[1], [3], []]);
});

test("of the rows with one value the first alone", async () => {
  const rows = await readRows(database.manager, LeafRow, {
    where: { sql: "true", parameters: {} },
    firstOfEach: "ofTree",
    order: [
      ["ofTree", "ASC"],
      ["seenAt", "DESC"],
    ],
  });
  expect(rows.map(({ id }) => id)).toEqual([2, 1]);
});

test("a parameter that is not given is no null", async () => {
  const where = { sql: "row.id = :id", parameters: {} };
  await expect(readRows(database.manager, LeafRow, { where })).rejects.toThrow("parameter id is not given");
});

test("all keys of a moment are read in one statement", async () => {
  const loader = loaderOf(database, LeafRow, "ofTree", newestFirst);
  const statements = jest.spyOn(database.manager, "query");
  const found = await Promise.all(["oak", "elm", "none", "oak"].map((key) => loader.load(key)));
  expect(found.map((rows) => rows.map(({ id }) => id))).toEqual([[1, 3], [2], [], [1, 3]]);
  expect(statements).toHaveBeenCalledTimes(1);
  statements.mockRestore();
});

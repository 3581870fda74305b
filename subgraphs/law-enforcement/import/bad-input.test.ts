import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { migrate } from "../store/database";
import { ImportError } from "./import-error";
import { importNibrs } from "./import-nibrs";
import { type Extract, fileText, madeUpExtract, writeExtract } from "./made-up-extract.fixture";
import type { ImportReport } from "./settle-import";

let place: TestDatabase;
let client: Client;
let folder: string;
let rejectsFile: string;

beforeEach(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  client = new Client({ connectionString: place.url });
  await client.connect();
  folder = await writeExtract(madeUpExtract());
  rejectsFile = join(folder, "rejects.csv");
});

afterEach(async () => {
  await client.end();
  await place.drop();
  await rm(folder, { recursive: true, force: true });
});

function run(from = folder): Promise<ImportReport> {
  return importNibrs({ databaseUrl: place.url, folder: from, rejectsFile });
}

async function incidents(): Promise<string[]> {
  const { rows } = await client.query<{ source_key: string }>("SELECT source_key FROM incident ORDER BY 1");
  return rows.map((row) => row.source_key);
}

async function write(name: string, edit: (table: Extract[string]) => Extract[string]): Promise<void> {
  const table = madeUpExtract()[name];
  if (table === undefined) throw new Error(`${name} is no file of the made-up extract`);
  await writeFile(join(folder, `${name}.csv`), fileText(edit(table), "2018"));
}

describe("an extract that cannot be used as a whole writes nothing", () => {
  const cut = async (name: string, bytes: number) => {
    const path = join(folder, name);
    await truncate(path, (await stat(path)).size - bytes);
  };
  test.each<[string, () => Promise<unknown>, string, RegExp]>([
    [
      "a missing file",
      () => rm(join(folder, "NIBRS_WEAPON.csv")),
      "FILE_MISSING",
      /lacks nibrs_weapon\.csv of the extract/,
    ],
    [
      "two files of one name",
      () => writeFile(join(folder, "nibrs_weapon.CSV"), ""),
      "FILE_AMBIGUOUS",
      /NIBRS_WEAPON\.csv and nibrs_weapon\.CSV/,
    ],
    [
      "an empty file",
      () => writeFile(join(folder, "NIBRS_VICTIM.csv"), ""),
      "FILE_EMPTY",
      /^NIBRS_VICTIM\.csv: the file is empty/,
    ],
    [
      "a wrong header",
      () => write("NIBRS_VICTIM", ({ columns, rows }) => ({ columns: columns.with(1, "VICTIM"), rows })),
      "COLUMN_MISSING",
      /^NIBRS_VICTIM\.csv, line 1: the header lacks the column victim_id$/,
    ],
    [
      "a column twice",
      () => write("NIBRS_VICTIM", ({ columns, rows }) => ({ columns: columns.with(0, "VICTIM_ID"), rows })),
      "COLUMN_TWICE",
      /^NIBRS_VICTIM\.csv, line 1: the header has the column victim_id twice$/,
    ],
    [
      "bytes that are not UTF-8",
      () =>
        appendFile(join(folder, "NIBRS_OFFENDER.csv"), Buffer.from('2019,906,7004,1,,"\xe9"\n', "latin1")),
      "NOT_UTF8",
      /^NIBRS_OFFENDER\.csv, line 7: holds bytes that are not UTF-8/,
    ],
    [
      "a file cut in the middle of its last line",
      () => cut("NIBRS_VICTIM_OFFENDER_REL.csv", 6),
      "FILE_CUT",
      /^NIBRS_VICTIM_OFFENDER_REL\.csv, line 7: .*cut off/,
    ],
    [
      "a file cut inside its last value",
      () => cut("NIBRS_VICTIM_OFFENDER_REL.csv", 1),
      "FILE_CUT",
      /^NIBRS_VICTIM_OFFENDER_REL\.csv, line 7: .*cut off/,
    ],
    [
      "a file cut inside quotes",
      () => cut("NIBRS_OFFENSE.csv", 7).then(() => appendFile(join(folder, "NIBRS_OFFENSE.csv"), '"C\n20\n')),
      "QUOTE_OPEN",
      /^NIBRS_OFFENSE\.csv, line 5: a quote is opened here and never closed/,
    ],
    [
      "a broken lookup",
      () => appendFile(join(folder, "NIBRS_RELATIONSHIP.csv"), "30\n"),
      "LOOKUP_BROKEN",
      /^NIBRS_RELATIONSHIP\.csv, line 8: has 1 columns where the header has 2/,
    ],
  ])("%s", async (_, spoil, code, message) => {
    await spoil();
    const failure: unknown = await run().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ImportError);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) as string });
    const { rows } = await client.query(
      `SELECT (SELECT count(*) FROM incident)::int AS incidents, (SELECT count(*) FROM reporting_agency)::int AS agencies,
         to_regnamespace('import_staging') AS staging`,
    );
    expect(rows).toEqual([{ incidents: 0, agencies: 0, staging: null }]);
    await expect(readFile(rejectsFile)).rejects.toThrow("ENOENT");
  });

  test("an empty folder, and one that is not there", async () => {
    const empty = await mkdtemp(join(tmpdir(), "extract-"));
    await expect(run(empty)).rejects.toThrow(/holds no file of an FBI NIBRS extract/);
    await rm(empty, { recursive: true });
    await expect(run(empty)).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});

describe("a row that cannot be taken refuses its incident and no other", () => {
  const row = (text: string) => text.split(" ").map((value) => (value === "-" ? "" : value));
  const swap = (from: string, to: string) => (table: Extract[string]) => ({
    ...table,
    rows: table.rows.map((one) => (one.join(" ") === row(from).join(" ") ? row(to) : one)),
  });
  const add =
    (...more: string[]) =>
    (table: Extract[string]) => ({
      ...table,
      rows: [...table.rows, ...more.map(row)],
    });
  const without = (from: string) => (table: Extract[string]) => ({
    ...table,
    rows: table.rows.filter((one) => one.join(" ") !== row(from).join(" ")),
  });

  test.each<[string, string, (table: Extract[string]) => Extract[string], string[], string[]]>([
    ["a bad date", "NIBRS_incident", swap("2019 11 7001 2019-03-13 - 22 6", "2019 11 7001 31-FEB-19 - 22 6"),
      ["7001"], ['"NIBRS_incident.csv","2","INCIDENT_DATE is no date: ""31-FEB-19""","2019,11,7001,""31-FEB-19"",,22,6"']],
    ["too few columns", "NIBRS_VICTIM", swap("2019 601 7001 1 4 29 F", "2019 601 7001 1 4"),
      ["7001"], ['"NIBRS_VICTIM.csv","2","has 5 columns where the header has 7","2019,601,7001,1,4"']],
    ["an unknown code", "NIBRS_WEAPON", swap("2019 9 801 1", "2019 77 801 1"),
      ["7001"], ['"NIBRS_WEAPON.csv","2","WEAPON_ID is not known: ""77""","2019,77,801,1"']],
    ["a code the domain does not know", "NIBRS_VICTIM_OFFENDER_REL", swap("2019 601 901 3 1", "2019 601 901 9 1"),
      ["7001"], ['"NIBRS_VICTIM_OFFENDER_REL.csv","2","RELATIONSHIP_ID is not known: ""9""","2019,601,901,9,1"']],
    ["an unknown agency", "NIBRS_incident", swap("2019 12 7003 2019-12-31 R - 4", "2019 13 7003 2019-12-31 R - 4"),
      ["7003"], ['"NIBRS_incident.csv","4","AGENCY_ID is not known: ""13""","2019,13,7003,31-DEC-19,""R"",,4"']],
    ["an age no one has", "NIBRS_OFFENDER", swap("2019 904 7003 1 - U", "2019 904 7003 1 190 U"),
      ["7003"], ['"NIBRS_OFFENDER.csv","5","AGE_NUM is no number from 0 to 120: ""190""","2019,904,7003,1,190,""U"""']],
    ["a link to nobody", "NIBRS_VICTIM_OFFENDER_REL", swap("2019 604 904 18 6", "2019 604 999 18 6"),
      ["7003"], ['"NIBRS_VICTIM_OFFENDER_REL.csv","7","OFFENDER_ID 999 is not in NIBRS_OFFENDER.csv","2019,604,999,18,6"']],
    ["a part of no incident", "NIBRS_ARRESTEE", add("2019 502 7999 2019-03-14 1 27 31 M"),
      [], ['"NIBRS_ARRESTEE.csv","3","INCIDENT_ID 7999 is not in NIBRS_incident.csv","2019,502,7999,14-MAR-19,1,27,31,""M"""']],
    ["a link across two incidents", "NIBRS_VICTIM_OFFENSE", add("2019 601 803"),
      ["7001", "7003"], ['"NIBRS_VICTIM_OFFENSE.csv","7","VICTIM_ID 601 and OFFENSE_ID 803 are of two incidents","2019,601,803"']],
    ["an incident twice", "NIBRS_incident", add("2019 11 7001 2019-03-14 - 1 6"),
      ["7001"], ['"NIBRS_incident.csv","6","INCIDENT_ID 7001 stands on line 2 already","2019,11,7001,14-MAR-19,,1,6"']],
    ["a victim twice", "NIBRS_VICTIM", add("2019 601 7004 2 4 29 F"),
      ["7001", "7004"], ['"NIBRS_VICTIM.csv","7","VICTIM_ID 601 stands on line 2 already","2019,601,7004,2,4,29,""F"""']],
    ["a pair twice", "NIBRS_VICTIM_OFFENDER_REL", add("2019 601 901 1 7"),
      ["7001"], ['"NIBRS_VICTIM_OFFENDER_REL.csv","8","VICTIM_ID 601 with 901 stands on line 2 already","2019,601,901,1,7"']],
    ["a weapon twice", "NIBRS_WEAPON", add("2019 9 801 3"),
      ["7001"], ['"NIBRS_WEAPON.csv","4","OFFENSE_ID 801 with 20 stands on line 2 already","2019,9,801,3"']],
    ["a victim gone whose links are there", "NIBRS_VICTIM", without("2019 604 7003 1 4 19 F"),
      ["7003"], ['"NIBRS_VICTIM_OFFENDER_REL.csv","7","VICTIM_ID 604 is not in NIBRS_VICTIM.csv","2019,604,904,18,6"',
        '"NIBRS_VICTIM_OFFENSE.csv","5","VICTIM_ID 604 is not in NIBRS_VICTIM.csv","2019,604,803"']],
  ])("%s", async (_, file, edit, refused, rejects) => {
    await write(file, edit);
    const report = await run();
    const taken = ["7001", "7002", "7003", "7004"].filter((key) => !refused.includes(key));
    expect(await incidents()).toEqual(taken);
    expect(report).toMatchObject({ inserted: taken.length, refused: refused.length, rejectedRows: rejects.length });
    const [header, ...lines] = (await readFile(rejectsFile, "utf8")).trimEnd().split("\n");
    expect(header).toBe("file,line,reason,row");
    expect(lines).toEqual(rejects);
  }); // prettier-ignore

  test("a broken quote loses one line", async () => {
    await appendFile(join(folder, "NIBRS_OFFENDER.csv"), '2019,"906"x,7004,1,,M\n2019,907,7003,2,22,"M"\n');
    expect(await run()).toMatchObject({ inserted: 3, refused: 1, rejectedRows: 1 });
    expect(await incidents()).toEqual(["7001", "7002", "7003"]);
    const { rows } = await client.query("SELECT age FROM incident_subject WHERE source_key = '907'");
    expect(rows).toEqual([{ age: 22 }]);
  });

  test("a refused incident that is in the hub already stays as it was", async () => {
    await run();
    await write("NIBRS_incident", swap("2019 11 7001 2019-03-13 - 22 6", "2019 11 7001 - - 22 6"));
    expect(await run()).toMatchObject({ inserted: 0, updated: 0, unchanged: 3, refused: 1, rejectedRows: 1 });
    expect(await incidents()).toEqual(["7001", "7002", "7003", "7004"]);
  });

  test("more than ten offenders of one victim", async () => {
    const numbers = Array.from({ length: 10 }, (_, at) => String(910 + at));
    await write("NIBRS_OFFENDER", add(...numbers.map((id) => `2019 ${id} 7001 2 31 M`)));
    await write("NIBRS_VICTIM_OFFENDER_REL", add(...numbers.map((id) => `2019 601 ${id} 1 1`)));
    expect(await run()).toMatchObject({ inserted: 3, refused: 1, rejectedRows: 1 });
    expect(await readFile(rejectsFile, "utf8")).toContain("VICTIM_ID 601 has more than 10 offenders");
  });

  test("the rejects file is for its owner, and never written over: then nothing is imported", async () => {
    await write("NIBRS_WEAPON", swap("2019 9 801 1", "2019 77 801 1"));
    await run();
    expect((await stat(rejectsFile)).mode & 0o777).toBe(0o600);
    await client.query("TRUNCATE incident CASCADE");
    await expect(run()).rejects.toMatchObject({ code: "REJECTS_UNWRITABLE" });
    expect(await incidents()).toEqual([]);
  });
});

describe("a database that does not play along", () => {
  test("fails in the middle: whole incidents are there or are not, and a second import finishes", async () => {
    await client.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk on fire'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON arrest FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const options = { databaseUrl: place.url, folder, rejectsFile, batchSize: 1 };
    await expect(importNibrs(options)).rejects.toMatchObject({ code: "DATABASE", message: /disk on fire/ });
    const { rows } = await client.query(
      "SELECT count(*)::int AS parts FROM offence o WHERE NOT EXISTS (SELECT FROM incident i WHERE i.id = o.incident_id)",
    );
    expect(rows).toEqual([{ parts: 0 }]);
    expect(await incidents()).not.toContain("7001");
    await client.query("DROP TRIGGER refuse ON arrest");
    await importNibrs(options);
    expect(await incidents()).toEqual(["7001", "7002", "7003", "7004"]);
  });

  test("has no tables yet", async () => {
    const bare = await createTestDatabase({ key: "bare" });
    const options = { databaseUrl: bare.url, folder, rejectsFile };
    await expect(importNibrs(options)).rejects.toThrow(/has no tables yet/);
    await bare.drop();
  });

  test("is being imported into already", async () => {
    let second: unknown;
    const options = { databaseUrl: place.url, folder, rejectsFile };
    await importNibrs({
      ...options,
      onProgress: () => {
        second ??= importNibrs(options).catch((error: unknown) => error);
      },
    });
    expect(await second).toMatchObject({ code: "ALREADY_RUNNING" });
  });
});

import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { Client } from "pg";
import { madeUpExtract, writeExtract } from "../../subgraphs/law-enforcement/import/made-up-extract.fixture";
import { migrate } from "../../subgraphs/law-enforcement/store/database";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { registerImport } from "./import";

let place: TestDatabase;
let folder: string;
const said: string[] = [];
const complained: string[] = [];

beforeEach(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  folder = await writeExtract(madeUpExtract());
  jest.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  jest.spyOn(console, "error").mockImplementation((line: string) => void complained.push(line));
});

afterEach(async () => {
  jest.restoreAllMocks();
  said.length = complained.length = 0;
  process.exitCode = undefined;
  delete process.env.LAW_ENFORCEMENT_DATABASE_URL;
  await place.drop();
  await rm(folder, { recursive: true, force: true });
});

async function hub(...args: string[]): Promise<void> {
  const program = new Command("hub").exitOverride();
  registerImport(program, { databaseUrl: (work) => work(place.url) });
  await program.parseAsync(["import", ...args, "--rejects", join(folder, "rejects.csv")], { from: "user" });
}

test("import nibrs says what it did", async () => {
  await hub("nibrs", folder);
  expect(said.join("\n").replace(/in \d+\.\d s/, "in 0.1 s")).toBe(
    [
      "4 incidents in 0.1 s: 4 new, 0 changed, 0 as they were; 0 refused.",
      "Intimate partners: 2 incidents (3 pairs, 3 victims), 1 of them with an arrest.",
      "Dual-party: 2 of 2 victims who were offenders too are intimate partners, in 1 incidents; each goes to review.",
      "Relationship unknown in 1 incidents; each goes to review.",
    ].join("\n"),
  );
  expect(complained).toEqual([]);
  expect(process.exitCode).toBeUndefined();
});

test("a refused row ends with exit code 1, and what was good is there", async () => {
  await appendFile(join(folder, "NIBRS_ARRESTEE.csv"), "2019,502,7002,2019-13-14,1,27,31,M\n");
  await hub("nibrs", folder);
  expect(said[0]).toContain("3 new, 0 changed, 0 as they were; 1 refused.");
  expect(complained).toEqual([
    `Refused rows: 1, and their incidents with them; see ${join(folder, "rejects.csv")}`,
  ]);
  expect(process.exitCode).toBe(1);
  expect(await readFile(join(folder, "rejects.csv"), "utf8")).toContain(
    'ARREST_DATE is no date: ""2019-13-14""',
  );
});

test("an extract that cannot be used fails with file, line and reason", async () => {
  await writeFile(join(folder, "NIBRS_WEAPON.csv"), "WEAPON_ID\n");
  await expect(hub("nibrs", folder)).rejects.toThrow(
    "NIBRS_WEAPON.csv, line 1: the header lacks the column offense_id",
  );
});

test("import rms goes to the database of the environment, makes its tables, and has levels proposed", async () => {
  const bare = await createTestDatabase({ key: "bare" });
  process.env.LAW_ENFORCEMENT_DATABASE_URL = bare.url;
  const file = join(folder, "rms.csv");
  const columns =
    "incident_number,incident_date,offence_code,person_number,person_family_name,person_given_name,victim_number," +
    "victim_family_name,victim_given_name,relationship_code,arrest_date,charge_date";
  const row = "M-1,2024-03-01,13B,P1,Ode,Alan,V1,Nim,Bea,BG,2024-03-01,2024-03-02";
  await writeFile(file, `${columns}\n${row}\n`);
  await hub("rms", file);
  expect(said.join("\n")).toContain("Levels: 1 persons looked at, 1 new proposals await confirmation.");
  const client = new Client({ connectionString: bare.url });
  await client.connect();
  const { rows } = await client.query("SELECT level FROM level_proposal");
  await client.end();
  await bare.drop();
  expect(rows).toEqual([{ level: "C" }]);
});

test.each(["nibrs", "rms"])("import %s says whose database does not answer", async (kind) => {
  process.env.LAW_ENFORCEMENT_DATABASE_URL = "postgres://nobody@127.0.0.1:1/none";
  await expect(hub(kind, folder)).rejects.toThrow(
    /^The database of law-enforcement could not be brought up to date: connect ECONNREFUSED 127\.0\.0\.1:1$/,
  );
});

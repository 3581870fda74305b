import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { migrate } from "../store/database";
import { hubContents, rowVersions } from "./hub-contents.fixture";
import { importRms, type RmsReport } from "./import-rms";
import type { RmsColumnName } from "./rms-columns";

let place: TestDatabase;
let client: Client;
let folder: string;
let run = 0;

beforeEach(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  client = new Client({ connectionString: place.url });
  await client.connect();
  folder = await mkdtemp(join(tmpdir(), "rms-"));
});

afterEach(async () => {
  await client.end();
  await place.drop();
  await rm(folder, { recursive: true, force: true });
});

type Row = Partial<Record<RmsColumnName, string>>;

/** A made-up fact: Alan Ode hit Bea Nim, his girlfriend, and was arrested and charged. */
const fact: Row = {
  incident_number: "M-1", incident_date: "2024-03-01", incident_hour: "21", agency_ori: "ZZ0010000",
  agency_name: "Millbrook PD", narrative: "He said, \"no\",\nand left.", offence_code: "13B", order_violation: "N",
  weapon_codes: "40", person_number: "P1", person_family_name: "Ode", person_given_name: "Alan",
  person_aliases: "Al; Ally", person_date_of_birth: "1990-03-02", person_sex: "M", victim_number: "V1",
  victim_family_name: "Nim", victim_given_name: "Bea", victim_date_of_birth: "1992-01-01", victim_sex: "F",
  victim_address: "1 Elm", victim_address_is_substitute: "N", injury_codes: "M", relationship_code: "BG",
  hub_relationship: "", arrest_date: "2024-03-02", arrest_type: "O", charge_date: "2024-03-05", disposition: "",
  disposition_date: "",
}; // prettier-ignore

/** A second offence of the same incident, an incident between two who hit each other, and one with a stranger. */
const facts: Row[] = [
  fact,
  { ...fact, offence_code: "13C", weapon_codes: "", charge_date: "", arrest_date: "", arrest_type: "" },
  {
    ...fact, incident_number: "M-2", incident_date: "2024-06-01", order_violation: "Y", offence_code: "90Z",
    charge_date: "2024-06-02", disposition: "convicted", disposition_date: "2024-09-01", weapon_codes: "",
    person_family_name: "Ode-Nim", victim_number: "", victim_family_name: "", victim_given_name: "",
    victim_date_of_birth: "", victim_sex: "", victim_address: "", injury_codes: "", relationship_code: "",
  },
  {
    ...fact, incident_number: "M-3", incident_date: "2024-07-01", person_number: "P2", person_family_name: "Sol",
    person_given_name: "Cy", person_date_of_birth: "", relationship_code: "OK", hub_relationship: "child-in-common",
  },
  { ...fact, incident_number: "M-4", person_number: "P3", person_given_name: "Dee", relationship_code: "SE" },
  { ...fact, incident_number: "M-4", person_number: "P4", person_given_name: "Eve", relationship_code: "VO" },
]; // prettier-ignore

const cell = (value = "") => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

async function write(rows: readonly Row[], columns = Object.keys(fact) as RmsColumnName[]): Promise<string> {
  const file = join(folder, `rms-${(run += 1)}.csv`);
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(","));
  await writeFile(file, [columns.join(","), ...lines].map((line) => `${line}\r\n`).join(""));
  return file;
}

async function importRows(rows: readonly Row[], columns?: RmsColumnName[]): Promise<RmsReport> {
  const file = await write(rows, columns);
  return importRms({ databaseUrl: place.url, file, rejectsFile: `${file}.rejects` });
}

const query = async (text: string) => (await client.query<Record<string, unknown>>(text)).rows;

test("persons and victims by their numbers, with what the latest incident says of them", async () => {
  const report = await importRows(facts);
  expect(report).toMatchObject({ inserted: 4, refused: 0, rejectedRows: 0 });
  expect(await query("SELECT source_key, family_name, given_name, aliases, date_of_birth::text, sex FROM person ORDER BY 1")).toEqual([
    { source_key: "P1", family_name: "Ode-Nim", given_name: "Alan", aliases: ["Al", "Ally"], date_of_birth: "1990-03-02", sex: "M" },
    { source_key: "P2", family_name: "Sol", given_name: "Cy", aliases: ["Al", "Ally"], date_of_birth: null, sex: "M" },
    { source_key: "P3", family_name: "Ode", given_name: "Dee", aliases: ["Al", "Ally"], date_of_birth: "1990-03-02", sex: "M" },
    { source_key: "P4", family_name: "Ode", given_name: "Eve", aliases: ["Al", "Ally"], date_of_birth: "1990-03-02", sex: "M" },
  ]); // prettier-ignore
  expect(await query("SELECT source_key, family_name, address FROM victim")).toEqual([
    { source_key: "V1", family_name: "Nim", address: "1 Elm" },
  ]);
  const touched = await query("SELECT id FROM person");
  expect([...report.touchedPersonIds].sort()).toEqual(touched.map(({ id }) => id).sort());
});

test("E14: an arrest is told of once, when it is first recorded; an old one as historic", async () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const told = () =>
    query(`SELECT e.topic, e.facts->>'change' AS change, a.source_key, e.historic, e.occurred_at = a.arrested_on AS same_day
      FROM outbox.event e JOIN arrest a ON a.id = (e.facts->>'arrestId')::uuid AND a.person_id = e.key ORDER BY 3`);
  await client.query("SET TimeZone = 'UTC'");
  const recent = {
    ...fact,
    incident_number: "M-9",
    incident_date: yesterday,
    arrest_date: yesterday,
    charge_date: "",
  };
  await importRows([fact, recent]);
  const both = [
    { topic: "arrest", change: "recorded", source_key: "M-1/P1/2024-03-02", historic: true, same_day: true },
    {
      topic: "arrest",
      change: "recorded",
      source_key: `M-9/P1/${yesterday}`,
      historic: false,
      same_day: true,
    },
  ];
  expect(await told()).toEqual(both);
  await importRows([{ ...fact, narrative: "He left." }, recent]);
  expect(await told()).toEqual(both);
});

test("incidents with parts, subjects resolved, the age on the day", async () => {
  await importRows(facts);
  const hub = await hubContents(client);
  expect(hub.incident.map((row) => [row.source_key, row.intimate_partner, row.dual_party])).toEqual([
    ["M-1", true, false],
    ["M-2", false, false],
    ["M-3", true, false],
    ["M-4", true, true],
  ]);
  expect(hub.offence.map((row) => [row.source_key, row.order_violation])).toEqual([
    ["M-1/13B", false],
    ["M-1/13C", false],
    ["M-2/90Z", true],
    ["M-3/13B", false],
    ["M-4/13B", false],
  ]);
  expect(hub.subject[0]).toMatchObject({ incident: "M-1", source_key: "M-1/P1", age: 33, sex: "M" });
  expect(hub.subject.every((row) => row.person_id !== null)).toBe(true);
  expect(hub.relationship).toContainEqual({
    victim: "M-3/V1", subject: "M-3/P2", code: "OK", stated: "child-in-common", class: "intimate-partner",
  }); // prettier-ignore
  expect(hub.arrest[0]).toMatchObject({
    incident: "M-1",
    source_key: "M-1/P1/2024-03-02",
    arrested_on: "2024-03-02",
  });
  expect(hub.review).toEqual([{ incident: "M-4", kind: "dual-party", resolved_by: null }]);
  expect(await query("SELECT narrative FROM incident WHERE source_key = 'M-1'")).toEqual([
    { narrative: fact.narrative },
  ]);
});

test("charges by offence and tie, and a case for every pair of partners", async () => {
  await importRows(facts);
  const charges = await query(
    `SELECT c.source_key, p.source_key AS person, c.offence_code, c.ipv, c.weapon_codes, c.filed_on::text, c.disposition
     FROM charge c JOIN person p ON p.id = c.person_id ORDER BY 1`,
  );
  expect(charges).toEqual([
    { source_key: "M-1/13B/P1", person: "P1", offence_code: "13B", ipv: true, weapon_codes: ["40"], filed_on: "2024-03-05", disposition: "pending" },
    { source_key: "M-2/90Z/P1", person: "P1", offence_code: "90Z", ipv: false, weapon_codes: [], filed_on: "2024-06-02", disposition: "convicted" },
    { source_key: "M-3/13B/P2", person: "P2", offence_code: "13B", ipv: true, weapon_codes: ["40"], filed_on: "2024-03-05", disposition: "pending" },
    { source_key: "M-4/13B/P3", person: "P3", offence_code: "13B", ipv: true, weapon_codes: ["40"], filed_on: "2024-03-05", disposition: "pending" },
    { source_key: "M-4/13B/P4", person: "P4", offence_code: "13B", ipv: false, weapon_codes: ["40"], filed_on: "2024-03-05", disposition: "pending" },
  ]); // prettier-ignore
  const cases = await query(
    `SELECT p.source_key AS person, v.source_key AS victim FROM case_file c JOIN person p ON p.id = c.person_id
     JOIN victim v ON v.id = c.victim_id ORDER BY 1`,
  );
  expect(cases).toEqual(["P1", "P2", "P3"].map((person) => ({ person, victim: "V1" })));
});

test("a second import writes no row and touches nobody", async () => {
  await importRows(facts);
  const before = await rowVersions(client);
  expect(await importRows(facts)).toMatchObject({
    inserted: 0,
    updated: 0,
    unchanged: 4,
    touchedPersonIds: [],
  });
  expect(await rowVersions(client)).toEqual(before);
});

test("a changed row updates its incident, its charge and its person, and touches him alone", async () => {
  await importRows(facts);
  const others = () => query("SELECT xmin, * FROM incident WHERE source_key <> 'M-3' ORDER BY source_key");
  const untouched = await others();
  const now = facts.map((row) =>
    row.incident_number === "M-3"
      ? { ...row, disposition: "dismissed", disposition_date: "2024-12-01", person_given_name: "Cyrus" }
      : row,
  );
  const report = await importRows(now);
  expect(report).toMatchObject({ inserted: 0, updated: 1, unchanged: 3 });
  expect(await others()).toEqual(untouched);
  expect(
    await query(`SELECT disposition, disposition_on::text FROM charge WHERE source_key LIKE 'M-3%'`),
  ).toEqual([{ disposition: "dismissed", disposition_on: "2024-12-01" }]);
  const [person] = await query("SELECT id, given_name FROM person WHERE source_key = 'P2'");
  expect(person?.given_name).toBe("Cyrus");
  expect(report.touchedPersonIds).toEqual([person?.id]);
});

test("a batch that spans an unchanged incident does not touch its person", async () => {
  await importRows(facts);
  const now = facts.map((row) =>
    ["M-1", "M-4"].includes(row.incident_number ?? "") ? { ...row, incident_hour: "20" } : row,
  );
  const report = await importRows(now);
  expect(report).toMatchObject({ updated: 2, unchanged: 2 });
  const touched = await query("SELECT id FROM person WHERE source_key <> 'P2'");
  expect([...report.touchedPersonIds].sort()).toEqual(touched.map(({ id }) => id).sort());
});

test("a charge the source no longer has goes, and silence does not empty what is known", async () => {
  await importRows(facts);
  const quiet = {
    ...fact,
    charge_date: "",
    arrest_date: "",
    arrest_type: "",
    person_aliases: "",
    victim_address: "",
    person_sex: "",
  };
  await importRows([quiet]);
  expect(await query("SELECT FROM charge WHERE source_key LIKE 'M-1%'")).toEqual([]);
  expect(await query("SELECT aliases, sex FROM person WHERE source_key = 'P1'")).toEqual([
    { aliases: ["Al", "Ally"], sex: "M" },
  ]);
  expect(await query("SELECT address FROM victim")).toEqual([{ address: "1 Elm" }]);
});

test("a real address never takes the place of a confidentiality programme's", async () => {
  await importRows([{ ...fact, victim_address: "PO Box 9", victim_address_is_substitute: "Y" }]);
  await importRows([{ ...fact, victim_address: "7 Real Street" }]);
  expect(await query("SELECT address, address_is_substitute FROM victim")).toEqual([
    { address: "PO Box 9", address_is_substitute: true },
  ]);
});

test("the required columns are enough, in any order and case", async () => {
  const columns: RmsColumnName[] = [
    "relationship_code", "victim_given_name", "victim_family_name", "victim_number", "person_given_name",
    "person_family_name", "person_number", "offence_code", "incident_date", "incident_number",
  ]; // prettier-ignore
  const file = await write([fact], columns);
  await writeFile(file, (await readFile(file, "utf8")).replace("relationship_code", "Relationship_CODE"));
  const report = await importRms({ databaseUrl: place.url, file, rejectsFile: `${file}.rejects` });
  expect(report).toMatchObject({ inserted: 1, rejectedRows: 0 });
});

test.each<[string, Row, string]>([
  ["a bad date", { incident_date: "01.03.2024" }, 'incident_date is no date: "01.03.2024"'],
  ["no person", { person_number: "" }, "person_number is empty"],
  ["an unknown offence", { offence_code: "99X" }, 'offence_code is not known: "99X"'],
  ["an unknown weapon", { weapon_codes: "40;41" }, 'weapon_codes is not known: "41"'],
  ["an unknown relationship", { relationship_code: "ZZ" }, 'relationship_code is not known: "ZZ"'],
  ["an unknown word of the hub's", { hub_relationship: "pals" }, 'hub_relationship is not known: "pals"'],
  ["a tie to nobody", { victim_number: "" }, "victim_family_name is given, and victim_number is empty"],
  ["an arrest without a day", { arrest_date: "" }, "arrest_date is empty, and an arrest is given"],
  ["a disposition without a day", { disposition: "convicted" }, "disposition is convicted, and disposition_date is empty"],
  ["born after it happened", { person_date_of_birth: "2024-03-02" }, "person_date_of_birth gives an age of -1 on the day of the incident"],
  ["an ORI too short", { agency_ori: "ZZ1" }, 'agency_ori is no ORI of 9 letters and digits: "ZZ1"'],
  ["another day for the same incident", { incident_date: "2024-03-03" }, "incident M-1 is another one on line 2"],
  ["another birthday for the same person", { incident_number: "M-9", person_date_of_birth: "1991-03-02" }, "date of birth of person P1 is another one on line 2"],
  ["another tie for the same pair", { relationship_code: "AQ" }, "relationship M-1 with V1 with P1 is another one on line 2"],
  ["another charge under the same key", { charge_date: "2024-03-06" }, "charge M-1/13B/P1 is another one on line 2"],
])("a row with %s refuses its incidents", async (_, wrong, reason) => {
  const good = { ...fact, incident_number: "M-7", person_number: "P7", victim_number: "V7" };
  const file = await write([fact, { ...fact, ...wrong }, good]);
  const report = await importRms({ databaseUrl: place.url, file, rejectsFile: `${file}.rejects` });
  expect(report).toMatchObject({ inserted: 1, rejectedRows: 1 });
  expect(await query("SELECT source_key FROM incident")).toEqual([{ source_key: "M-7" }]);
  expect(await query("SELECT source_key FROM person")).toEqual([{ source_key: "P7" }]);
  const rejects = await readFile(`${file}.rejects`, "utf8");
  // The narrative of line 2 has a line break.
  expect(rejects).toContain(`rms-${run}.csv","4","${reason.replaceAll('"', '""')}","M-`);
}); // prettier-ignore

test("a file as a whole that cannot be used", async () => {
  const missing = await write([fact], ["incident_number", "incident_date"]);
  const options = (file: string) => ({ databaseUrl: place.url, file, rejectsFile: `${file}.rejects` });
  await expect(importRms(options(missing))).rejects.toThrow(
    /rms-\d+\.csv, line 1: the header lacks the columns offence_code, person_number, .*relationship_code$/,
  );
  await expect(importRms(options(join(folder, "none.csv")))).rejects.toThrow(
    /none\.csv: cannot be read \(ENOENT\)/,
  );
  const cut = await write([fact]);
  await writeFile(cut, (await readFile(cut, "utf8")).slice(0, -4));
  await expect(importRms(options(cut))).rejects.toMatchObject({ code: "FILE_CUT", line: 2 });
  expect(await query("SELECT FROM person")).toEqual([]);
});

test("L93: what a court had sealed is not taken in again, and what is left of the extract is", async () => {
  const later = { ...fact, incident_number: "M-7", incident_date: "2024-08-01" };
  await importRows([fact, later]);
  await client.query(`
    WITH ordered AS (
      INSERT INTO expungement (court, order_number, ordered_on, recorded_by, recorded_at)
      VALUES ('c', '1', '2024-09-01', 'cora@metro-police', now()) RETURNING id),
    sealed AS (
      INSERT INTO expunged_source SELECT sha256(convert_to(jsonb_build_array('incident', source, source_key)::text, 'UTF8')), ordered.id
      FROM incident, ordered WHERE source_key = 'M-1'),
    gone AS (DELETE FROM charge USING incident WHERE incident.id = incident_id AND incident.source_key = 'M-1')
    DELETE FROM incident WHERE source_key = 'M-1'`);
  for (const narrative of ["He said no.", "He came back."]) {
    await importRows([
      { ...fact, narrative },
      { ...later, narrative },
    ]);
    expect(await query("SELECT source_key, narrative FROM incident")).toEqual([
      { source_key: "M-7", narrative },
    ]);
    for (const table of ["arrest", "charge"]) expect(await query(`SELECT FROM ${table}`)).toHaveLength(1);
  }
});

test("L47: who was taken off an incident by a correction is not put on it again, and his other incidents stay", async () => {
  const later = { ...fact, incident_number: "M-7", incident_date: "2024-08-01" };
  await importRows([fact, later]);
  await client.query(`
    WITH wrong AS (
      INSERT INTO correction (kind, person_id, incident_id, why, consequences, recorded_by, recorded_at)
      SELECT 'wrong-person', person.id, incident.id, 'w', '[]', 'cora@metro-police', now()
      FROM person, incident WHERE person.source_key = 'P1' AND incident.source_key = 'M-1' RETURNING *)
    INSERT INTO detached_subject (incident_id, person_id, correction_id) SELECT incident_id, person_id, id FROM wrong`);
  for (const table of ["incident_subject", "arrest", "charge"]) {
    await client.query(
      `UPDATE ${table} SET person_id = NULL WHERE incident_id = (SELECT id FROM incident WHERE source_key = 'M-1')`,
    );
  }
  const changed = { narrative: "He came back.", docket: "D-1" };
  await importRows(
    [
      { ...fact, ...changed },
      { ...later, ...changed },
    ],
    [...(Object.keys(fact) as RmsColumnName[]), "docket"],
  );
  const his = `(SELECT source_key FROM person WHERE person.id = part.person_id) AS person`;
  const parts = (table: string) =>
    query(`SELECT incident.source_key AS incident, ${his} FROM ${table} part JOIN incident ON incident.id = part.incident_id
           ORDER BY 1`);
  for (const table of ["incident_subject", "arrest", "charge"]) {
    expect([table, await parts(table)]).toEqual([
      table,
      [
        { incident: "M-1", person: null },
        { incident: "M-7", person: "P1" },
      ],
    ]);
  }
  expect(await query("SELECT narrative FROM incident WHERE source_key = 'M-1'")).toEqual([
    { narrative: "He came back." },
  ]);
});

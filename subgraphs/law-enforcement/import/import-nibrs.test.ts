import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { incidentRelationships } from "../domain/relationship";
import { migrate } from "../store/database";
import { hubContents, rowVersions } from "./hub-contents.fixture";
import { importNibrs } from "./import-nibrs";
import { type Extract, type Layout, madeUpExtract, writeExtract } from "./made-up-extract.fixture";
import type { ImportReport } from "./settle-import";

let place: TestDatabase;
let client: Client;
const folders: string[] = [];

beforeEach(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  client = new Client({ connectionString: place.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await place.drop();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

interface Ways {
  readonly layout?: Layout;
  readonly lineBreak?: string;
  readonly batchSize?: number;
}

async function importExtract(
  extract: Extract,
  { layout, lineBreak, batchSize }: Ways = {},
): Promise<ImportReport> {
  const folder = await writeExtract(extract, layout, lineBreak);
  folders.push(folder);
  const options = { databaseUrl: place.url, folder, rejectsFile: join(folder, "rejects.csv") };
  return importNibrs(batchSize === undefined ? options : { ...options, batchSize });
}

function changed(table: string, from: string, to: string): Extract {
  const extract = madeUpExtract();
  const rows = extract[table]?.rows ?? [];
  const at = rows.findIndex((row) => row.join(" ") === from);
  expect(at).not.toBe(-1);
  if (to === "") rows.splice(at, 1);
  else rows[at] = to.split(" ");
  return extract;
}

describe("what an extract becomes", () => {
  test("incidents with their parts, by the codes and not by the ids of the extract", async () => {
    const report = await importExtract(madeUpExtract());
    expect(report).toMatchObject({ inserted: 4, updated: 0, unchanged: 0, refused: 0, rejectedRows: 0 });
    const hub = await hubContents(client);
    expect(hub.incident).toEqual([
      {
        source_key: "7001", ori: "ZZ0010000", occurred_on: "2019-03-13", occurred_hour: 22, date_is_report: false,
        exceptional_clearance: null, intimate_partner: true, dual_party: false,
      },
      {
        source_key: "7002", ori: "ZZ0010000", occurred_on: "2019-05-01", occurred_hour: 0, date_is_report: false,
        exceptional_clearance: null, intimate_partner: true, dual_party: true,
      },
      {
        source_key: "7003", ori: "ZZ0020000", occurred_on: "2019-12-31", occurred_hour: null, date_is_report: true,
        exceptional_clearance: "D", intimate_partner: false, dual_party: false,
      },
      {
        source_key: "7004", ori: "ZZ0020000", occurred_on: "2019-07-07", occurred_hour: 15, date_is_report: false,
        exceptional_clearance: null, intimate_partner: false, dual_party: false,
      },
    ]); // prettier-ignore
    expect(hub.offence).toContainEqual({
      incident: "7003", source_key: "803", code: "13C", title: "Intimidation", completed: false, order_violation: false,
    }); // prettier-ignore
    expect(hub.victim).toContainEqual({
      incident: "7004", source_key: "605", victim_id: null, type_code: "B", age: null, sex: "U",
    }); // prettier-ignore
    expect(hub.victimOffence).toHaveLength(5);
    expect(hub.injury).toEqual([
      { victim: "601", code: "M" },
      { victim: "602", code: "N" },
    ]);
    expect(hub.weapon).toEqual([
      { offence: "801", code: "20" },
      { offence: "802", code: "40" },
    ]);
    expect(hub.relationship).toContainEqual({
      victim: "601", subject: "901", code: "BG", stated: null, class: "intimate-partner",
    }); // prettier-ignore
    expect(hub.arrest).toEqual([
      { incident: "7001", source_key: "501", arrested_on: "2019-03-14", type_code: "O", offence_code: "13A" },
    ]);
    expect(hub.review).toEqual([
      { incident: "7002", kind: "dual-party", resolved_by: null },
      { incident: "7003", kind: "unknown-relationship", resolved_by: null },
    ]);
  });

  test("every offender is an unresolved subject, and nobody becomes a person", async () => {
    await importExtract(madeUpExtract());
    const { subject } = await hubContents(client);
    expect(subject.map((row) => [row.incident, row.source_key, row.person_id])).toEqual([
      ["7001", "901", null], ["7002", "902", null], ["7002", "903", null], ["7003", "904", null], ["7004", "905", null],
    ]); // prettier-ignore
    expect((await client.query("SELECT FROM person")).rowCount).toBe(0);
  });

  test.each<[string, Ways]>([
    ["from 2021", { layout: "2021" }],
    ["until 2020 with CRLF", { layout: "2018", lineBreak: "\r\n" }],
    ["from 2021 with CRLF", { layout: "2021", lineBreak: "\r\n" }],
    ["an incident a transaction", { batchSize: 1 }],
  ])("is the same in the layout %s", async (_, ways) => {
    const before = await importExtract(madeUpExtract(), ways);
    expect(before).toMatchObject({ inserted: 4, refused: 0 });
    const contents = await hubContents(client);
    const again = await importExtract(madeUpExtract());
    expect(again).toMatchObject({ inserted: 0, updated: 0, unchanged: 4 });
    expect(contents.arrest).toHaveLength(1);
    expect(contents.relationship).toHaveLength(6);
    expect(await hubContents(client)).toEqual(contents);
  });

  test("marks incidents as the domain does, and counts them", async () => {
    const { figures } = await importExtract(madeUpExtract());
    const { incident, relationship, victim } = await hubContents(client);
    for (const { source_key, intimate_partner, dual_party } of incident) {
      const victims = victim.filter((row) => row.incident === source_key).map((row) => row.source_key);
      const pairs = relationship
        .filter((row) => victims.includes(row.victim))
        .map((row) => ({
          victimId: row.victim as string,
          offenderId: row.subject as string,
          nibrsCode: row.code as string,
          hubRelationship: null,
        }));
      const domain = incidentRelationships(pairs);
      expect(domain).toMatchObject({ value: { intimatePartner: intimate_partner, dualParty: dual_party } });
    }
    expect(figures).toEqual({
      incidents: 4,
      intimatePartnerIncidents: 2,
      intimatePartnerPairs: 3,
      intimatePartnerVictims: 3,
      intimatePartnerIncidentsWithArrest: 1,
      victimsWhoWereOffenders: 2,
      dualPartyVictims: 2,
      dualPartyIncidents: 1,
      unknownRelationshipIncidents: 1,
    });
  });
});

describe("a second import", () => {
  test("of the same extract writes no row", async () => {
    await importExtract(madeUpExtract());
    const before = await rowVersions(client);
    expect(await importExtract(madeUpExtract())).toMatchObject({ inserted: 0, updated: 0, unchanged: 4 });
    expect(await rowVersions(client)).toEqual(before);
  });

  test.each<[string, string, string, string, string]>([
    [
      "an incident",
      "NIBRS_incident",
      "2019 11 7001 2019-03-13  22 6",
      "2019 11 7001 2019-03-12  22 6",
      "incident",
    ],
    ["an offence", "NIBRS_OFFENSE", "2019 801 7001 27 C 20", "2019 801 7001 51 A 20", "offence"],
    ["an offender", "NIBRS_OFFENDER", "2019 901 7001 1 31 M", "2019 901 7001 1 32 M", "subject"],
    ["a victim", "NIBRS_VICTIM", "2019 601 7001 1 4 29 F", "2019 601 7001 1 4 30 F", "victim"],
    ["an injury", "NIBRS_VICTIM_INJURY", "2019 601 4", "2019 601 5", "injury"],
    ["a weapon", "NIBRS_WEAPON", "2019 9 801 1", "2019 12 801 1", "weapon"],
    ["a relationship", "NIBRS_VICTIM_OFFENDER_REL", "2019 601 901 3 1", "2019 601 901 21 1", "relationship"],
    [
      "an arrest",
      "NIBRS_ARRESTEE",
      "2019 501 7001 2019-03-14 1 27 31 M",
      "2019 501 7001 2019-03-15 2 27 31 M",
      "arrest",
    ],
    ["an arrest taken back", "NIBRS_ARRESTEE", "2019 501 7001 2019-03-14 1 27 31 M", "", "arrest"],
    ["an injury taken back", "NIBRS_VICTIM_INJURY", "2019 601 4", "", "injury"],
  ])("with %s changed updates that incident and no other", async (_, table, from, to, kind) => {
    await importExtract(madeUpExtract());
    const before = await hubContents(client);
    const others = async () =>
      (
        await client.query<object>(
          "SELECT xmin, * FROM incident WHERE source_key <> '7001' ORDER BY source_key",
        )
      ).rows;
    const untouched = await others();
    expect(await importExtract(changed(table, from, to))).toMatchObject({
      inserted: 0,
      updated: 1,
      unchanged: 3,
    });
    const after = await hubContents(client);
    expect(after).not.toEqual(before);
    expect({ ...after, [kind]: [] }).toEqual({ ...before, [kind]: [] });
    expect(await others()).toEqual(untouched);
    const { rows } = await client.query(
      "SELECT FROM incident WHERE source_key = '7001' AND updated_at > recorded_at",
    );
    expect(rows).toHaveLength(1);
    // The change is now what the hub knows: importing it again is no change.
    expect(await importExtract(changed(table, from, to))).toMatchObject({ updated: 0, unchanged: 4 });
  });

  test("deletes a victim the source no longer has, with all that hangs on her", async () => {
    await importExtract(madeUpExtract());
    const extract = madeUpExtract();
    for (const table of [
      "NIBRS_VICTIM",
      "NIBRS_VICTIM_OFFENSE",
      "NIBRS_VICTIM_OFFENDER_REL",
      "NIBRS_VICTIM_INJURY",
    ]) {
      const file = extract[table];
      if (file !== undefined) file.rows = file.rows.filter((row) => row[1] !== "602");
    }
    expect(await importExtract(extract)).toMatchObject({ updated: 1, unchanged: 3 });
    const { victim, relationship } = await hubContents(client);
    expect(victim.map((row) => row.source_key)).toEqual(["601", "603", "604", "605"]);
    expect(relationship.map((row) => row.victim)).not.toContain("602");
  });

  test("keeps what people have recorded: links, statements and resolved reviews", async () => {
    await importExtract(madeUpExtract());
    await client.query(`
      INSERT INTO person (id, source, source_key, family_name, given_name)
        VALUES ('00000000-0000-4000-8000-000000000001', 'hand', '1', 'Made', 'Up');
      UPDATE incident_subject SET person_id = '00000000-0000-4000-8000-000000000001' WHERE source_key = '904';
      UPDATE relationship SET stated = 'child-in-common', class = 'intimate-partner' WHERE code = 'RU';
      UPDATE incident SET narrative = 'typed in by hand', intimate_partner = true WHERE source_key = '7003';
      UPDATE incident_review SET resolved_at = now(), resolved_by = 'a detective', resolution = 'asked her';
      UPDATE incident SET dual_party = false WHERE source_key = '7002'`);
    const extract = changed("NIBRS_VICTIM", "2019 604 7003 1 4 19 F", "2019 604 7003 1 4 20 F");
    const spouse = extract.NIBRS_OFFENDER?.rows.find((row) => row[1] === "902");
    if (spouse !== undefined) spouse[4] = "41";
    expect(await importExtract(extract)).toMatchObject({ updated: 2, unchanged: 2 });
    const hub = await hubContents(client);
    expect(hub.subject.find((row) => row.source_key === "904")?.person_id).toMatch(/0001$/);
    expect(hub.relationship.find((row) => row.code === "RU")).toMatchObject({
      stated: "child-in-common",
      class: "intimate-partner",
    });
    expect(hub.incident.find((row) => row.source_key === "7003")).toMatchObject({ intimate_partner: true });
    expect(hub.incident.find((row) => row.source_key === "7002")).toMatchObject({ dual_party: false });
    expect(hub.review.map((row) => row.resolved_by)).toEqual(["a detective", "a detective"]);
    const { rows } = await client.query("SELECT narrative FROM incident WHERE source_key = '7003'");
    expect(rows).toEqual([{ narrative: "typed in by hand" }]);
  });

  test("never takes the dual-party mark away by itself, but drops a question the source has answered", async () => {
    await importExtract(madeUpExtract());
    const extract = changed("NIBRS_VICTIM_OFFENDER_REL", "2019 604 904 18 6", "2019 604 904 1 6");
    const pairs = extract.NIBRS_VICTIM_OFFENDER_REL;
    if (pairs !== undefined) pairs.rows = pairs.rows.filter((row) => row[3] !== "25");
    expect(await importExtract(extract)).toMatchObject({ updated: 2, unchanged: 2 });
    const { incident, review } = await hubContents(client);
    expect(incident.find((row) => row.source_key === "7002")).toMatchObject({ dual_party: true });
    expect(review).toEqual([{ incident: "7002", kind: "dual-party", resolved_by: null }]);
  });
});

const realFolder = join(__dirname, "../../../../shared/data/nibrs-csv-MN-2018");
const present = existsSync(realFolder);

describe("the FBI's extract of Minnesota 2018", () => {
  (present ? test : test.skip)(
    `gives the published figures${present ? "" : " (skipped: the extract is not beside this project)"}`,
    async () => {
      const options = { databaseUrl: place.url, folder: realFolder, rejectsFile: join(place.url, "never") };
      const report = await importNibrs(options);
      expect(report).toEqual({
        inserted: 18_779,
        updated: 0,
        unchanged: 0,
        refused: 0,
        rejectedRows: 0,
        figures: {
          incidents: 18_779,
          intimatePartnerIncidents: 1_209,
          intimatePartnerPairs: 1_273,
          intimatePartnerVictims: 1_272,
          intimatePartnerIncidentsWithArrest: 852,
          victimsWhoWereOffenders: 289,
          dualPartyVictims: 119,
          dualPartyIncidents: 63,
          unknownRelationshipIncidents: 185,
        },
      });
      const { rows } = await client.query(
        `SELECT count(*)::int AS incidents, count(*) FILTER (WHERE intimate_partner)::int AS partners,
           (SELECT count(*)::int FROM incident_subject WHERE person_id IS NULL) AS subjects FROM incident`,
      );
      expect(rows).toEqual([{ incidents: 18_779, partners: 1_209, subjects: 21_333 }]);
      expect(await importNibrs(options)).toMatchObject({ inserted: 0, updated: 0, unchanged: 18_779 });
    },
    120_000,
  );
});

test("nothing is left behind: no staging, no rejects file", async () => {
  const folder = await writeExtract(madeUpExtract());
  folders.push(folder);
  const rejectsFile = join(folder, "rejects.csv");
  await importNibrs({ databaseUrl: place.url, folder, rejectsFile });
  const { rows } = await client.query("SELECT to_regnamespace('import_staging') AS staging");
  expect(rows).toEqual([{ staging: null }]);
  await expect(readFile(rejectsFile)).rejects.toThrow("ENOENT");
});

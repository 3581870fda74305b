import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The files of a made-up extract: by name, their columns and rows. Days are written 2019-03-13. */
export type Extract = Record<string, { columns: string[]; rows: string[][] }>;

/** The layout up to 2020 (upper case, quoted, 13-MAR-19) or from 2021 (lower case, bare, 2019-03-13). */
export type Layout = "2018" | "2021";

/**
 * Four incidents nobody had: 7001 a stabbing by a boyfriend, with an arrest; 7002 two spouses, each victim and offender
 * (dual-party); 7003 a threat by somebody unknown; 7004 a theft from a shop by nobody known.
 */
export function madeUpExtract(): Extract {
  const table = (columns: string, ...rows: string[]) => ({
    columns: columns.split(" "),
    rows: rows.map((row) => row.split(" ").map((value) => (value === "-" ? "" : value))),
  });
  return {
    agencies: table(
      "AGENCY_ID DATA_YEAR ORI PUB_AGENCY_NAME",
      "11 2019 ZZ0010000 Millbrook",
      "12 2019 ZZ0020000 Eastfield",
    ),
    NIBRS_RELATIONSHIP: table(
      "RELATIONSHIP_ID RELATIONSHIP_CODE",
      "3 BG", "21 SE", "25 VO", "18 RU", "1 AQ", "9 QQ",
    ), // prettier-ignore
    NIBRS_OFFENSE_TYPE: table("OFFENSE_TYPE_ID OFFENSE_CODE", "27 13A", "51 13B", "44 13C", "23 23C"),
    NIBRS_WEAPON_TYPE: table("WEAPON_ID WEAPON_CODE", "9 20", "12 40"),
    NIBRS_INJURY: table("INJURY_ID INJURY_CODE", "4 M", "5 N"),
    NIBRS_VICTIM_TYPE: table("VICTIM_TYPE_ID VICTIM_TYPE_CODE", "1 B", "4 I"),
    NIBRS_ARREST_TYPE: table("ARREST_TYPE_ID ARREST_TYPE_CODE", "1 O", "2 S"),
    NIBRS_CLEARED_EXCEPT: table("CLEARED_EXCEPT_ID CLEARED_EXCEPT_CODE", "4 D", "6 N"),
    NIBRS_incident: table(
      "DATA_YEAR AGENCY_ID INCIDENT_ID INCIDENT_DATE REPORT_DATE_FLAG INCIDENT_HOUR CLEARED_EXCEPT_ID",
      "2019 11 7001 2019-03-13 - 22 6",
      "2019 11 7002 2019-05-01 - 0 6",
      "2019 12 7003 2019-12-31 R - 4",
      "2019 12 7004 2019-07-07 - 15 6",
    ),
    NIBRS_OFFENSE: table(
      "DATA_YEAR OFFENSE_ID INCIDENT_ID OFFENSE_TYPE_ID ATTEMPT_COMPLETE_FLAG LOCATION_ID",
      "2019 801 7001 27 C 20",
      "2019 802 7002 51 C 20",
      "2019 803 7003 44 A 18",
      "2019 804 7004 23 C 12",
    ),
    NIBRS_OFFENDER: table(
      "DATA_YEAR OFFENDER_ID INCIDENT_ID OFFENDER_SEQ_NUM AGE_NUM SEX_CODE",
      "2019 901 7001 1 31 M",
      "2019 902 7002 1 40 M",
      "2019 903 7002 2 38 F",
      "2019 904 7003 1 - U",
      "2019 905 7004 0 - -",
    ),
    NIBRS_VICTIM: table(
      "DATA_YEAR VICTIM_ID INCIDENT_ID VICTIM_SEQ_NUM VICTIM_TYPE_ID AGE_NUM SEX_CODE",
      "2019 601 7001 1 4 29 F",
      "2019 602 7002 1 4 38 F",
      "2019 603 7002 2 4 40 M",
      "2019 604 7003 1 4 19 F",
      "2019 605 7004 1 1 - -",
    ),
    NIBRS_VICTIM_OFFENSE: table(
      "DATA_YEAR VICTIM_ID OFFENSE_ID",
      "2019 601 801", "2019 602 802", "2019 603 802", "2019 604 803", "2019 605 804",
    ), // prettier-ignore
    NIBRS_VICTIM_OFFENDER_REL: table(
      "DATA_YEAR VICTIM_ID OFFENDER_ID RELATIONSHIP_ID NIBRS_VICTIM_OFFENDER_ID",
      "2019 601 901 3 1",
      "2019 602 902 21 2",
      "2019 602 903 25 3",
      "2019 603 903 21 4",
      "2019 603 902 25 5",
      "2019 604 904 18 6",
    ),
    NIBRS_VICTIM_INJURY: table("DATA_YEAR VICTIM_ID INJURY_ID", "2019 601 4", "2019 602 5"),
    NIBRS_WEAPON: table("DATA_YEAR WEAPON_ID OFFENSE_ID NIBRS_WEAPON_ID", "2019 9 801 1", "2019 12 802 2"),
    NIBRS_ARRESTEE: table(
      "DATA_YEAR ARRESTEE_ID INCIDENT_ID ARREST_DATE ARREST_TYPE_ID OFFENSE_TYPE_ID AGE_NUM SEX_CODE",
      "2019 501 7001 2019-03-14 1 27 31 M",
    ),
  };
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** The text of one file of an extract in a layout. */
export function fileText({ columns, rows }: Extract[string], layout: Layout, lineBreak = "\n"): string {
  const old = layout === "2018";
  const cell = (value: string): string => {
    const [, year, month, day] = /^\d\d(\d\d)-(\d\d)-(\d\d)$/.exec(value) ?? [];
    if (day !== undefined) return old ? `${day}-${months[Number(month) - 1]}-${year}` : value;
    return old && !/^\d*$/.test(value) ? `"${value}"` : value;
  };
  const header = columns.map((name) => (old ? `"${name}"` : name.toLowerCase()));
  return [header, ...rows.map((row) => row.map(cell))].map((line) => line.join(",") + lineBreak).join("");
}

/** From 2021 an offence is named by its code, the year stands first, and the last column is empty. */
function modern(extract: Extract): Extract {
  const codes = new Map(extract.NIBRS_OFFENSE_TYPE?.rows.map(([id = "", code = ""]) => [id, code]));
  const byCode = Object.entries(extract).map(([name, { columns, rows }]) => {
    const at = columns.indexOf("OFFENSE_TYPE_ID");
    if (at === -1) return [name, { columns, rows }] as const;
    if (name === "NIBRS_OFFENSE_TYPE")
      return [name, { columns: ["OFFENSE_CODE"], rows: rows.map(([, code = ""]) => [code]) }] as const;
    const named = rows.map((row) =>
      row.map((value, column) => (column === at ? (codes.get(value) ?? value) : value)),
    );
    return [name, { columns: columns.with(at, "OFFENSE_CODE"), rows: named }] as const;
  });
  return Object.fromEntries(byCode) as Extract;
}

/** Writes an extract into a new folder and returns its path. */
export async function writeExtract(
  extract: Extract,
  layout: Layout = "2018",
  lineBreak = "\n",
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "extract-"));
  const shape = layout === "2018" ? extract : modern(extract);
  for (const [name, table] of Object.entries(shape)) {
    await writeFile(join(folder, `${name}.csv`), fileText(table, layout, lineBreak));
  }
  return folder;
}

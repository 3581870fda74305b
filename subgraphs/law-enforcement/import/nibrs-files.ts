import type { Column } from "./csv-header";
import type { NibrsLookups } from "./nibrs-lookups";
import type { FilePlan } from "./stage-file";
import { day, key, numberOrNull, oneOf, sexes, yesOrNo } from "./values";

const oldest = 120;

const columns = (...names: (string | readonly string[])[]): Column[] =>
  names.map((name) => ({ names: typeof name === "string" ? [name] : name }));

/** An offence is named by an id until 2020, by its code from 2021. */
const offenceColumn = ["offense_type_id", "offense_code"];

/** R says that the date is the day of the report. */
const reportFlag: ReadonlyMap<string, boolean> = new Map([...yesOrNo, ["R", true]]);

const completed: ReadonlyMap<string, boolean> = new Map([
  ["C", true],
  ["", true],
  ["A", false],
]);

/** The data files of an extract that are read, with the meaning of their rows. */
export function nibrsFiles(lookups: NibrsLookups): FilePlan[] {
  const clearances = new Map<string, string | null>(lookups.clearances);
  for (const [id, code] of clearances) if (code === "N") clearances.set(id, null);
  clearances.set("", null);
  return [
    {
      file: "nibrs_incident",
      table: "incident",
      columns: columns(
        "incident_id", "agency_id", "incident_date", "incident_hour", "report_date_flag", "cleared_except_id",
      ), // prettier-ignore
      into: [
        "incident_key",
        "ori",
        "occurred_on",
        "occurred_hour",
        "date_is_report",
        "exceptional_clearance",
      ],
      keys: { incident_key: 0 },
      read: ([id = "", agency = "", date = "", hour = "", reported = "", cleared = ""]) => [
        key("INCIDENT_ID", id),
        oneOf("AGENCY_ID", agency, lookups.agencies).ori,
        day("INCIDENT_DATE", date),
        numberOrNull("INCIDENT_HOUR", hour, 0, 23),
        oneOf("REPORT_DATE_FLAG", reported, reportFlag),
        oneOf("CLEARED_EXCEPT_ID", cleared, clearances),
      ],
    },
    {
      file: "nibrs_offense",
      table: "offence",
      columns: columns("incident_id", "offense_id", offenceColumn, "attempt_complete_flag"),
      into: ["incident_key", "part_key", "code", "title", "completed"],
      keys: { incident_key: 0, part_key: 1 },
      read: ([incident = "", id = "", type = "", done = ""]) => {
        const offence = oneOf("OFFENSE_TYPE_ID", type, lookups.offences);
        return [
          key("INCIDENT_ID", incident),
          key("OFFENSE_ID", id),
          offence.code,
          offence.title,
          oneOf("ATTEMPT_COMPLETE_FLAG", done, completed),
        ];
      },
    },
    {
      file: "nibrs_offender",
      table: "subject",
      columns: columns("incident_id", "offender_id", "age_num", "sex_code"),
      into: ["incident_key", "part_key", "age", "sex"],
      keys: { incident_key: 0, part_key: 1 },
      read: ([incident = "", id = "", age = "", sex = ""]) => [
        key("INCIDENT_ID", incident),
        key("OFFENDER_ID", id),
        numberOrNull("AGE_NUM", age, 0, oldest),
        oneOf("SEX_CODE", sex, sexes),
      ],
    },
    {
      file: "nibrs_victim",
      table: "victim",
      columns: columns("incident_id", "victim_id", "victim_type_id", "age_num", "sex_code"),
      into: ["incident_key", "part_key", "type_code", "age", "sex"],
      keys: { incident_key: 0, part_key: 1 },
      read: ([incident = "", id = "", type = "", age = "", sex = ""]) => [
        key("INCIDENT_ID", incident),
        key("VICTIM_ID", id),
        oneOf("VICTIM_TYPE_ID", type, lookups.victimTypes),
        numberOrNull("AGE_NUM", age, 0, oldest),
        oneOf("SEX_CODE", sex, sexes),
      ],
    },
    {
      file: "nibrs_arrestee",
      table: "arrest",
      columns: columns("incident_id", "arrestee_id", "arrest_date", "arrest_type_id", offenceColumn),
      into: ["incident_key", "part_key", "arrested_on", "type_code", "offence_code"],
      keys: { incident_key: 0, part_key: 1 },
      read: ([incident = "", id = "", date = "", type = "", offence = ""]) => [
        key("INCIDENT_ID", incident),
        key("ARRESTEE_ID", id),
        day("ARREST_DATE", date),
        oneOf("ARREST_TYPE_ID", type, lookups.arrestTypes),
        oneOf("OFFENSE_TYPE_ID", offence, lookups.offences).code,
      ],
    },
    {
      file: "nibrs_victim_offense",
      table: "victim_offence",
      columns: columns("victim_id", "offense_id"),
      into: ["victim_key", "offence_key"],
      keys: { victim_key: 0, offence_key: 1 },
      read: ([victim = "", offence = ""]) => [key("VICTIM_ID", victim), key("OFFENSE_ID", offence)],
    },
    {
      file: "nibrs_victim_injury",
      table: "victim_injury",
      columns: columns("victim_id", "injury_id"),
      into: ["victim_key", "code"],
      keys: { victim_key: 0 },
      read: ([victim = "", injury = ""]) => [
        key("VICTIM_ID", victim),
        oneOf("INJURY_ID", injury, lookups.injuries),
      ],
    },
    {
      file: "nibrs_weapon",
      table: "offence_weapon",
      columns: columns("offense_id", "weapon_id"),
      into: ["offence_key", "code"],
      keys: { offence_key: 0 },
      read: ([offence = "", weapon = ""]) => [
        key("OFFENSE_ID", offence),
        oneOf("WEAPON_ID", weapon, lookups.weapons),
      ],
    },
    {
      file: "nibrs_victim_offender_rel",
      table: "relationship",
      columns: columns("victim_id", "offender_id", "relationship_id"),
      into: ["victim_key", "subject_key", "code", "class"],
      keys: { victim_key: 0, subject_key: 1 },
      read: ([victim = "", offender = "", relationship = ""]) => {
        const found = oneOf("RELATIONSHIP_ID", relationship, lookups.relationships);
        return [key("VICTIM_ID", victim), key("OFFENDER_ID", offender), found.code, found.class];
      },
    },
  ];
}

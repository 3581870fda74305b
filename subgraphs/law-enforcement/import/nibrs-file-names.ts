import type { StagedTable } from "./staging-tables";

/** The lookup files of an extract, by what they are read for. */
export const lookupFiles = {
  agencies: "agencies",
  offences: "nibrs_offense_type",
  relationships: "nibrs_relationship",
  weapons: "nibrs_weapon_type",
  injuries: "nibrs_injury",
  victimTypes: "nibrs_victim_type",
  arrestTypes: "nibrs_arrest_type",
  clearances: "nibrs_cleared_except",
} as const;

/** The data files, by the staging table they go to, and what their key is called. */
export const dataFiles: Readonly<Record<StagedTable, { readonly file: string; readonly key: string }>> = {
  incident: { file: "nibrs_incident", key: "INCIDENT_ID" },
  offence: { file: "nibrs_offense", key: "OFFENSE_ID" },
  subject: { file: "nibrs_offender", key: "OFFENDER_ID" },
  victim: { file: "nibrs_victim", key: "VICTIM_ID" },
  arrest: { file: "nibrs_arrestee", key: "ARRESTEE_ID" },
  victim_offence: { file: "nibrs_victim_offense", key: "VICTIM_ID" },
  victim_injury: { file: "nibrs_victim_injury", key: "VICTIM_ID" },
  offence_weapon: { file: "nibrs_weapon", key: "OFFENSE_ID" },
  relationship: { file: "nibrs_victim_offender_rel", key: "VICTIM_ID" },
};

/** Every file of an extract that is read, without letter case and ".csv". */
export const nibrsFileNames: readonly string[] = [
  ...Object.values(lookupFiles),
  ...Object.values(dataFiles).map(({ file }) => file),
];

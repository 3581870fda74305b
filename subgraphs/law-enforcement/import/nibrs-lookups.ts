import { basename } from "node:path";
import { offence } from "../domain/offence-codes";
import { injuryClass } from "../domain/injury-codes";
import { relationshipClass, type RelationshipClass } from "../domain/relationship-codes";
import { weaponClass } from "../domain/weapon-codes";
import { readCsv } from "./csv-file";
import { type Column, findColumns } from "./csv-header";
import { ImportError } from "./import-error";
import { lookupFiles } from "./nibrs-file-names";

/** A reporting agency of the extract. */
export interface Agency {
  readonly ori: string;
  readonly name: string;
}

/** What the ids of an extract stand for. An id whose code the hub does not know is left out, and its rows are refused. */
export interface NibrsLookups {
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly offences: ReadonlyMap<string, { readonly code: string; readonly title: string }>;
  readonly relationships: ReadonlyMap<string, { readonly code: string; readonly class: RelationshipClass }>;
  readonly weapons: ReadonlyMap<string, string>;
  readonly injuries: ReadonlyMap<string, string>;
  readonly victimTypes: ReadonlyMap<string, string>;
  readonly arrestTypes: ReadonlyMap<string, string>;
  readonly clearances: ReadonlyMap<string, string>;
}

/** Reads the lookup files; `path` says where the file of a name is. Throws ImportError for a file that cannot be used. */
export async function readLookups(path: (file: string) => string): Promise<NibrsLookups> {
  const pairs = (kind: keyof typeof lookupFiles, ...names: string[][]) =>
    readPairs(
      path(lookupFiles[kind]),
      names.map((columns) => ({ names: columns })),
    );
  const relationships = await pairs("relationships", ["relationship_id"], ["relationship_code"]);
  const offences = await pairs("offences", ["offense_type_id", "offense_code"], ["offense_code"]);
  return {
    agencies: agenciesOf(
      await pairs(
        "agencies",
        ["agency_id"],
        ["ori"],
        ["pub_agency_name", "ucr_agency_name", "ncic_agency_name"],
      ),
    ),
    offences: new Map(
      offences.flatMap(([id = "", code = ""]) => {
        const found = offence(code);
        return found.ok ? [[id, { code, title: found.value.title }]] : [];
      }),
    ),
    relationships: new Map(
      relationships.flatMap(([id = "", code = ""]) => {
        const found = relationshipClass(code);
        return found.ok ? [[id, { code, class: found.value }]] : [];
      }),
    ),
    weapons: codes(await pairs("weapons", ["weapon_id"], ["weapon_code"]), (code) => weaponClass(code).ok),
    injuries: codes(await pairs("injuries", ["injury_id"], ["injury_code"]), (code) => injuryClass(code).ok),
    victimTypes: codes(await pairs("victimTypes", ["victim_type_id"], ["victim_type_code"])),
    arrestTypes: codes(await pairs("arrestTypes", ["arrest_type_id"], ["arrest_type_code"])),
    clearances: codes(await pairs("clearances", ["cleared_except_id"], ["cleared_except_code"])),
  };
}

function agenciesOf(rows: readonly (readonly string[])[]): Map<string, Agency> {
  const found = new Map<string, Agency>();
  for (const [id = "", ori = "", name = ""] of rows) {
    if (/^[A-Z0-9]{9}$/.test(ori) && !found.has(id))
      found.set(id, { ori, name: name.trim() === "" ? ori : name.trim() });
  }
  return found;
}

function codes(
  rows: readonly (readonly string[])[],
  known = (code: string) => code !== "",
): Map<string, string> {
  return new Map(rows.flatMap(([id = "", code = ""]) => (known(code) ? [[id, code]] : [])));
}

async function readPairs(path: string, columns: readonly Column[]): Promise<string[][]> {
  const file = basename(path);
  let positions: readonly number[] | undefined;
  let width = 0;
  const found: string[][] = [];
  for await (const rows of readCsv(path)) {
    for (const { line, fields, problem } of rows) {
      if (positions === undefined) {
        positions = findColumns(file, fields, columns);
        width = fields.length;
      } else if (problem !== undefined || fields.length !== width) {
        const reason = problem ?? `has ${fields.length} columns where the header has ${width}`;
        throw new ImportError("LOOKUP_BROKEN", reason, { file, line });
      } else {
        found.push(positions.map((at) => (fields[at] ?? "").trim()));
      }
    }
  }
  return found;
}

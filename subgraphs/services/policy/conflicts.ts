import type { DataSource } from "typeorm";
import { isUuid } from "../../../platform/store/uuid";
import type { Position } from "../../../platform/subgraph/newest-first";
import { saysTheSame, type ConflictProblem, type ToldConflict } from "../domain/conflict";
import { addConflict, endConflict, conflictPage } from "../store/conflicts";
import type { ConflictOfInterestRow } from "../store/entities/conflict-of-interest";

/** A conflict as it is now recorded, or why nothing took effect. */
export type ConflictOutcome = ConflictOfInterestRow | ConflictProblem;

/** The one way to the conflicts of the reader's own agency (SV18): about its employees, and persons whom he sees. */
export interface ConflictAccess {
  record(told: ToldConflict): Promise<ConflictOutcome>;
  end(id: string): Promise<ConflictOutcome>;
  all(after: Position | null, limit: number): Promise<{ row: ConflictOfInterestRow; position: Position }[]>;
}

/** `sees`: whether the reader may see a person at all. Who is no provider has no employees to speak of. */
export function createConflictAccess(
  reader: { readonly agency: string; readonly subject: string; readonly provider: boolean },
  database: DataSource,
  sees: (personId: string) => Promise<boolean>,
  now: () => Date,
): ConflictAccess {
  const { agency, subject, provider } = reader;
  return {
    async record({ key, ...told }) {
      if (!isUuid(key)) return "KEY_IS_NO_UUID";
      if (told.subject === "") return "NOBODY_NAMED";
      const personId = told.personId.toLowerCase();
      if (!provider || !isUuid(personId) || !(await sees(personId))) return "NOT_FOUND";
      const recorded = await addConflict(database, {
        ...{ ...told, personId, agency, requestKey: key.toLowerCase() },
        ...{ recordedBy: `${subject}@${agency}`, recordedAt: now() },
      });
      const alike = recorded.agency === agency && saysTheSame({ ...told, personId }, recorded);
      return alike ? recorded : "KEY_USED_OTHERWISE";
    },
    async end(id) {
      if (!provider || !isUuid(id)) return "NOT_FOUND";
      return (await endConflict(database, reader, id, now())) ?? "NOT_FOUND";
    },
    all: async (after, limit) => (provider ? conflictPage(database, reader, after, limit) : []),
  };
}

import { isUuid } from "../../../platform/store/uuid";
import type { Position } from "../../../platform/subgraph/newest-first";
import type { ToldConflict } from "../domain/conflict";
import { lineFault, type TextFault } from "../domain/told-text";
import { addConflict, conflictPage, endConflict, findConflict } from "../store/conflicts";
import type { ConflictOfInterestRow } from "../store/entities/conflict-of-interest";
import { actOnce, nameOf, no, yes, type Actor, type Done } from "./actor";

/** The one way to the conflicts of the reader's own agency (SV18): about its employees, and persons whom he sees. */
export interface ConflictAccess {
  record(told: ToldConflict): Promise<Done<"NOT_FOUND" | TextFault>>;
  end(told: { readonly key: string; readonly conflictId: string }): Promise<Done<"NOT_FOUND">>;
  find(id: string): Promise<ConflictOfInterestRow | null>;
  all(after: Position | null, limit: number): Promise<{ row: ConflictOfInterestRow; position: Position }[]>;
}

/** `sees`: whether the reader may see a person at all. Who is no provider has no employees to speak of. */
export function createConflictAccess(
  actor: Actor,
  provider: boolean,
  sees: (personId: string) => Promise<boolean>,
): ConflictAccess {
  const { reader, database, now } = actor;
  const find = async (id: string) =>
    provider && isUuid(id) ? findConflict(database.manager, reader, id) : null;
  return {
    find,
    async record(told) {
      const fault = lineFault(told.subject);
      if (fault !== null) return no(fault);
      const personId = told.personId.toLowerCase();
      if (!provider || !isUuid(personId) || !(await sees(personId))) return no("NOT_FOUND");
      const { subject, why } = told;
      const row = { subject, why, personId, agency: reader.agency };
      const input = { ...told, personId };
      return actOnce<never>(actor, "recordProviderConflict", input, async (manager) =>
        yes(await addConflict(manager, { ...row, recordedBy: nameOf(reader), recordedAt: now() })),
      );
    },
    async end(told) {
      const found = await find(told.conflictId);
      if (found === null) return no("NOT_FOUND");
      return actOnce<never>(actor, "endProviderConflict", told, async (manager) => {
        await endConflict(manager, found.id, nameOf(reader), now());
        return yes(found.id);
      });
    },
    all: async (after, limit) => (provider ? conflictPage(database, reader, after, limit) : []),
  };
}

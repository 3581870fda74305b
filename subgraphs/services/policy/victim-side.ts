import { isUuid } from "../../../platform/store/uuid";
import { lineFault, type TextFault } from "../domain/told-text";
import { VictimSideEmployeeRow } from "../store/entities/victim-side-employee";
import { actOnce, nameOf, no, yes, type Actor, type Done } from "./actor";

/** An employee who helps victims, by the subject of the token. */
export interface ToldVictimSide {
  readonly key: string;
  readonly subject: string;
}

/**
 * The list of a provider's own employees who help victims (SV36): they are cut off from every abusive partner. It names no
 * victim and no case, so that nobody learns from it who is anybody's client.
 */
export interface VictimSide {
  add(told: ToldVictimSide): Promise<Done<"NOT_FOUND" | "YOURSELF" | "ALREADY_RECORDED" | TextFault>>;
  end(told: { readonly key: string; readonly id: string }): Promise<Done<"NOT_FOUND" | "OVER">>;
  /** All of his agency's that are not about him, by name; ended ones too. */
  all(): Promise<VictimSideEmployeeRow[]>;
  one(id: string): Promise<VictimSideEmployeeRow | null>;
}

/** `open`: whether he is a provider's, and not on the list himself. */
export function createVictimSide(actor: Actor, open: () => Promise<boolean>): VictimSide {
  const { reader, database, now } = actor;
  const rows = () => database.getRepository(VictimSideEmployeeRow);
  return {
    async add(told) {
      const fault = lineFault(told.subject);
      if (fault !== null) return no(fault);
      if (!(await open())) return no("NOT_FOUND");
      if (told.subject === reader.subject) return no("YOURSELF");
      return actOnce(actor, "recordVictimSideEmployee", told, async (manager) => {
        const added = await manager
          .createQueryBuilder()
          .insert()
          .into(VictimSideEmployeeRow)
          .values({
            ...{ agency: reader.agency, subject: told.subject },
            ...{ recordedBy: nameOf(reader), recordedAt: now() },
          })
          .orIgnore()
          .returning("id")
          .execute();
        const [row] = added.raw as { id: string }[];
        return row ? yes(row.id) : no("ALREADY_RECORDED");
      });
    },
    async end(told) {
      if (!(await open())) return no("NOT_FOUND");
      return actOnce(actor, "endVictimSideEmployee", told, async (manager) => {
        const row = isUuid(told.id)
          ? await manager.findOne(VictimSideEmployeeRow, {
              where: { id: told.id, agency: reader.agency },
              lock: { mode: "pessimistic_write" },
            })
          : null;
        if (row === null || row.subject === reader.subject) return no("NOT_FOUND");
        if (row.endedAt !== null) return no("OVER");
        await manager.update(VictimSideEmployeeRow, row.id, { endedAt: now(), endedBy: nameOf(reader) });
        return yes(row.id);
      });
    },
    async all() {
      if (!(await open())) return [];
      const own = await rows().find({
        where: { agency: reader.agency },
        order: { subject: "ASC", recordedAt: "DESC", id: "ASC" },
      });
      return own.filter(({ subject }) => subject !== reader.subject);
    },
    async one(id) {
      return (await this.all()).find((row) => row.id === id) ?? null;
    },
  };
}

import type { DataSource } from "typeorm";
import type { ActionEvent } from "../../../platform/conference-action/action";
import { ConferenceActionRow } from "../../../platform/conference-action/action-row";
import { addAction, endAction, type ActionToAdd } from "../../../platform/conference-action/actions";
import { loaderOf } from "../../../platform/store/loader";
import { isUuid } from "../../../platform/store/uuid";
import { toldOnce, type Told } from "../../../platform/told-request/told-once";

/** What an advocate's agency took on at conferences, of the cases that are open to her. */
export function ownActions(
  database: DataSource,
  agency: string,
  isOpen: (caseId: string) => Promise<boolean>,
) {
  const byConference = loaderOf(database, ConferenceActionRow, "conferenceId", [
    ["dueOn", "ASC"],
    ["id", "ASC"],
  ]);
  const open = async ({ aboutId }: ConferenceActionRow) => aboutId === null || isOpen(aboutId);

  return {
    async ofConference(conferenceId: string): Promise<ConferenceActionRow[]> {
      const rows = isUuid(conferenceId) ? await byConference.load(conferenceId.toLowerCase()) : [];
      const visible = await Promise.all(rows.map(open));
      return rows.filter((_, index) => visible[index]);
    },
    async find(id: string): Promise<ConferenceActionRow | null> {
      const row = isUuid(id) ? await database.getRepository(ConferenceActionRow).findOneBy({ id }) : null;
      return row !== null && (await open(row)) ? row : null;
    },
    add: (told: Omit<ActionToAdd, "ownerAgency">, telling: Told, by: string) =>
      toldOnce(database, telling, (manager) =>
        addAction(manager, { ...told, ownerAgency: agency }, { by, now: telling.now }),
      ),
    end: (id: string, event: ActionEvent, telling: Told, by: string) =>
      toldOnce(database, telling, (manager) =>
        endAction(manager, { id, agency, event }, () => undefined, { by, now: telling.now }),
      ),
  };
}
export type OwnActions = ReturnType<typeof ownActions>;

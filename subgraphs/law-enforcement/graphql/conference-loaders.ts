import DataLoader from "dataloader";
import type { EntityManager } from "typeorm";
import { ConferenceActionRow } from "../../../platform/conference-action/action-row";
import type { Caller } from "../../../platform/caller/caller";
import { isUuid } from "../../../platform/store/uuid";
import { visiblePersons } from "../policy/row-access";
import { ConferenceAttendeeRow, ConferenceDecisionRow, ConferenceRow } from "../store/entities/conference";
import { listsBy, onesBy } from "../../../platform/store/lists-by";

/** Makes what the resolvers of one request read of conferences; what is about a person, only of those whom the caller sees. */
export function conferenceLoaders(manager: EntityManager, caller: Caller, now: Date) {
  return {
    conference: () => {
      const loader = new DataLoader<string, ConferenceRow | null>((ids) =>
        onesBy(manager, ConferenceRow, "id", ids),
      );
      return {
        load: async (id: string): Promise<ConferenceRow | null> =>
          isUuid(id) ? loader.load(id.toLowerCase()) : null,
        clear: (id: string): void => void loader.clear(id.toLowerCase()),
      };
    },
    attendeesOfConference: () =>
      new DataLoader<string, ConferenceAttendeeRow[]>((ids) =>
        listsBy(manager, ConferenceAttendeeRow, "conferenceId", ids, [
          ["agency", "ASC"],
          ["subject", "ASC"],
        ]),
      ),
    decisionsOfConference: () => {
      const person = visiblePersons(caller, now, "row.person_id");
      return new DataLoader<string, ConferenceDecisionRow[]>((ids) =>
        listsBy(
          manager,
          ConferenceDecisionRow,
          "conferenceId",
          ids,
          [
            ["recordedAt", "ASC"],
            ["id", "ASC"],
          ],
          person,
        ),
      );
    },
    actionsOfConference: () => {
      const about = visiblePersons(caller, now, "row.about_id");
      return new DataLoader<string, ConferenceActionRow[]>((ids) =>
        listsBy(
          manager,
          ConferenceActionRow,
          "conferenceId",
          ids,
          [
            ["dueOn", "ASC"],
            ["id", "ASC"],
          ],
          { ...about, sql: `(row.about_id IS NULL OR ${about.sql})` },
        ),
      );
    },
  };
}

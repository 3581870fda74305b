import type { ActionEvent } from "../../../platform/conference-action/action";
import { addAction, endAction } from "../../../platform/conference-action/actions";
import { onesBy } from "../../../platform/store/lists-by";
import { loaderOf } from "../../../platform/store/loader";
import { isUuid } from "../../../platform/store/uuid";
import { standpointOf } from "../domain/standpoint";
import { lineFault, type TextFault } from "../domain/told-text";
import { ServicesActionRow } from "../store/entities/services-action";
import { actOnce, nameOf, no, type Actor, type Done } from "./actor";
import { openPersons } from "./conflict-wall";
import type { Discloser, Shown } from "./disclosed";

/** What an agency takes on at a conference, as it is told. */
export interface ToldAction {
  readonly key: string;
  readonly conferenceId: string;
  /** A handle; null: it is about nobody. */
  readonly person: string | null;
  readonly text: string;
  readonly owner: string;
  readonly dueOn: string;
}

/** How an action of one's own agency ended. */
export interface EndedAction {
  readonly key: string;
  readonly actionId: string;
  readonly done: boolean;
}

/** The one way to what providers took on at conferences: a provider's own, of persons whom he knows (SV50). */
export interface ConferenceActions {
  /** Next due first. */
  ofConference(conferenceId: string): Promise<Shown<ServicesActionRow>[]>;
  /** Null: the reader is a provider, and knows nobody of this id. */
  ofPerson(personId: string): Promise<Shown<ServicesActionRow>[] | null>;
  find(id: string): Promise<Shown<ServicesActionRow> | null>;
  add(told: ToldAction): Promise<Done<"NOT_FOUND" | TextFault | "IN_THE_PAST" | "TOO_FAR_AHEAD">>;
  end(told: EndedAction): Promise<Done<"NOT_FOUND" | "OVER">>;
}

/** `knows`: whether somebody of the reader's agency knows the person, by a referral to it. */
export function createConferenceActions(
  actor: Actor,
  disclosed: Discloser,
  knows: (personId: string) => Promise<boolean>,
): ConferenceActions {
  const { reader, database, now } = actor;
  const order = [
    ["dueOn", "ASC"],
    ["id", "ASC"],
  ] as const;
  /** About nobody, or about somebody from whom no conflict cuts him off. */
  const person = openPersons(reader, "row.about_id");
  const open = { ...person, sql: `row.about_id IS NULL OR (${person.sql})` };
  const byConference = loaderOf(database, ServicesActionRow, "conferenceId", order, open);
  const byPerson = loaderOf(database, ServicesActionRow, "aboutId", order, open);
  const whose = standpointOf(reader, "needs");
  const provider = whose === "own-agency's";

  async function shown(rows: readonly ServicesActionRow[]): Promise<Shown<ServicesActionRow>[]> {
    if (whose === "everyone's") return disclosed(rows);
    if (!provider) return [];
    const own = rows.filter(({ ownerAgency }) => ownerAgency === reader.agency);
    const known = await Promise.all(own.map(async ({ aboutId }) => aboutId === null || knows(aboutId)));
    return disclosed(own.filter((_, index) => known[index]));
  }

  async function find(id: string): Promise<Shown<ServicesActionRow> | null> {
    if (!isUuid(id)) return null;
    const [row] = await onesBy(database.manager, ServicesActionRow, "id", [id.toLowerCase()], open);
    return row ? ((await shown([row]))[0] ?? null) : null;
  }

  return {
    find,
    ofConference: async (id) => (isUuid(id) ? shown(await byConference.load(id.toLowerCase())) : []),
    async ofPerson(id) {
      if (!isUuid(id) || (provider && !(await knows(id)))) return null;
      return shown(await byPerson.load(id.toLowerCase()));
    },
    async add(told) {
      const { conferenceId, text, owner, dueOn } = told;
      const fault = lineFault(text) ?? lineFault(owner);
      if (fault !== null) return no(fault);
      const named = told.person === null ? null : await actor.personOf(told.person, "needs");
      if (!isUuid(conferenceId) || (told.person !== null && named === null)) return no("NOT_FOUND");
      const aboutId = named?.personId ?? null;
      const input = { ...told, person: aboutId };
      return actOnce(actor, "addServicesAction", input, async (manager) => {
        const action = { conferenceId, aboutId, text, owner, dueOn, ownerAgency: reader.agency };
        const added = await addAction(manager, action, { by: nameOf(reader), now: now() }, ServicesActionRow);
        if (added.ok && named !== null)
          await manager.update(ServicesActionRow, added.value, { referralId: named.referralId });
        return added;
      });
    },
    async end({ actionId, done, key }) {
      const seen = await find(actionId);
      if (seen === null) return no("NOT_FOUND");
      const ended = { key, actionId: seen.id, done };
      const event: ActionEvent = done ? "finish" : "drop";
      const by = { by: nameOf(reader), now: now() };
      return actOnce(actor, "endServicesAction", ended, (manager) =>
        endAction(
          manager,
          { id: seen.id, agency: reader.agency, event },
          () => undefined,
          by,
          ServicesActionRow,
        ),
      );
    },
  };
}

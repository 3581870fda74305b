import { addDays, at } from "../days";
import type { Random } from "../random";
import { subjectOf } from "../site";
import type { JusticeCity } from "./city";
import { conferenceDays, type DecidedLevels } from "./conferences";

/** What is taken on about somebody at a conference. */
const TAKEN_ON = [
  "Ask the court for supervision with weekly reports.",
  "Serve the open warrant.",
  "Check the terms of bail at home.",
];

/** The decisions of a conference that leave a level as it is, beside those that confirm one. */
const UNCHANGED = ["kept", "settled"] as const;

/**
 * Adds the records of the conferences that confirmed the levels: who took part, what was decided and taken on. One is
 * ahead, and one was called off. Answers the one that is ahead.
 */
export function addConferences(
  city: JusticeCity,
  random: Random,
  { confirmed: levels, lowered }: DecidedLevels,
): string {
  const { site, lastDay, batch } = city;
  const by = `${subjectOf("coordinator")}@${site.police}`;
  const days = conferenceDays(lastDay);
  const hold = (day: string, from: string, state: "closed" | "planned" | "cancelled"): string => {
    const id = random.fork(`conference ${day} ${state}`).uuid();
    batch.add("conference", {
      ...{ id, state, place: "City hall, room 3", starts_at: at(day, 8), agenda_from: at(from, 8) },
      ...{ planned_by: by, recorded_at: at(from, 12) },
      closed_at: state === "planned" ? null : at(day, 11),
      closed_by: state === "planned" ? null : by,
    });
    return id;
  };
  for (const [index, day] of days.entries()) {
    const next = days[index + 1] ?? addDays(day, 7);
    const id = hold(day, days[index - 1] ?? addDays(day, -14), "closed");
    for (const [role, agency] of [
      ["coordinator", site.police],
      ["prosecutor", site.prosecutor],
      ["advocate", site.advocacy[0]!],
    ] as const) {
      batch.add("conference_attendee", { conference_id: id, agency, subject: subjectOf(role) });
    }
    const confirmed = levels.filter(({ confirmedOn }) => confirmedOn >= day && confirmedOn < next);
    for (const [place, { personId, level }] of confirmed.entries()) {
      const own = random.fork(`decision ${id} ${personId}`);
      const decision = {
        conference_id: id,
        person_id: personId,
        level,
        recorded_by: by,
        recorded_at: at(day, 10),
      };
      batch.add("conference_decision", { id: own.uuid(), kind: "confirmed", ...decision });
      if (place < UNCHANGED.length) {
        batch.add("conference_decision", { id: own.uuid(), kind: UNCHANGED[place]!, ...decision });
      }
      if (own.chance(0.8)) continue;
      const state = next <= lastDay ? own.weighted([["done", 80], ["dropped", 20]] as const) : "open"; // prettier-ignore
      const closed = state !== "open";
      batch.add("conference_action", {
        ...{ id: own.uuid(), conference_id: id, about_id: personId, text: own.pick(TAKEN_ON), state },
        ...{ owner_agency: site.police, owner: subjectOf("detective", own.int(1, 6)) },
        due_on: addDays(day, own.int(5, 20)),
        ...{ recorded_by: by, recorded_at: at(day, 10) },
        closed_at: closed ? at(addDays(day, 4), 15) : null,
        closed_by: closed ? by : null,
      });
    }
  }
  const last = random.fork(`conference ${lastDay} closed`).uuid();
  for (const { personId, level } of lowered) {
    batch.add("conference_decision", {
      ...{
        id: random.fork(`lowered ${personId}`).uuid(),
        conference_id: last,
        person_id: personId,
        kind: "lowered",
        level,
      },
      ...{ recorded_by: by, recorded_at: at(lastDay, 11) },
    });
  }
  hold(addDays(lastDay, -14), days.at(-2)!, "cancelled");
  return hold(addDays(lastDay, 7), lastDay, "planned");
}

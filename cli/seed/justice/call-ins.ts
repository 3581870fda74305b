import { addDays, at } from "../days";
import { subjectOf } from "../site";
import type { JusticeCity, SeededCallIn, Subject } from "./city";

/** Days from a conference to the call-in for those whom it confirmed at B. */
export const CALL_IN_AFTER_DAYS = 14;

const PLACES = ["Town hall, Fableford Street", "Community college, Inkwell Lane"];
const SPEAKERS = [
  { role: "mother of a woman who was killed", kind: "community-voice" },
  { role: "pastor", kind: "community-voice" },
  { role: "case manager", kind: "services" },
  { role: "chief of police", kind: "justice" },
  { role: "prosecutor", kind: "justice" },
] as const;

/** The call-in that follows from a conference: one for all whom it confirmed at B. */
export function callInAfter(city: JusticeCity, subject: Subject, conferenceOn: string): SeededCallIn {
  const known = city.callIns.get(conferenceOn);
  if (known) return known;
  const random = subject.random.fork(`call-in after ${conferenceOn}`);
  const callIn = {
    id: random.uuid(),
    day: addDays(conferenceOn, CALL_IN_AFTER_DAYS),
    place: random.pick(PLACES),
    messenger: subjectOf("messenger", random.int(1, 3)),
    plannedOn: conferenceOn,
    coordinator: `${subjectOf("coordinator", random.int(1, 2))}@${city.site.police}`,
    held: false,
  };
  city.callIns.set(conferenceOn, callIn);
  return callIn;
}

/** Adds every call-in with those who speak: held when anybody came, called off when nobody was left to be invited. */
export function addCallIns(city: JusticeCity): void {
  for (const { id, day, place, messenger, plannedOn, coordinator, held } of city.callIns.values()) {
    const past = day <= city.lastDay;
    city.batch.add("call_in", {
      ...{ id, planned_for: at(day, 15), place, help_offered: true },
      state: !past ? "planned" : held ? "held" : "cancelled",
      ...{ messenger, messenger_agency: city.site.messengers },
      ...{ planned_by: coordinator, recorded_at: at(plannedOn, 10) },
      ...{ closed_at: past ? at(day, 18) : null, closed_by: past ? coordinator : null },
    });
    for (const [index, { role, kind }] of SPEAKERS.entries()) {
      const name = `Example Speaker ${index + 1}`;
      city.batch.add("call_in_speaker", { call_in_id: id, position: index + 1, name, role, kind });
    }
  }
}

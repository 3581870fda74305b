import type { Miniature } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { placeOf, type Man } from "./man";
import type { Markers } from "./markers";

/** Before any notice, so that no gate waits for another one. */
export const LONG_AGO = new Date("2000-01-01T00:00:00Z");

/**
 * Writes a contact whose release was taken back, and two that nobody had planned, of which one was looked into. The
 * reports are of no element, and so no markers. Answers the contact of the other.
 */
export async function writeBreaches(
  write: Miniature,
  markers: Markers,
  man: Man,
  personId: string,
): Promise<string> {
  const mark = markers.at({ ...placeOf(man), messengers: [] });
  await write.contact({
    id: mark.id("recalled contact id", "contact-record:F"),
    personId,
    state: "recalled",
    recallReason: "hold-placed",
    plannedFor: mark.instant("recalled contact had been planned for", "contact-record:F"),
    recordedAt: LONG_AGO,
    place: mark.text("place of a recalled contact", "contact-record:F"),
  });
  const unplanned = (what: string) =>
    write.contact({
      id: mark.id(`id of ${what}`, "contact-record:F"),
      ...{ personId, state: "breached" as const, level: "A" as const, plannedBy: null },
      plannedFor: LONG_AGO,
      recordedAt: LONG_AGO,
      madeAt: mark.instant(`${what} made`, "contact-record:F"),
      madeBy: mark.text(`who made ${what}`, "contact-record:F"),
      message: mark.text(`message of ${what}`, "contact-record:F"),
    });
  const { id } = await unplanned("an unplanned contact");
  const reviewed = await unplanned("an unplanned contact that was looked into");
  const reviewedBy = "coordinator-9@metro-police";
  await write.breachReview(reviewed.id, { review: "Looked into.", reviewedBy, reviewedAt: new Date() });
  return id;
}

/** Writes a call-in that was held and one that is to come, each with an open contact of his, one made and one recalled. */
export async function writeCallIns(
  write: Miniature,
  markers: Markers,
  man: Man,
  personId: string,
): Promise<{ readonly callInId: string; readonly callInAheadId: string }> {
  const OWN = ["contact-record:F", "contact-record:O"] as const;
  const [messenger = null] = man.messengers;
  const mark = markers.at({ ...placeOf(man), messengers: messenger === null ? [] : [messenger] });
  const full = (what: string) => mark.text(what, "contact-record:F");
  const instant = (what: string) => mark.instant(what, "contact-record:F");
  const callIn = async (what: string, plannedFor: Date, more: Parameters<Miniature["callIn"]>[0] = {}) => {
    const { id: callInId } = await write.callIn({
      id: mark.id(`id of ${what}`, ...OWN),
      ...{ plannedFor, recordedAt: instant(`${what} recorded`) },
      // Withdrawn from the messenger once it is over.
      place: mark.text(`place of ${what}`, ...(more.state ? (["contact-record:F"] as const) : OWN)),
      plannedBy: full(`who planned ${what}`),
      ...more,
    });
    await write.speaker({ callInId, name: full("speaker"), role: full("role of a speaker") });
    return callInId;
  };
  const invited = (what: string, callInId: string, more: Parameters<Miniature["contact"]>[0] = {}) =>
    write.contact({
      id: mark.id(`id of ${what}`, ...OWN),
      ...{ personId, messenger, means: "call-in", recordedAt: LONG_AGO, callInId },
      // As that of any contact ahead, it is also what a messenger is told of where he meets him.
      place: mark.text(
        `place of ${what}`,
        ...(more.state ? (["contact-record:F"] as const) : ([...OWN, "offender-identity:L3"] as const)),
      ),
      ...more,
    });
  const ahead = mark.instantAhead("call-in planned for", ...OWN);
  const past = mark.instant("call-in held had been planned for", ...OWN);
  const closed = { closedAt: instant("call-in closed"), closedBy: full("who closed a call-in") };
  const callInAheadId = await callIn("a call-in", ahead);
  const callInId = await callIn("a call-in held", past, { state: "held", ...closed });
  for (const id of [callInId, callInAheadId]) {
    await invited("an invitation that stands", id, { plannedFor: ahead });
    await invited("an invitation taken up", id, {
      ...{ state: "made", plannedFor: past, dueBy: instant("invitation due by") },
      ...{ releasedAt: mark.instant("invitation released", ...OWN), releasedBy: full("who released it") },
      ...{ madeAt: mark.instant("call-in attended", ...OWN), madeBy: full("who led a call-in") },
      message: full("message of a call-in"),
      ...{ closedAt: instant("invitation closed"), closedBy: full("who closed an invitation") },
    });
    await invited("an invitation recalled", id, { state: "recalled", plannedFor: past });
  }
  return { callInId, callInAheadId };
}

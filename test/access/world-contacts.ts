import type { Miniature } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { placeOf, type Man } from "./man";
import type { Markers } from "./markers";

/** Before any notice, so that no gate waits for another one. */
const LONG_AGO = new Date("2000-01-01T00:00:00Z");

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

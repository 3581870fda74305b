import type { DataSource } from "typeorm";
import { LeverPullRow } from "../../subgraphs/law-enforcement/store/entities/lever";
import type { Markers, Place } from "./markers";

/** Writes levers that were pulled: one that has ended, and one of the group nexus. */
export async function writePulls(
  database: DataSource,
  markers: Markers,
  place: Place,
  { personId, warrantId }: { readonly personId: string; readonly warrantId: string },
): Promise<void> {
  const mark = markers.at(place);
  for (const nexus of [false, true]) {
    const sight = nexus ? "intelligence:F" : "intelligence:L10";
    await database.manager.insert(LeverPullRow, {
      id: mark.id("pull id", sight),
      personId,
      kind: nexus ? "group-nexus" : "warrant",
      recordId: nexus ? null : warrantId,
      state: "failed",
      tried: mark.text("what was tried", sight),
      triedAt: mark.instant("tried", sight),
      triedBy: mark.text("tried by", sight),
      recordedBy: mark.text("pull recorded by", sight),
      recordedAt: mark.instant("pull recorded", sight),
      note: mark.text("what came of it", sight),
      endedBy: mark.text("pull ended by", sight),
      endedAt: mark.instant("pull ended", sight),
    });
  }
}

import { randomUUID } from "node:crypto";
import { createAgencyCall } from "../../platform/agency-call/call";
import * as advocacySide from "../../subgraphs/advocacy/door.fixture";
import { migrate as migrateAdvocacy } from "../../subgraphs/advocacy/store/database";
import { askAdvocacy } from "../../subgraphs/law-enforcement/advocacy-holds";
import * as justiceSide from "../../subgraphs/law-enforcement/door.fixture";
import { migrate, openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { miniatureOf } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { createTestDatabase } from "../setup/databases";

test("L24, AV21: a hold stops a release, whoever's the case is; it expires, and the contact is released; advocacy down, none is", async () => {
  const START = Date.now();
  let hours = 0;
  let looks = 0;
  const now = () => new Date(START + hours * 3_600_000 + looks++);
  const places = [
    await createTestDatabase({ key: "advocacy", migrate: migrateAdvocacy }),
    await createTestDatabase({ key: "advocacy", migrate: migrateAdvocacy }),
    await createTestDatabase({ key: "law-enforcement", migrate }),
  ] as const;
  const advocacy = await advocacySide.openTestDoor(
    { "harbor-house": places[0].url, "safe-passage": places[1].url },
    now,
  );
  const url = new URL("/holds", advocacy.url).href;
  const holds = askAdvocacy(createAgencyCall({ url, secret: advocacySide.TEST_HOLDS_SECRET }));
  const police = await justiceSide.openTestDoor(places[2].url, now, holds);
  const database = await openLawEnforcementDatabase(places[2].url, { poolSize: 1 });
  try {
    const write = miniatureOf(database);
    const { id: personId } = await write.person();
    const { id: victimId } = await write.victim();
    const assigned = { assignedAgency: "harbor-house", assignedAt: now() };
    const file = await write.caseFile({ personId, victimId, ...assigned });
    const { id: proposalId } = await write.proposal({ personId, level: "B", supersededAt: now() });
    await write.confirmation({ personId, proposalId, level: "B", confirmedAt: now() });
    const first = await write.contact({ personId, level: "B", recordedAt: now() });
    const second = await write.contact({ personId, level: "B", recordedAt: now() });
    await write.outreach({ caseId: file.id, madeAt: now(), recordedAt: now() });

    const release = async (contactId: string) => {
      const answer = await police.ask(
        { agency: "metro-police", roles: ["coordinator"], subject: "cora" },
        `mutation { releaseContact(input: { key: "${randomUUID()}", contactId: "${contactId}", expects: PLANNED }) {
           contact { state } problem } }`,
      );
      return answer.data!["releaseContact"];
    };
    // Not the agency that the case is assigned to.
    await advocacy.ask(
      { agency: "safe-passage", role: "advocate" },
      `mutation { placeHold(input: { key: "${randomUUID()}", contactId: "${first.id}", hours: 2 }) {
         problem } }`,
    );
    expect(await release(first.id)).toEqual({ contact: null, problem: "HOLD_STANDS" });
    hours = 2;
    expect(await release(first.id)).toEqual({ contact: { state: "RELEASED" }, problem: null });
    await advocacy.close();
    expect(await release(second.id)).toEqual({ contact: null, problem: "ADVOCACY_SILENT" });
  } finally {
    await advocacy.close().catch(() => undefined);
    await police.close();
    await database.destroy();
    await Promise.all(places.map((place) => place.drop()));
  }
}, 60_000);

import type { DataSource, EntityManager } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { migrate, openLawEnforcementDatabase } from "./database";
import type { ContactRow } from "./entities/contact";
import { miniatureOf, type Miniature } from "./miniature.fixture";

let place: TestDatabase;
export let database: DataSource;
export let write: Miniature;

/** Has the tests of a file find an empty database of their own. */
export function openGate(): void {
  beforeAll(async () => {
    place = await createTestDatabase({ key: "law-enforcement", migrate });
    database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
    write = miniatureOf(database);
  });
  afterAll(async () => {
    await database?.destroy();
    await place?.drop();
  });
}

export const now = new Date("2026-03-15T12:00:00.000Z");
export const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** A man at level B, or another, with two victims, and a contact planned an hour ago. */
export async function planned(differs: Partial<ContactRow> = {}, level: "B" | "C" = "B") {
  const { id: personId } = await write.person();
  const cases = [];
  for (let count = 0; count < 2; count++) {
    const { id: victimId } = await write.victim();
    cases.push((await write.caseFile({ personId, victimId, openedAt: minutes(-600) })).id);
  }
  const proposal = await write.proposal({ personId, level, supersededAt: now });
  await write.confirmation({ personId, proposalId: proposal.id, level, confirmedAt: minutes(-300) });
  const contact = await write.contact({ personId, level, recordedAt: minutes(-60), ...differs });
  return { personId, cases, contact };
}
export type Planned = Awaited<ReturnType<typeof planned>>;

export const tell = (caseId: string, recordedAt = minutes(-30)) =>
  write.outreach({ caseId, recordedAt, madeAt: recordedAt });
export const tellAll = ({ cases }: Planned) => Promise.all(cases.map((id) => tell(id)));
export async function tryInVain(caseId: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    const recordedAt = minutes(-40 + count);
    await write.outreach({ caseId, kind: "notice-attempt", outcome: "not-reached", recordedAt });
  }
}
export const sign = ({ contact }: Planned, caseId: string, signedAt = minutes(-20)): Promise<unknown> =>
  database.query("INSERT INTO attempts_sign_off VALUES ($1, $2, 'cora@metro-police', $3)", [
    contact.id,
    caseId,
    signedAt,
  ]);
export const clear = (manager: EntityManager, { contact }: Planned, answeredAt = now): Promise<unknown> =>
  manager.query("INSERT INTO contact_clearance (contact_id, answered_at) VALUES ($1, $2)", [
    contact.id,
    answeredAt,
  ]);
export const release = (manager: EntityManager, { contact }: Planned): Promise<unknown> =>
  manager.query(
    "UPDATE contact SET state = 'released', released_at = $2, released_by = 'by hand' WHERE id = $1",
    [contact.id, now],
  );
/** A release by hand-written SQL together with the advocacy side's answer: the gate is all that is left. */
export const releaseClear = (one: Planned) =>
  database.transaction(async (manager) => {
    await clear(manager, one);
    await release(manager, one);
  });
export async function refusedBy(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "nobody",
    (error: { constraint?: string }) => String(error.constraint),
  );
}
export const stateOf = async ({ contact }: Planned) =>
  (await database.query<{ state: string }[]>("SELECT state FROM contact WHERE id = $1", [contact.id]))[0]!
    .state;

import type { Markers } from "./markers";
import type { Ask } from "./world-agencies";
import type { KnownMan } from "./world-justice";

/** The open tasks of Harbor House's case of the man everybody knows. */
export const openTaskId = (number: 1 | 2): string => `00000000-0000-4000-8000-00000000f00${number}`;

/** Writes what is and was to be done for the victim of each case: open, taken, done and given up. */
export async function writeTasks(ask: Ask, markers: Markers, man: KnownMan): Promise<void> {
  for (const [index, caseId] of man.caseIds.entries()) {
    const agency = man.cases[index];
    if (agency == null) continue;
    const place = { supervised: false, advocacy: [agency], providers: [], messengers: [] };
    const text = (what: string) => markers.at(place).text(what, "outreach-advocacy:O");
    const columns = `case_id, kind, state, event_id, opened_on, opened_at, due_at, contact_id, hours_before_contact,
      taken_by, taken_at, closed_by, closed_at, outreach_id, reason, recalled_at`;
    await ask(
      agency,
      `INSERT INTO outreach_task (${columns}) VALUES
         ($1, 'call', 'taken', gen_random_uuid(), 'contact-planned', now(), now(), gen_random_uuid(), 4, $2, now(), NULL, NULL, NULL, NULL, NULL),
         ($1, 'call', 'taken', gen_random_uuid(), 'arrest-recalled', now(), now(), NULL, NULL, $2, now(), NULL, NULL, NULL, NULL, now()),
         ($1, 'visit', 'done', gen_random_uuid(), 'arrest', now(), now(), NULL, NULL, NULL, NULL, $3, now(),
          (SELECT id FROM outreach WHERE case_id = $1 LIMIT 1), NULL, NULL),
         ($1, 'letter', 'cancelled', gen_random_uuid(), 'arrest', now(), now(), NULL, NULL, NULL, NULL, $4, now(), NULL, 'not-safe', NULL)`,
      [caseId, text("who took the task"), text("who did the task"), text("who gave the task up")],
    );
    if (agency !== "harbor-house" || man.cases.length < 2) continue;
    for (const number of [1, 2] as const) {
      await ask(
        agency,
        `INSERT INTO outreach_task (id, case_id, kind, event_id, opened_on, opened_at, due_at, contact_id)
         VALUES ($1, $2, 'call', gen_random_uuid(), 'contact-planned', now(), now(), gen_random_uuid())`,
        [openTaskId(number), caseId],
      );
    }
  }
}

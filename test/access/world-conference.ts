import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import type { Markers } from "./markers";
import type { Ask } from "./world-agencies";
import type { KnownMan } from "./world-justice";

/** Writes a conference that begins in an hour, one that is closed, and what each decided and took on about a man. */
export async function writeConference(database: DataSource, markers: Markers, man: KnownMan) {
  const mark = markers.at(man.place);
  const [planned, closed] = [randomUUID(), randomUUID()];
  await database.query(
    `INSERT INTO conference (id, starts_at, place, state, agenda_from, planned_by, recorded_at, closed_at, closed_by)
     VALUES ($1, now() + interval '1 hour', 'Room 3', 'planned', '2000-01-01', 'coordinator-1@metro-police', now(), NULL, NULL),
       ($2, now() - interval '7 days', 'Room 3', 'closed', '2000-01-01', 'coordinator-1@metro-police', now(), now(),
        'coordinator-1@metro-police')`,
    [planned, closed],
  );
  for (const conferenceId of [planned, closed]) {
    await database.query(
      "INSERT INTO conference_attendee (conference_id, agency, subject) VALUES ($1, 'metro-police', 'detective-1')",
      [conferenceId],
    );
    await database.query(
      `INSERT INTO conference_decision (id, conference_id, person_id, kind, level, recorded_by, recorded_at)
       VALUES ($1, $2, $3, 'kept', 'C', $4, $5)`,
      [
        ...[mark.id("decision", "tier:F"), conferenceId, man.personId],
        ...[mark.text("decision recorded by", "tier:F"), mark.instant("decided", "tier:F")],
      ],
    );
    // Those who may read the reasons of a level are those who may read this.
    await database.query(
      `INSERT INTO conference_action (id, conference_id, about_id, text, owner_agency, owner, due_on, state, recorded_by,
         recorded_at, closed_at, closed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'done', $8, now(), $9, 'x')`,
      [
        ...[mark.id("action", "tier-reasons:F"), conferenceId, man.personId],
        ...["action", "action's agency", "action's owner"].map((what) => mark.text(what, "tier-reasons:F")),
        ...[mark.dayAhead("action due", "tier-reasons:F"), mark.text("action recorded by", "tier-reasons:F")],
        mark.instant("action closed", "tier-reasons:F"),
      ],
    );
  }
  return { conferenceId: planned, closedConferenceId: closed };
}

/** Writes what the advocacy agency of each case of a man took on about it; as a safety plan, it is nobody else's. */
export async function writeAgencyActions(
  ask: Ask,
  markers: Markers,
  man: KnownMan,
  conferenceId: string,
): Promise<void> {
  for (const [index, caseId] of man.caseIds.entries()) {
    const agency = man.cases[index];
    if (agency == null) continue;
    const mark = markers.at({ supervised: false, advocacy: [agency], providers: [], messengers: [] });
    await ask(
      agency,
      `INSERT INTO conference_action (id, conference_id, about_id, text, owner_agency, owner, due_on, state, recorded_by,
         recorded_at, closed_at, closed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'done', $8, now(), $9, 'x')`,
      [
        ...[mark.id("advocacy action", "safety-plan:O"), conferenceId, caseId],
        ...[mark.text("text of an advocacy action", "safety-plan:O"), agency],
        mark.text("owner of an advocacy action", "safety-plan:O"),
        mark.dayAhead("advocacy action due", "safety-plan:O"),
        mark.text("who recorded an advocacy action", "safety-plan:O"),
        mark.instant("advocacy action closed", "safety-plan:O"),
      ],
    );
  }
}

/** Writes what each provider of a man took on about him under the treatment that it gives him. */
export async function writeProviderActions(
  ask: Ask,
  markers: Markers,
  man: KnownMan,
  conferenceId: string,
): Promise<void> {
  for (const agency of man.providers) {
    const mark = markers.at({
      supervised: man.supervised,
      advocacy: [],
      providers: [agency],
      messengers: [],
    });
    const seen = "service-needs:F";
    await ask(
      "services",
      `INSERT INTO conference_action (id, conference_id, about_id, text, owner_agency, owner, due_on, state, recorded_by,
         recorded_at, closed_at, closed_by, referral_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'done', $8, now(), $9, 'x', (SELECT id FROM referral
         WHERE person_id = $3 AND provider_agency = $5 AND part2 AND state = 'accepted'))`,
      [
        ...[mark.id("services action", seen), conferenceId, man.personId],
        ...[mark.text("services action", seen), agency, mark.text("owner of a services action", seen)],
        ...[mark.dayAhead("services action due", seen), mark.text("who recorded a services action", seen)],
        mark.instant("services action closed", seen),
      ],
    );
  }
}

import { randomUUID } from "node:crypto";
import type { Markers } from "./markers";
import type { Ask } from "./world-agencies";
import type { KnownMan } from "./world-justice";

const NOBODY = { supervised: false, advocacy: [], providers: [], messengers: [] };

/** What the services' commands of the known man's provider and coordinator are told with. */
export interface HelpWorld {
  /** He agreed to it, and the provider has not answered. */
  readonly unansweredId: string;
  /** Consents that the coordinator and the provider may revoke, of a treatment that is over. */
  readonly consentIds: { readonly coordinator: string; readonly provider: string };
}

/** Writes places of the providers, and who of their employees helps victims. */
export async function writeProviders(ask: Ask): Promise<void> {
  for (const agency of ["new-start", "open-door"]) {
    await ask(
      "services",
      `INSERT INTO provider_service (agency, service, places, recorded_by, recorded_at)
       SELECT $1, service, 90, 'p', '2019-01-01Z' FROM unnest('{housing,employment,education}'::text[]) service`,
      [agency],
    );
    await ask(
      "services",
      `INSERT INTO victim_side_employee (agency, subject, recorded_by, recorded_at, ended_by, ended_at)
       VALUES ($1, 'provider-8', 'p', '2018-01-01Z', 'p', '2019-01-01Z')`,
      [agency],
    );
  }
}

/** The treatment that a provider gives him; its consents open it to the police and the prosecutor. */
const TREATMENT =
  "(SELECT id FROM referral WHERE person_id = $1 AND provider_agency = $2 AND part2 AND state = 'accepted')";

/** Writes what a man's providers recorded under a Part 2 referral, and what his coordinator asked for. */
export async function writeHelp(ask: Ask, markers: Markers, man: KnownMan): Promise<HelpWorld> {
  const { personId, supervised } = man;
  const coordinators = markers.at(NOBODY);
  const unansweredId = randomUUID();
  const consentIds = { coordinator: randomUUID(), provider: randomUUID() };
  await ask(
    "services",
    `INSERT INTO small_help (id, person_id, kind, what_for, amount, requested_by, requested_agency, requested_at)
     VALUES ($1, $2, 'fee', $3, 100, $4, 'metro-police', $5)`,
    [
      coordinators.id("small help id of the police", "service-needs:F"),
      personId,
      coordinators.text("small help of the police", "service-needs:F"),
      coordinators.text("who asked for small help"),
      coordinators.instant("small help asked by the police", "service-needs:F"),
    ],
  );
  for (const agency of man.providers) {
    const mark = markers.at({ ...NOBODY, supervised, providers: [agency] });
    const instant = (what: string) => mark.instant(what, "service-needs:F");
    await ask(
      "services",
      `INSERT INTO need (id, person_id, kind, stated_at, recorded_by, recorded_at, closed_as, closed_by, closed_at, referral_id)
       VALUES ($3, $1, 'food', $4, $5, now(), 'met', $5, $6, ${TREATMENT})`,
      [personId, agency, mark.id("closed need id", "service-needs:F"), instant("closed need stated"), mark.text("need recorded by"), instant("need closed")], // prettier-ignore
    );
    await ask(
      "services",
      `INSERT INTO small_help (id, person_id, kind, what_for, amount, state, requested_by, requested_agency, requested_at,
         decided_by, decided_at, delivered_by, delivered_at, referral_id)
       VALUES ($3, $1, 'bus-pass', $4, 100, 'delivered', 'p', $2, $5, $6, $7, 'p', $8, ${TREATMENT})`,
      [
        ...[personId, agency, mark.id("small help id", "service-needs:F")],
        ...[mark.text("small help", "service-needs:F"), instant("small help asked")],
        ...[
          mark.text("who decided on small help"),
          instant("small help decided"),
          instant("small help given"),
        ],
      ],
    );
    await ask(
      "services",
      `INSERT INTO part2_consent (id, referral_id, recipient_agency, given_at, expires_at, revoked_at)
       VALUES ($3, ${TREATMENT}, 'county-audit', $4, $5, $6)`,
      [
        ...[personId, agency, mark.id("consent id", "service-needs:F")],
        ...[instant("consent given"), mark.instantAhead("consent ends", "service-needs:F")],
        instant("consent revoked"),
      ],
    );
    await ask(
      "services",
      `INSERT INTO referral (id, person_id, provider_agency, service, state, consented_at, partners_may_know, referred_at,
         answered_by, answered_at, closed_by, closed_at)
       VALUES ($3, $1, $2, 'legal-help', 'closed', $4, true, $5, 'p', $6, 'p', $7),
         ($8, $1, $2, 'housing', 'referred', $4, false, $5, NULL, NULL, NULL, NULL)`,
      [
        ...[personId, agency, mark.id("closed referral id", "service-needs:F"), instant("closed: consented")],
        ...[
          instant("closed: referred"),
          instant("closed: answered"),
          instant("closed: closed"),
          unansweredId,
        ],
      ],
    );
  }
  if (man.providers[0] !== undefined) {
    await ask(
      "services",
      `WITH over AS (
         INSERT INTO referral (person_id, provider_agency, service, part2, state, consented_at, referred_at, answered_by,
           answered_at, closed_by, closed_at)
         VALUES ($1, $2, 'substance-use-treatment', true, 'closed', '2019-01-01Z', '2019-01-01Z', 'p', '2019-01-02Z', 'p',
           '2019-02-01Z') RETURNING id)
       INSERT INTO part2_consent (id, referral_id, recipient_agency, given_at, expires_at)
       SELECT given.id, over.id, recipient, '2019-01-01Z', '2099-01-01Z'
       FROM over, (VALUES (gen_random_uuid(), 'metro-police'), ($3, 'county-audit'), ($4, 'county-audit')) given (id, recipient)`,
      [personId, man.providers[0], consentIds.coordinator, consentIds.provider],
    );
  }
  const owners = ["metro-police", "county-prosecutor", ...man.providers];
  if (man.messengers.length > 0) owners.push("street-voices");
  for (const owner of owners) {
    const mark = markers.at({ ...NOBODY, supervised, owner });
    const seen = ["promises:F", "promises:O"] as const;
    await ask(
      "services",
      `INSERT INTO help_promise (id, person_id, text, due_on, owner_agency, state, settled_by, settled_at, referral_id)
       VALUES ($3, $1, $4, $5, $2, 'open', NULL, NULL, NULL), ($6, $1, $7, $8, $2, 'kept', $9, $10, ${TREATMENT})`,
      [
        ...[personId, owner],
        ...[mark.id("overdue promise id", ...seen), mark.text("overdue promise", ...seen)],
        mark.day("overdue since", ...seen),
        ...[mark.id("kept promise id", ...seen), mark.text("kept promise", ...seen)],
        ...[mark.day("kept promise due", ...seen), mark.text("who kept it")],
        mark.instant("promise kept", ...seen),
      ],
    );
  }
  return { unansweredId, consentIds };
}

import { randomUUID } from "node:crypto";
import type { Markers, Place } from "./markers";
import type { KnownMan } from "./world-justice";

/** Runs one statement in the database of one owner. */
export type Ask = (owner: string, sql: string, values?: unknown[]) => Promise<unknown>;

const NOBODY: Place = { supervised: false, advocacy: [], providers: [], messengers: [] };

/** Writes what the advocacy agency of each case holds of its victim, each value a marker. */
export async function writeClients(ask: Ask, markers: Markers, man: KnownMan): Promise<void> {
  for (const [index, caseId] of man.caseIds.entries()) {
    const agency = man.cases[index];
    if (agency == null) continue;
    const mark = markers.at({ ...NOBODY, advocacy: [agency] });
    await ask(agency, "INSERT INTO case_assignment (case_id, assigned_at) VALUES ($1, '2026-02-01Z')", [
      caseId,
    ]);
    const clientId = mark.id("client id", "client:O");
    await ask(
      agency,
      "INSERT INTO client (id, case_id, preferred_name, phone, address, registered_at) VALUES ($1, $2, $3, $4, $5, $6)",
      [
        ...[clientId, caseId],
        mark.text("her preferred name", "client-contact:O"),
        mark.text("her telephone, advocacy side", "client-contact:O"),
        mark.text("her address, advocacy side", "client-contact:O"),
        mark.instant("client registered", "client:O"),
      ],
    );
    const outreachId = mark.id("outreach id", "outreach-advocacy:O");
    await ask(
      agency,
      `INSERT INTO outreach (id, case_id, kind, outcome, made_at, made_by, note)
       VALUES ($1, $2, 'visit', 'reached', $3, $4, $5)`,
      [
        ...[outreachId, caseId],
        mark.instant("outreach made", "outreach-advocacy:O"),
        mark.text("advocate of the outreach", "outreach-advocacy:O"),
        mark.text("outreach note", "outreach-advocacy:O"),
      ],
    );
    await ask(
      agency,
      `INSERT INTO risk_assessment (id, corrects_id, outcome, case_id, instrument, instrument_version, answers, score, band,
         assessed_at, assessed_by, recorded_at, note, outreach_id)
       SELECT one.*, $4, $5, $6, '{"1":"yes"}', $7, $8, $9, $10, $11, $12, $13
       FROM (VALUES ($1::uuid, NULL, 'incomplete'), ($2::uuid, $1::uuid, 'high-danger'), ($3::uuid, $2::uuid, 'incomplete')) one`,
      [
        mark.id("first assessment id", "advocate-risk:O"),
        mark.id("corrected assessment id", "advocate-risk:O"),
        mark.id("risk assessment id", "advocate-risk:O"),
        caseId,
        mark.text("instrument", "advocate-risk:O"),
        mark.text("instrument version", "advocate-risk:O"),
        mark.number("score", "advocate-risk:O"),
        mark.text("band", "advocate-risk:O"),
        mark.instant("assessed", "advocate-risk:O"),
        mark.text("advocate of the assessment", "advocate-risk:O"),
        mark.instant("assessment recorded", "advocate-risk:O"),
        mark.text("assessment note", "advocate-risk:O"),
        outreachId,
      ],
    );
    await ask(
      agency,
      `INSERT INTO safe_contact (case_id, may_call, may_write, may_leave_message, may_visit, hours_from, hours_until,
         language, told_at, recorded_at, recorded_by) VALUES ($1, true, true, false, true, '09:00', '17:00', 'en', $2, $3, 'a')`,
      [
        caseId,
        mark.instant("she said what is safe", "client-contact:O"),
        mark.instant("what is safe recorded", "client-contact:O"),
      ],
    );
    await ask(
      agency,
      "INSERT INTO client_address (client_id, address, recorded_at, recorded_by) VALUES ($1, $2, now(), 'a')",
      [clientId, mark.text("her former address, advocacy side", "client-contact:O")],
    );
    await ask(agency, "INSERT INTO safety_plan (client_id, text, updated_at) VALUES ($1, $2, $3)", [
      clientId,
      mark.text("safety plan", "safety-plan:O"),
      mark.instant("safety plan gone through", "safety-plan:O"),
    ]);
  }
}

/**
 * Writes releases: one of each known case that has ended, so that it opens nothing; and, of a woman whom no other agency
 * knows, live ones to everyone who may be told which releases name him. Answers one that can be revoked.
 */
export async function writeReleases(ask: Ask, markers: Markers, man: KnownMan): Promise<string> {
  const columns = `id, case_id, discloser, recipient_agency, recipient_subject, recipient_name, elements, purpose,
    recorded_at, starts_at, expires_at, language, explained_by, signed_copy, recorded_by, mutation_key, input_digest`;
  for (const [index, caseId] of man.caseIds.entries()) {
    const agency = man.cases[index];
    if (agency == null) continue;
    const mark = markers.at({ ...NOBODY, advocacy: [agency] });
    const text = (what: string) => mark.text(what, "releases:O");
    const releaseId = mark.id("release id", "releases:O");
    await ask(
      agency,
      `INSERT INTO release (${columns}) VALUES ($1, $2, $3, 'county-prosecutor', $4, $5,
         '{client,client-contact,advocate-risk,outreach-advocacy}', $6, $7, $8, $9, $10, $11, $12, $13, 'ended', '')`,
      [
        ...[releaseId, caseId, agency, text("release: person named"), text("release: recipient as printed")],
        text("release: purpose"),
        mark.instant("release recorded", "releases:O"),
        mark.instant("release starts", "releases:O"),
        mark.instant("release expires", "releases:O"),
        ...[text("release: language"), text("release: explained by"), text("release: signed copy")],
        text("release: recorded by"),
      ],
    );
    await ask(agency, "INSERT INTO release_revocation VALUES ($1, $2, $3, 'revoked')", [
      releaseId,
      mark.instant("release revoked", "releases:O"),
      text("release: revoked by"),
    ]);
  }
  const live = randomUUID();
  await ask(
    "harbor-house",
    `WITH assigned AS (INSERT INTO case_assignment VALUES ($1, '2020-01-01Z'))
     INSERT INTO client (case_id, preferred_name) VALUES ($1, 'unknown elsewhere')`,
    [live],
  );
  await ask(
    "harbor-house",
    `INSERT INTO release (${columns})
     SELECT CASE agency WHEN 'new-start' THEN $1::uuid ELSE gen_random_uuid() END, $1, 'harbor-house', agency, NULL, 'n',
            '{client}', 'p', now(), now(), now() + interval '30 days', 'en', 'a', 's', 'a', agency, ''
     FROM unnest('{metro-police,county-prosecutor,county-probation,new-start}'::text[]) agency`,
    [live],
  );
  return live;
}

/** Writes what the services hold of a man; answers the referral of each provider. */
export async function writeServices(ask: Ask, markers: Markers, man: KnownMan): Promise<Map<string, string>> {
  const referrals = new Map<string, string>();
  const { personId } = man;
  const own = markers.at({ ...NOBODY, providers: man.providers });
  await ask(
    "services",
    "INSERT INTO need (id, person_id, kind, stated_at, passed_on) VALUES ($1, $2, 'housing', $3, true)",
    [own.id("need id", "service-needs:F"), personId, own.instant("need stated", "service-needs:F")],
  );
  for (const agency of man.providers) {
    const mark = markers.at({ ...NOBODY, providers: [agency] });
    for (const service of ["employment", "substance-use-treatment"] as const) {
      const isPart2 = service === "substance-use-treatment";
      // Its consents below open the records of substance-use treatment to the police and the prosecutor.
      const referralId = isPart2 ? mark.id("treatment referral id", "service-needs:F") : randomUUID();
      if (!isPart2) referrals.set(agency, referralId);
      await ask(
        "services",
        `INSERT INTO referral
           (id, person_id, provider_agency, service, part2, state, consented_at, referred_at, partners_may_know)
         VALUES ($1, $2, $3, $4, $5, 'accepted', $6, $7, true)`,
        [
          ...[referralId, personId, agency, service, isPart2],
          mark.instant("consented", "service-needs:F"),
          mark.instant("referred", "service-needs:F"),
        ],
      );
      for (const recipient of isPart2 ? ["metro-police", "county-prosecutor"] : []) {
        await ask(
          "services",
          `INSERT INTO part2_consent (referral_id, recipient_agency, given_at, expires_at)
           VALUES ($1, $2, '2000-01-01Z', '2099-01-01Z')`,
          [referralId, recipient],
        );
      }
      await ask(
        "services",
        "INSERT INTO engagement (id, referral_id, attended_on, attended, recorded_by) VALUES ($1, $2, $3, true, $4)",
        [
          ...[mark.id("engagement id", "service-attendance:F"), referralId],
          mark.day("attended on", "service-attendance:F"),
          mark.text("engagement recorded by"),
        ],
      );
    }
  }
  // Days are told of by whoever records them.
  await ask(
    "services",
    `INSERT INTO outbox.event (topic, key, facts, occurred_at, provenance)
     SELECT 'referral', $1, jsonb_build_object('change', 'engaged', 'referralId', referral_id, 'engagementId', day.id),
       now(), 'local'
     FROM engagement day JOIN referral ON referral.id = referral_id WHERE person_id = $1`,
    [personId],
  );
  const owners = ["metro-police", ...man.providers, ...(man.messengers.length > 0 ? ["street-voices"] : [])];
  for (const owner of owners) {
    const mark = markers.at({ ...NOBODY, supervised: man.supervised, owner });
    await ask(
      "services",
      "INSERT INTO help_promise (id, person_id, text, due_on, owner_agency) VALUES ($1, $2, $3, $4, $5)",
      [
        ...[mark.id("help promise id", "promises:F", "promises:O"), personId],
        mark.text(`help promised by ${owner}`, "promises:F", "promises:O"),
        mark.dayAhead("help due", "promises:F", "promises:O"),
        owner,
      ],
    );
  }
  return referrals;
}

/** Enough cases and people of every kind that the figures are shown; not one of them is anybody's to read. */
export async function writeFigures(ask: Ask, agency: string): Promise<void> {
  await ask(
    agency,
    "INSERT INTO case_assignment SELECT gen_random_uuid(), '2020-01-01Z' FROM generate_series(1, 10)",
  );
  await ask(
    agency,
    `INSERT INTO outreach (case_id, kind, outcome, made_at, made_by)
     SELECT case_id, kind, 'reached', '2020-02-01Z', 'somebody'
     FROM case_assignment, unnest('{visit,call,safety-planning,risk-assessment,case-management,emergency-assessment}'::text[]) kind
     WHERE assigned_at < '2021-01-01Z'`,
  );
  await ask(
    agency,
    `INSERT INTO outreach (case_id, kind, outcome, made_at, made_by)
     SELECT case_id, 'letter', 'sent', '2020-02-01Z', 'somebody' FROM case_assignment WHERE assigned_at < '2021-01-01Z'`,
  );
  await ask(
    "services",
    `WITH referred AS (
       INSERT INTO referral (person_id, provider_agency, service, part2, state, consented_at, referred_at)
       SELECT gen_random_uuid(), 'open-door', service, service = 'substance-use-treatment', 'closed', '2020-01-01Z', '2020-01-01Z'
       FROM generate_series(1, 10), unnest('{housing,employment,education,intervention-programme,parenting,mental-health,substance-use-treatment,legal-help}'::text[]) service
       RETURNING id)
     INSERT INTO engagement (referral_id, attended_on, attended, recorded_by)
     SELECT id, '2020-02-01', true, 'somebody' FROM referred`,
  );
  await ask(
    agency,
    `INSERT INTO client (case_id, preferred_name) SELECT case_id, 'n' FROM case_assignment WHERE assigned_at < '2021-01-01Z'
     UNION ALL SELECT NULL, 'n' FROM generate_series(1, 10)`,
  );
  await ask(
    "services",
    `WITH needed AS (
       INSERT INTO need (person_id, kind, stated_at)
       SELECT gen_random_uuid(), kind, '2020-01-01Z' FROM generate_series(1, 10), unnest('{housing,food,transport}'::text[]) kind)
     INSERT INTO help_promise (person_id, text, due_on, owner_agency, state)
     SELECT gen_random_uuid(), 't', '2020-01-01', 'open-door', state
     FROM generate_series(1, 10), unnest('{open,kept,broken}'::text[]) state`,
  );
}

/** Writes conflicts of a provider's employee with a man, one ended; answers the one that can be. */
export async function writeProviderConflicts(ask: Ask, { personId }: KnownMan): Promise<string> {
  const id = randomUUID();
  await ask(
    "services",
    `INSERT INTO conflict_of_interest (id, agency, subject, person_id, why, recorded_by, recorded_at, ended_by, ended_at)
     VALUES ($1, 'new-start', 'provider-8', $2, 'party', 'p', '2019-01-01Z', NULL, NULL),
       (gen_random_uuid(), 'new-start', 'provider-8', $2, 'party', 'p', '2018-01-01Z', 'p', '2019-01-01Z')`,
    [id, personId],
  );
  return id;
}

/** Writes conflicts of Harbor House's with a man's first case, one ended; answers the one that can be. */
export async function writeAgencyConflicts(ask: Ask, { caseIds }: KnownMan): Promise<string> {
  const id = randomUUID();
  await ask(
    "harbor-house",
    `INSERT INTO conflict_of_interest (id, agency, subject, case_id, why, recorded_by, recorded_at, ended_by, ended_at,
       mutation_key)
     VALUES ($1, 'harbor-house', 'advocate-8', $2, 'party', 'a', '2019-01-01Z', NULL, NULL, 'holds'),
       (gen_random_uuid(), 'harbor-house', 'advocate-8', $2, 'party', 'a', '2018-01-01Z', 'a', '2019-01-01Z', 'ended')`,
    [id, caseIds[0]],
  );
  return id;
}

import { openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { proposeLevels } from "../../subgraphs/law-enforcement/store/propose-levels";
import { readTierRules } from "../../subgraphs/law-enforcement/tier-rules-file";
import { createTestDatabase } from "../../test/setup/databases";
import { addDays } from "./days";
import { type SeededCity, seedCity } from "./seed-city";
import { siteDatabases, type SiteDatabases } from "./site-databases.fixture";

const AS_OF = "2024-06-30";
/** Enough that what is rare is there too. */
const PEOPLE = 700;
let site: SiteDatabases;
let city: SeededCity;

beforeAll(async () => {
  site = await siteDatabases(createTestDatabase);
  city = await seedCity({ urls: site.urls, people: PEOPLE, seed: 1, asOf: AS_OF });
}, 60_000);
afterAll(() => site.drop());

const justice = <Row extends object>(sql: string, values: unknown[] = []) =>
  site.ask<Row>("law-enforcement", sql, values);

interface Column {
  readonly name: string;
  readonly type: string;
}

/** What nobody has done in a city that was just made: break the glass, make a contact wait, change anything, have anything sealed, move house, take up an alert or leave it. */
const NOT_SEEDED: ReadonlySet<string> = new Set([
  "break_glass_opening",
  "contact_hold",
  "told_request",
  "former_address",
  "case_transfer",
  "case_news_place",
  "case_news",
  "told_arrest",
  "news_taken_back",
  "case_assignment.ended_at",
  "alert_acknowledgement",
  "alert_escalation",
  "correction",
  "detached_subject",
  "letter_mark",
  "withdrawn_violation",
  "expungement",
  "expunged_source",
  "expunged_record",
  "withheld_letter",
  "order_expiry_notice",
]);

const columnsOf = (owner: string, table: string) =>
  site.ask<Column>(
    owner,
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1`,
    [table],
  );

describe("every field of the matrix is filled for somebody", () => {
  test("every column of every table of every database holds something in some row", async () => {
    const empty: string[] = [];
    for (const owner of site.owners) {
      for (const table of await site.tablesOf(owner)) {
        if (NOT_SEEDED.has(table)) continue;
        const columns = await columnsOf(owner, table);
        const filled = columns.map(({ name, type }) => {
          const something = type === "ARRAY" ? `cardinality("${name}") > 0` : `"${name}" IS NOT NULL`;
          return `coalesce(bool_or(${something}), false) AS "${name}"`;
        });
        const [row] = await site.ask<Record<string, boolean>>(
          owner,
          `SELECT ${filled.join(", ")} FROM ${table}`,
        );
        for (const { name } of columns) {
          if (!row![name] && !NOT_SEEDED.has(`${table}.${name}`)) empty.push(`${owner}.${table}.${name}`);
        }
      }
    }
    expect(empty).toEqual([]);
  });

  test("every word that a column may hold is held by some row", async () => {
    const unused: string[] = [];
    for (const owner of site.owners) {
      const lists = await site.ask<{ table: string; column: string; rule: string }>(
        owner,
        `SELECT conrelid::regclass::text AS table, attname AS column, pg_get_constraintdef(pg_constraint.oid) AS rule
         FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
         WHERE connamespace = 'public'::regnamespace AND contype = 'c' AND cardinality(conkey) = 1 AND pg_get_constraintdef(pg_constraint.oid) LIKE '%= ANY (ARRAY[%'`,
      );
      for (const { table, column, rule } of lists) {
        if (NOT_SEEDED.has(table)) continue;
        const words = [...rule.matchAll(/'([^']+)'::text/g)].map((match) => match[1]!);
        const held = await site.ask<{ word: string }>(
          owner,
          `SELECT DISTINCT "${column}" AS word FROM ${table}`,
        );
        const known = new Set(held.map(({ word }) => word));
        unused.push(
          ...words.filter((word) => !known.has(word)).map((word) => `${owner}.${table}.${column}: ${word}`),
        );
      }
    }
    expect(unused).toEqual([]);
  });

  test("the first person has something in every element", async () => {
    const his = [city.firstPersonId];
    const missing: string[] = [];
    const byPerson = "person_id = $1";
    const byIncident = "incident_id IN (SELECT incident_id FROM incident_subject WHERE person_id = $1)";
    const byCase = "case_id IN (SELECT id FROM case_file WHERE person_id = $1)";
    for (const [table, condition] of [
      ["person", "id = $1 AND state_id IS NOT NULL AND address IS NOT NULL AND phone IS NOT NULL"],
      [
        "charge",
        `${byPerson} AND disposition = 'pending' AND court_date IS NOT NULL AND incident_id IS NOT NULL`,
      ],
      ["charge", `${byPerson} AND disposition = 'dismissed'`],
      ["arrest", `${byPerson} AND ${byIncident}`],
      ["prior_record", `${byPerson} AND provenance = 'ncic'`],
      ["custody_event", `${byPerson} AND status = 'bailed' AND recorded_at > '${AS_OF}'::date - 1`],
      [
        "release_condition",
        `${byPerson} AND terms_for_provider IS NOT NULL AND supervising_officer IS NOT NULL`,
      ],
      ["order_of_protection", `${byPerson} AND ${byCase} AND cardinality(protected_addresses) > 0`],
      ["order_of_protection", `${byPerson} AND terms_for_provider IS NOT NULL AND expires_on > '${AS_OF}'`],
      ["prohibited_behaviour", `${byPerson} AND condition_id IS NOT NULL`],
      ["warrant", `${byPerson} AND cleared_on IS NULL`],
      ["investigation_note", `${byIncident} AND kind = 'informant'`],
      ["intelligence", byPerson],
      ["case_file", `${byPerson} AND assigned_agency = 'harbor-house'`],
      ["victim", "id IN (SELECT victim_id FROM case_file WHERE person_id = $1) AND address IS NOT NULL"],
      ["safe_contact_rule", "victim_id IN (SELECT victim_id FROM case_file WHERE person_id = $1)"],
      ["lethality_screen", byCase],
      [
        "justice_outreach",
        `${byCase} AND kind = 'victim-notice' AND outcome = 'reached'
         AND recorded_at > (SELECT max(recorded_at) FROM contact WHERE ${byPerson} AND state = 'planned')`,
      ],
      [
        "contact",
        `${byPerson} AND state = 'planned' AND messenger = 'messenger-1' AND messenger_agency = 'street-voices' AND planned_for > '${AS_OF}'`,
      ],
      ["contact", `${byPerson} AND state = 'made' AND help_offered`],
      ["exposure_letter", `${byPerson} AND served_on IS NOT NULL`],
      ["sanction_promise", `${byPerson} AND promised_to = 'victim'`],
      ["referral_agreement", `${byPerson} AND provider_agency = 'new-start' AND withdrawn_at IS NULL`],
      [
        "incident",
        "id IN (SELECT incident_id FROM incident_subject WHERE person_id = $1) AND conference_summary IS NOT NULL",
      ],
    ] as const) {
      const rows = await justice(`SELECT FROM ${table} WHERE ${condition}`, his);
      if (rows.length === 0) missing.push(`${table}: ${condition}`);
    }
    for (const [table, condition] of [
      ["need", `${byPerson} AND passed_on`],
      ["help_promise", `${byPerson} AND owner_agency = 'street-voices'`],
      [
        "referral",
        `${byPerson} AND provider_agency = 'new-start' AND state = 'accepted' AND consented_at IS NOT NULL`,
      ],
      ["engagement", "attended AND referral_id IN (SELECT id FROM referral WHERE person_id = $1)"],
      [
        "part2_consent",
        `referral_id IN (SELECT id FROM referral WHERE person_id = $1) AND expires_at > '${AS_OF}'
         AND recipient_agency = 'metro-police'`,
      ],
    ] as const) {
      const rows = await site.ask("services", `SELECT FROM ${table} WHERE ${condition}`, his);
      if (rows.length === 0) missing.push(`${table}: ${condition}`);
    }
    const client = "client_id = (SELECT id FROM client WHERE case_id = $1)";
    for (const [table, condition] of [
      ["case_assignment", "case_id = $1 AND advocate = 'advocate-1'"],
      ["safe_contact", "case_id = $1 AND may_call AND hours_from IS NOT NULL"],
      ["client_address", client],
      ["client", "case_id = $1 AND phone IS NOT NULL AND address IS NOT NULL"],
      ["outreach", "case_id = $1 AND outcome = 'reached' AND kind IN ('call', 'visit') AND note IS NOT NULL"],
      ["risk_assessment", client],
      ["safety_plan", client],
      ["release", `case_id = $1 AND recipient_agency = 'county-prosecutor' AND expires_at > '${AS_OF}'`],
      ["release", `case_id = $1 AND expires_at < '${AS_OF}'`],
      ["release", "case_id = $1 AND id IN (SELECT release_id FROM release_revocation)"],
    ] as const) {
      const rows = await site.ask("harbor-house", `SELECT FROM ${table} WHERE ${condition}`, [
        city.firstCaseId,
      ]);
      if (rows.length === 0) missing.push(`${table}: ${condition}`);
    }
    expect(missing).toEqual([]);
  });
});

describe("levels", () => {
  test("the four levels come in the shares of a real caseload, and a few proposals wait", () => {
    const { levels, awaitingConfirmation } = city.counts;
    const share = (count: number) => count / PEOPLE;
    expect(share(levels.D)).toBeGreaterThan(0.5);
    expect(share(levels.D)).toBeLessThan(0.7);
    expect(share(levels.C)).toBeGreaterThan(0.18);
    expect(share(levels.C)).toBeLessThan(0.32);
    expect(share(levels.B)).toBeGreaterThan(0.06);
    expect(share(levels.B)).toBeLessThan(0.15);
    expect(share(levels.A)).toBeGreaterThan(0.02);
    expect(share(levels.A)).toBeLessThan(0.09);
    expect(awaitingConfirmation).toBeGreaterThan(0);
    expect(share(awaitingConfirmation)).toBeLessThan(0.1);
  });

  test("the open proposals are what the rules say of the facts, and the first person is at B", async () => {
    const source = await openLawEnforcementDatabase(site.urls.lawEnforcement, { poolSize: 1 });
    try {
      const rules = readTierRules("site/tier-rules.json");
      const again = await proposeLevels(source, "all", rules, addDays(AS_OF, -1));
      expect(again).toEqual({ persons: PEOPLE, proposed: 0, superseded: 0, unchanged: PEOPLE });
    } finally {
      await source.destroy();
    }
    const latest = await justice<{ level: string }>(
      "SELECT level FROM level_confirmation WHERE person_id = $1 ORDER BY confirmed_at DESC LIMIT 1",
      [city.firstPersonId],
    );
    expect(latest).toEqual([{ level: "B" }]);
  });

  test("a confirmation never lowers a level, and a named coordinator made it after the proposal", async () => {
    const wrong = await justice(`
      SELECT FROM (
        SELECT confirmed.*, lag(confirmed.level) OVER (PARTITION BY confirmed.person_id ORDER BY confirmed_at) AS before,
          proposal.proposed_at
        FROM level_confirmation confirmed JOIN level_proposal proposal ON proposal.id = confirmed.proposal_id) one
      WHERE level >= before OR confirmed_by !~ '^coordinator-\\d@metro-police$' OR confirmed_at <= proposed_at`);
    expect(wrong).toEqual([]);
  });
});

describe("the protocol is kept", () => {
  test("nobody at level A is contacted, and at B nobody before each of his victims was reached or signed for", async () => {
    const atA = await justice(`
      SELECT FROM contact JOIN level_confirmation confirmed USING (person_id)
      WHERE confirmed.level = 'A' AND contact.made_at > confirmed.confirmed_at AND contact.state <> 'breached'`);
    const unwarned = await justice(`
      SELECT FROM contact JOIN case_file USING (person_id)
      WHERE contact.level = 'B' AND contact.state = 'made' AND case_file.opened_at < contact.recorded_at
        AND NOT EXISTS (SELECT FROM justice_outreach WHERE case_id = case_file.id AND kind = 'victim-notice'
                          AND outcome = 'reached' AND recorded_at < contact.made_at)
        AND NOT EXISTS (SELECT FROM attempts_sign_off WHERE contact_id = contact.id AND case_id = case_file.id)`);
    expect([atA, unwarned]).toEqual([[], []]);
    expect(await justice("SELECT FROM contact WHERE level = 'B' AND state = 'made' LIMIT 1")).toHaveLength(1);
  });

  test("a letter to a victim only where a rule allows it, and none to a home she shares with him", async () => {
    const letters = `SELECT victim.address = person.address AS shared, coalesce(rule.may_write, false) AS allowed
      FROM justice_outreach JOIN case_file ON case_file.id = case_id JOIN person ON person.id = person_id
        JOIN victim ON victim.id = case_file.victim_id LEFT JOIN safe_contact_rule rule USING (victim_id)
      WHERE kind = 'letter'`;
    expect(await justice(`${letters} LIMIT 1`)).toHaveLength(1);
    expect(await justice(`SELECT FROM (${letters}) one WHERE shared OR NOT allowed`)).toEqual([]);
  });
});

describe("belongs to nobody", () => {
  test("every telephone number is one kept free for fiction", async () => {
    const numbers: string[] = [];
    for (const [owner, tables] of [
      ["law-enforcement", ["person", "victim"]],
      ["harbor-house", ["client"]],
      ["safe-passage", ["client"]],
    ] as const) {
      for (const table of tables) {
        const rows = await site.ask<{ phone: string }>(
          owner,
          `SELECT phone FROM ${table} WHERE phone IS NOT NULL`,
        );
        numbers.push(...rows.map(({ phone }) => phone));
      }
    }
    expect(numbers.length).toBeGreaterThan(PEOPLE);
    expect(numbers.filter((number) => !/^\([2-9]9\d\) 555-01\d\d$/.test(number))).toEqual([]);
  });

  test("an address is shared only by a couple that lives together, and an order never protects his own", async () => {
    const strangers = await justice(`
      SELECT FROM person JOIN victim ON victim.address = person.address
      WHERE NOT EXISTS (SELECT FROM case_file WHERE person_id = person.id AND victim_id = victim.id)`);
    const twice = await justice("SELECT address FROM person GROUP BY address HAVING count(address) > 1");
    const mail = await justice(`
      SELECT FROM person JOIN victim USING (address) JOIN safe_contact_rule rule ON rule.victim_id = victim.id
      WHERE may_write OR may_leave_message`);
    const ordered = await justice(`
      SELECT FROM order_of_protection JOIN person ON person.id = person_id WHERE person.address = ANY(protected_addresses)`);
    expect([strangers, twice, mail, ordered]).toEqual([[], [], [], []]);
    const together = await justice("SELECT FROM person JOIN victim USING (address)");
    expect(together.length).toBeGreaterThan(0);
    expect(together.length).toBeLessThan(PEOPLE * 0.3);
  });
});

/** Days that may lie ahead: plans, terms, expectations. */
const AHEAD =
  /^(planned_for|due_at|due_by|court_date|due_on|expires_on|expires_at|effective_until|release_expected_at)$/;

test("nothing is recorded on or after the day of the city, and nobody is younger than eighteen", async () => {
  const late: string[] = [];
  for (const owner of site.owners) {
    for (const table of await site.tablesOf(owner)) {
      for (const { name, type } of await columnsOf(owner, table)) {
        const ahead = AHEAD.test(name) || `${table}.${name}` === "conference.starts_at";
        if (ahead || !["date", "timestamp with time zone"].includes(type)) continue;
        const rows = await site.ask(
          owner,
          `SELECT FROM ${table} WHERE "${name}" >= $1::timestamp AT TIME ZONE 'UTC'`,
          [AS_OF],
        );
        if (rows.length > 0) late.push(`${owner}.${table}.${name}: ${rows.length}`);
      }
    }
  }
  expect(late).toEqual([]);
  expect(await justice("SELECT FROM incident_victim WHERE age < 18 AND victim_id IS NOT NULL")).toEqual([]);
});

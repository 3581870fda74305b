import { randomUUID } from "node:crypto";
import pino from "pino";
import { Client } from "pg";
import { createAgencyCall } from "../../platform/agency-call/call";
import type { Door } from "../../platform/http/graphql-door";
import { TEST_VICTIM_LETTERS } from "../../subgraphs/advocacy/letters.fixture";
import { startAdvocacy } from "../../subgraphs/advocacy/main";
import { migrate as migrateAdvocacy } from "../../subgraphs/advocacy/store/database";
import { readEscalation } from "../../subgraphs/law-enforcement/escalation-file";
import { TEST_LETTERS } from "../../subgraphs/law-enforcement/letters.fixture";
import { startLawEnforcement } from "../../subgraphs/law-enforcement/main";
import { readProtocol } from "../../subgraphs/law-enforcement/protocol-file";
import { readTierRules } from "../../subgraphs/law-enforcement/tier-rules-file";
import { migrate as migrateLawEnforcement } from "../../subgraphs/law-enforcement/store/database";
import { tellAdvocacy } from "../../subgraphs/law-enforcement/tell-case-news";
import { createTestDatabase, type TestDatabase } from "../setup/databases";

/** Both agencies' servers behind their real doors, and what passes between them without the gateway. */
const SECRET = "shared-by-law-enforcement-and-advocacy-01";
const common = {
  host: "127.0.0.1",
  log: pino({ level: "silent" }),
  verifyToken: () => Promise.reject(new Error("Nobody asks here.")),
  hubSecret: "h".repeat(32),
};
let police: TestDatabase;
let harbor: TestDatabase;
let lawEnforcement: Door | undefined;
let advocacy: Door | undefined;
let advocacyUrl = "http://127.0.0.1:1/graphql";

beforeAll(async () => {
  police = await createTestDatabase({ key: "law-enforcement", migrate: migrateLawEnforcement });
  harbor = await createTestDatabase({ key: "advocacy", migrate: migrateAdvocacy });
});
afterAll(async () => {
  await lawEnforcement?.close();
  await advocacy?.close();
  await Promise.all([police?.drop(), harbor?.drop()]);
});

async function openAdvocacy(): Promise<void> {
  const port = advocacyUrl.includes(":1/") ? 0 : Number(new URL(advocacyUrl).port);
  advocacy = await startAdvocacy({
    ...common,
    port,
    databases: { "harbor-house": harbor.url },
    letters: TEST_VICTIM_LETTERS,
    holdTerms: { longestHours: 72 },
    outreachTerms: { safeContactDays: 180, correctsWithinDays: 30, timeZone: "UTC", tasks: [] },
    instruments: [],
    offenderAddresses: { of: () => Promise.resolve(null) },
    holdsSecret: SECRET,
    releaseTerms: { defaultDays: 30, longestDays: 365, recipients: new Set() },
  });
  advocacyUrl = advocacy.url;
}
async function openLawEnforcement(): Promise<void> {
  lawEnforcement = await startLawEnforcement({
    ...common,
    port: 0,
    databaseUrl: police.url,
    feed: { silentAfter: 3_600_000, keptFor: 3_600_000_000 },
    tierRules: readTierRules("site/tier-rules.json"),
    agencies: new Set(),
    protocol: readProtocol("site/protocol.json"),
    escalation: readEscalation("site/escalation.json"),
    letters: TEST_LETTERS,
    advocacyHolds: { ask: () => Promise.resolve(null) },
    advocacySecret: SECRET,
    caseNews: {
      agencies: ["harbor-house"],
      tell: (...told) =>
        tellAdvocacy(createAgencyCall({ url: new URL("/case-news", advocacyUrl).href, secret: SECRET }))(
          ...told,
        ),
    },
  });
}

async function sql<Row>({ url }: TestDatabase, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
const told = () =>
  sql<{ kind: string }>(harbor, "SELECT kind FROM case_news ORDER BY occurred_at").then((rows) =>
    rows.map(({ kind }) => kind),
  );
async function untilTold(count: number): Promise<string[]> {
  for (let waited = 0; waited < 20_000; waited += 20) {
    const kinds = await told();
    if (kinds.length >= count) return kinds;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Only ${(await told()).length} of ${count} came.`);
}

test("what happens in a case reaches its advocacy agency, whichever server is down or starts anew meanwhile", async () => {
  const [personId, victimId, caseId] = [randomUUID(), randomUUID(), randomUUID()];
  await openAdvocacy();
  await openLawEnforcement();

  // A case is opened and assigned to Harbor House.
  await sql(police, "INSERT INTO person (id, source, source_key, family_name, given_name, sex) VALUES ($1::uuid, 's', '1', 'F', 'G', 'M')", [personId]); // prettier-ignore
  await sql(police, "INSERT INTO victim (id, source, source_key, family_name, given_name) VALUES ($1::uuid, 's', '1', 'F', 'G')", [victimId]); // prettier-ignore
  await sql(police, "INSERT INTO case_file (id, person_id, victim_id, assigned_agency, assigned_at) VALUES ($1, $2, $3, 'harbor-house', now())", [caseId, personId, victimId]); // prettier-ignore
  expect(await untilTold(1)).toEqual(["case-assigned"]);
  expect(await sql(harbor, "SELECT case_id FROM case_assignment")).toEqual([{ case_id: caseId }]);

  // The advocacy agency's server is down while he is booked; law enforcement goes on, and starts anew.
  await advocacy!.close();
  const custody = (status: string) =>
    sql(police, "INSERT INTO custody_event (person_id, status, occurred_at) VALUES ($1, $2, now())", [personId, status]); // prettier-ignore
  await custody("booked");
  await lawEnforcement!.close();
  lawEnforcement = undefined;
  await custody("bailed");
  await openLawEnforcement();
  await openAdvocacy();
  expect(await untilTold(3)).toEqual(["case-assigned", "custody-booked", "custody-bailed"]);

  // Nothing in it but ids, kinds, a level and instants.
  expect(await sql(harbor, "SELECT DISTINCT case_id, contact_id, level, planned_for FROM case_news")).toEqual(
    [{ case_id: caseId, contact_id: null, level: null, planned_for: null }],
  );
});

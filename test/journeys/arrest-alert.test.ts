import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createClient } from "graphql-ws";
import pino from "pino";
import WebSocket from "ws";
import { startGateway } from "../../gateway/main";
import { createTokenVerifier } from "../../platform/caller/verify-token";
import type { Door } from "../../platform/http/graphql-door";
import { append } from "../../platform/outbox/append";
import { PROJECT_ROOT } from "../../platform/project-root";
import { TEST_VICTIM_LETTERS } from "../../subgraphs/advocacy/letters.fixture";
import { startAdvocacy } from "../../subgraphs/advocacy/main";
import { readEscalation } from "../../subgraphs/law-enforcement/escalation-file";
import { readProtocol } from "../../subgraphs/law-enforcement/protocol-file";
import { TEST_LETTERS } from "../../subgraphs/law-enforcement/letters.fixture";
import { readTierRules } from "../../subgraphs/law-enforcement/tier-rules-file";
import { startLawEnforcement } from "../../subgraphs/law-enforcement/main";
import { openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { CALLERS, createCredentials, type Credentials } from "../access/callers";
import { createWorld, type World } from "../access/world";

const SECRETS = {
  "law-enforcement": "shared-with-law-enforcement-alone-0123456789",
  advocacy: "shared-with-advocacy-alone-0123456789",
  services: "shared-with-services-alone-0123456789",
};
const ALERTS = `subscription ($after: Cursor) {
  arrestAlerts(after: $after) { id cursor person { id nameForAdvocate { name } } cases { id client { id } } summary { arrestDate } }
}`;

interface Alert {
  readonly id: string;
  readonly cursor: string;
  readonly person: { readonly id: string; readonly nameForAdvocate: { readonly name: string } };
  readonly cases: readonly { readonly id: string; readonly client: { readonly id: string } | null }[];
}

let world: World;
let credentials: Credentials;
let lawEnforcement: Door;
let advocacy: Door;
const log = pino({ level: "silent" });

beforeAll(async () => {
  world = await createWorld();
  credentials = await createCredentials();
  const common = {
    ...{ port: 0, host: "127.0.0.1", log },
    verifyToken: createTokenVerifier(credentials.issuers),
  };
  lawEnforcement = await startLawEnforcement({
    ...common,
    hubSecret: SECRETS["law-enforcement"],
    databaseUrl: world.databases.urls.lawEnforcement,
    feed: { silentAfter: 3_600_000, keptFor: 3_600_000_000 },
    tierRules: readTierRules(join(PROJECT_ROOT, "site", "tier-rules.json")),
    agencies: new Set(),
    protocol: readProtocol(join(PROJECT_ROOT, "site", "protocol.json")),
    escalation: readEscalation(join(PROJECT_ROOT, "site", "escalation.json")),
    // Nothing is released here.
    letters: TEST_LETTERS,
    advocacyHolds: { ask: () => Promise.resolve(null) },
    advocacySecret: "h".repeat(32),
  });
  advocacy = await startAdvocacy({
    ...common,
    hubSecret: SECRETS.advocacy,
    databases: world.databases.urls.advocacy,
    letters: TEST_VICTIM_LETTERS,
    holdTerms: { longestHours: 72 },
    outreachTerms: { safeContactDays: 180, correctsWithinDays: 30, timeZone: "UTC", tasks: [] },
    instruments: [],
    offenderAddresses: { of: () => Promise.resolve(null) },
    holdsSecret: "h".repeat(32),
    releaseTerms: { defaultDays: 30, longestDays: 365, recipients: new Set(["new-start"]) },
  });
}, 60_000);
afterAll(async () => {
  await advocacy?.close();
  await lawEnforcement?.close();
  await world?.drop();
});

function openGateway() {
  return startGateway({
    supergraphFile: join(PROJECT_ROOT, "schema", "supergraph.graphql"),
    // Nothing here is asked of the services.
    addresses: {
      "law-enforcement": lawEnforcement.url,
      advocacy: advocacy.url,
      services: "http://127.0.0.1:9/graphql",
    },
    access: {
      verifyToken: createTokenVerifier(credentials.issuers),
      scopesFile: join(PROJECT_ROOT, "schema", "scopes.json"),
      hubSecrets: SECRETS,
    },
    ...{ port: 0, host: "127.0.0.1", log },
  });
}

const headersOf = (role: "advocate") => ({
  authorization: credentials.own(CALLERS[role]),
  "x-ipvi-purpose": "alert-response",
});

/** Where the feed stands, as a client asks before it listens. */
async function feedCursor(url: string): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headersOf("advocate") },
    body: JSON.stringify({ query: "{ lawEnforcementFeed { cursor } }" }),
  });
  const { data } = (await response.json()) as { data: { lawEnforcementFeed: { cursor: string } } };
  return data.lawEnforcementFeed.cursor;
}

/** The advocate's client: alerts after a cursor. */
function listen(url: string, after: string) {
  const client = createClient({
    url: url.replace("http", "ws"),
    webSocketImpl: WebSocket,
    connectionParams: headersOf("advocate"),
    retryAttempts: 0,
  });
  const answers = client.iterate<{ arrestAlerts: Alert }>({ query: ALERTS, variables: { after } });
  return {
    next: async () => {
      const { value } = (await answers.next()) as {
        value: { data: { arrestAlerts: Alert }; errors?: unknown };
      };
      expect(value.errors).toBeUndefined();
      return value.data.arrestAlerts;
    },
    close: async () => client.dispose(),
  };
}

async function arrest(personId: string): Promise<void> {
  const database = await openLawEnforcementDatabase(world.databases.urls.lawEnforcement, { poolSize: 1 });
  const id = randomUUID();
  await database.transaction(async (manager) => {
    await manager.query(
      `INSERT INTO arrest (id, source, source_key, person_id, arrested_on, offence_code)
       VALUES ($1::uuid, 'journey', $1::text, $2, current_date, '13A')`,
      [id, personId],
    );
    await append(manager, [
      {
        topic: "arrest",
        key: personId,
        facts: { change: "recorded", arrestId: id },
        occurredAt: new Date(),
        historic: false,
        provenance: "local",
      },
    ]);
  });
  await database.destroy();
}

test("an arrest reaches the advocate of the case, with what her own agency adds; after a restart of the gateway she goes on where she was", async () => {
  const { known, hidden } = world;
  let gateway = await openGateway();
  const before = listen(gateway.url, await feedCursor(gateway.url));
  await arrest(hidden.personId);
  await arrest(known.personId);
  const first = await before.next();
  expect(first).toMatchObject({
    person: { id: known.personId, nameForAdvocate: { name: expect.any(String) as string } },
    cases: [{ id: known.caseIds[0], client: { id: expect.any(String) as string } }],
    summary: { arrestDate: new Date().toISOString().slice(0, 10) },
  });
  await before.close();
  await gateway.close();

  await arrest(known.personId);
  gateway = await openGateway();
  const after = listen(gateway.url, first.cursor);
  const missed = await after.next();
  await arrest(known.personId);
  const live = await after.next();
  expect([missed.person.id, live.person.id]).toEqual([known.personId, known.personId]);
  expect(new Set([first.id, missed.id, live.id]).size).toBe(3);
  await after.close();
  await gateway.close();
});

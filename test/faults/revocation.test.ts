import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import type { DataSource } from "typeorm";
import { readSitePartners } from "../../cli/processes/site-partners";
import { siteDatabases, type SiteDatabases } from "../../cli/seed/site-databases.fixture";
import { startGateway } from "../../gateway/main";
import { ensureDevelopmentKey, signDevelopmentToken } from "../../platform/caller/development-keys";
import { createTokenVerifier } from "../../platform/caller/verify-token";
import type { Door } from "../../platform/http/graphql-door";
import { PROJECT_ROOT } from "../../platform/project-root";
import { issuersOf } from "../../platform/site/issuers";
import { TEST_VICTIM_LETTERS } from "../../subgraphs/advocacy/letters.fixture";
import { startAdvocacy } from "../../subgraphs/advocacy/main";
import { readEscalation } from "../../subgraphs/law-enforcement/escalation-file";
import { readProtocol } from "../../subgraphs/law-enforcement/protocol-file";
import { TEST_LETTERS } from "../../subgraphs/law-enforcement/letters.fixture";
import { readTierRules } from "../../subgraphs/law-enforcement/tier-rules-file";
import { startLawEnforcement } from "../../subgraphs/law-enforcement/main";
import { openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { miniatureOf } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { createTestDatabase } from "../setup/databases";
import { StreamClient, type Payload } from "./stream-client";
import { recordArrests, type Written } from "./writers";

/*
 * What is withdrawn while events flow is withdrawn from the stream. Each event is numbered by the write it tells of, so that
 * "no longer" needs no clock: writes follow each other no faster than PACE, and from the one after so many nothing may come.
 * How long it really took is printed; 2 s is what it may take.
 */

/** ms between two writes, at the least. */
const PACE = 50;
/** ms that anything is waited for. */
const PATIENCE = 20_000;
/** Writes in two seconds, at the most. */
const WITHIN_2_S = 2_000 / PACE;

const SECRETS = {
  "law-enforcement": "shared-with-law-enforcement-alone-0123456789",
  advocacy: "shared-with-advocacy-alone-0123456789",
  services: "shared-with-services-alone-0123456789",
};
const QUERIES = {
  advocate: "subscription { arrestAlerts { id person { id } summary { arrestDate } } }",
  detective:
    "subscription { arrestAlerts { id arrest { id } cases { id clientContact { preferredName } } } }",
};
const AGENCIES = { advocate: "harbor-house", detective: "metro-police", coordinator: "metro-police" };

interface Alert {
  readonly id: string;
  readonly cases?: readonly { readonly clientContact: unknown }[];
}
const alertOf = ({ data }: Payload) => (data as { arrestAlerts: Alert } | null)?.arrestAlerts;

describe("what is withdrawn while events flow", () => {
  const keys = mkdtempSync(join(tmpdir(), "hub-revocation-"));
  const partners = readSitePartners(join(PROJECT_ROOT, "site", "partners.json"));
  const doors: Door[] = [];
  const clients: StreamClient[] = [];
  const onTestOver: (() => Promise<unknown>)[] = [];
  let databases: SiteDatabases;
  let database: DataSource;
  let gateway: Door;

  beforeAll(async () => {
    databases = await siteDatabases(createTestDatabase);
    database = await openLawEnforcementDatabase(databases.urls.lawEnforcement, { poolSize: 2 });
    for (const { agency } of partners.issuers) await ensureDevelopmentKey(keys, agency);
    const verifyToken = createTokenVerifier(issuersOf(partners, keys, false));
    const common = { port: 0, host: "127.0.0.1", log: pino({ level: "silent" }), verifyToken };
    const lawEnforcement = await startLawEnforcement({
      ...common,
      hubSecret: SECRETS["law-enforcement"],
      databaseUrl: databases.urls.lawEnforcement,
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
    const advocacy = await startAdvocacy({
      ...common,
      hubSecret: SECRETS.advocacy,
      databases: databases.urls.advocacy,
      letters: TEST_VICTIM_LETTERS,
      holdTerms: { longestHours: 72 },
      outreachTerms: { safeContactDays: 180, correctsWithinDays: 30, timeZone: "UTC", tasks: [] },
      instruments: [],
      offenderAddresses: { of: () => Promise.resolve(null) },
      holdsSecret: "h".repeat(32),
      releaseTerms: { defaultDays: 30, longestDays: 365, recipients: new Set(["metro-police"]) },
    });
    gateway = await startGateway({
      ...common,
      supergraphFile: join(PROJECT_ROOT, "schema", "supergraph.graphql"),
      // Nothing here is asked of the services.
      addresses: {
        "law-enforcement": lawEnforcement.url,
        advocacy: advocacy.url,
        services: "http://127.0.0.1:9/graphql",
      },
      access: {
        verifyToken,
        scopesFile: join(PROJECT_ROOT, "schema", "scopes.json"),
        hubSecrets: SECRETS,
      },
    });
    doors.push(gateway, lawEnforcement, advocacy);
  }, 60_000);
  afterEach(async () => {
    for (const stop of onTestOver.splice(0)) await stop();
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(async () => {
    for (const door of doors) await door.close();
    await database?.destroy();
    await databases?.drop();
    rmSync(keys, { recursive: true });
  }, 60_000);

  async function presented(role: keyof typeof AGENCIES, subject: string, lifetime = 3_600) {
    const agency = AGENCIES[role];
    const { issuer } = partners.issuers.find((one) => one.agency === agency)!;
    const token = await signDevelopmentToken(keys, { issuer, agency, subject, roles: [role], lifetime });
    return { authorization: `Bearer ${token}`, "x-ipvi-purpose": "alert-response" };
  }

  async function listen(role: keyof typeof QUERIES, headers: Record<string, string>): Promise<StreamClient> {
    const client = await new StreamClient().open(gateway.url, headers, QUERIES[role]);
    clients.push(client);
    return client;
  }

  /** Lets the police, or one of them, have her name. */
  async function writeRelease(caseId: string, subject: string | null): Promise<string> {
    const id = randomUUID();
    await databases.ask(
      "harbor-house",
      `INSERT INTO release (id, case_id, discloser, recipient_agency, recipient_subject, recipient_name, elements, purpose,
         recorded_at, starts_at, expires_at, language, explained_by, signed_copy, recorded_by, mutation_key, input_digest)
       VALUES ($1::uuid, $2, 'harbor-house', 'metro-police', $3, 'n', '{client,client-contact}', 'p', now(), now(),
         now() + interval '30 days', 'en', 'a', 's', 'a', $1::text, '')`,
      [id, caseId, subject],
    );
    return id;
  }

  /** A man with a case of Harbor House's, in which she is its client. */
  async function writeMan() {
    const write = miniatureOf(database);
    const { id: personId } = await write.person();
    const { id: victimId } = await write.victim();
    const assigned = { assignedAgency: "harbor-house", assignedAt: new Date() };
    const { id: caseId } = await write.caseFile({ personId, victimId, ...assigned });
    const ask = (sql: string, values: unknown[]) => databases.ask("harbor-house", sql, values);
    await ask("INSERT INTO case_assignment (case_id, assigned_at) VALUES ($1, now())", [caseId]);
    await ask("INSERT INTO client (case_id, preferred_name) VALUES ($1, 'Vic')", [caseId]);
    return { personId, caseId };
  }

  /** Arrests of one person, one after the other, until it is stopped. */
  function flowOf(personId: string) {
    const journal: Written[] = [];
    let isOver = false;
    const writing = (async () => {
      const held = { before: 0, after: 0, isGivenUp: false };
      while (!isOver) {
        await recordArrests(database, [personId], journal, { moment: 0 }, held);
        await sleep(PACE);
      }
    })();
    return {
      /** Writes that have begun. */
      count: () => journal.length,
      /** The number of the write that an event tells of, by the event's id. */
      async stop(): Promise<ReadonlyMap<string, number>> {
        isOver = true;
        await writing;
        const events = await database.query<{ id: string; arrestId: string }[]>(
          `SELECT id, facts->>'arrestId' AS "arrestId" FROM outbox.event WHERE key = $1`,
          [personId],
        );
        const numbers = new Map(journal.map(({ arrestId }, number) => [arrestId, number]));
        return new Map(events.map(({ id, arrestId }) => [id, numbers.get(arrestId)!]));
      },
    };
  }

  async function until(what: string, condition: () => boolean): Promise<void> {
    for (const over = performance.now() + PATIENCE; !condition(); await sleep(10))
      if (performance.now() > over) throw new Error(`Waited in vain until ${what}.`);
  }

  interface Withdrawal {
    readonly what: string;
    readonly personId: string;
    readonly client: StreamClient;
    /** Keeps its right, and so tells that events still flow. */
    readonly control: StreamClient;
    readonly isForbidden?: (alert: Alert) => boolean;
    /** Resolves when it has taken effect where it is recorded; with its moment, when that is not now. */
    readonly withdraw: () => Promise<number | void>;
    /** Writes after which nothing may come: 0 when the very next one is already read without the right. */
    readonly within: number;
  }

  /** Withdraws something, lets events flow on, and says which came too late. */
  async function withdrawn(asked: Withdrawal): Promise<void> {
    const { what, personId, client, control, withdraw, within, isForbidden = () => true } = asked;
    const forbidden = () =>
      client.received.flatMap(({ payload, at }) => {
        const alert = alertOf(payload);
        return alert && isForbidden(alert) ? [{ id: alert.id, at }] : [];
      });
    const flow = flowOf(personId);
    onTestOver.push(() => flow.stop());
    await until("both are told", () => forbidden().length > 3 && control.received.length > 3);
    const at = (await withdraw()) ?? performance.now();
    const number = flow.count();
    await until("enough is written", () => flow.count() > number + WITHIN_2_S + 20);
    const last = flow.count();
    const numbers = await flow.stop();
    const told = () => control.received.map(({ payload }) => numbers.get(alertOf(payload)?.id ?? "") ?? -1);
    await until("the other is told all", () => told().includes(last - 1));

    const tooLate = forbidden().filter(({ id }) => numbers.get(id)! >= number + within);
    const ms = Math.max(0, forbidden().at(-1)!.at - at);
    process.stdout.write(
      `${what}: the last forbidden value came ${Math.round(ms)} ms later, 2000 ms allowed\n`,
    );
    expect({ what, tooLate }).toEqual({ what, tooLate: [] });
    // Nobody else lost a thing by it.
    const kept = told();
    expect(kept).toEqual(kept.map((_, index) => kept[0]! + index));
  }

  test("a release revoked: her name is in no event recorded after it", async () => {
    const { personId, caseId } = await writeMan();
    const releaseId = await writeRelease(caseId, null);
    const client = await listen("detective", await presented("detective", "detective-1"));
    await withdrawn({
      ...{ what: "release revoked", personId, client, control: client, within: 0 },
      isForbidden: ({ cases }) => cases?.some(({ clientContact }) => clientContact !== null) ?? false,
      async withdraw() {
        await databases.ask("harbor-house", "INSERT INTO release_revocation VALUES ($1, now(), 'a', 'k')", [
          releaseId,
        ]);
      },
    });
  });

  test("an assignment withdrawn: his arrests recorded after it are not told to the agency", async () => {
    const { personId, caseId } = await writeMan();
    const client = await listen("advocate", await presented("advocate", "advocate-1"));
    const control = await listen("detective", await presented("detective", "detective-1"));
    await withdrawn({
      ...{ what: "assignment withdrawn", personId, client, control, within: 0 },
      async withdraw() {
        await database.query(
          "UPDATE case_file SET assigned_agency = NULL, assigned_at = NULL WHERE id = $1",
          [caseId],
        );
      },
    });
  });

  test.each([
    ["the first of two to listen", 0],
    ["the second", 1],
  ])(
    "a conflict recorded of one advocate of an agency, %s: she is told no more, the other is",
    async (which, at) => {
      const { personId } = await writeMan();
      const subjects = [`advocate-${at}1`, `advocate-${at}2`];
      const both = [];
      for (const subject of subjects)
        both.push(await listen("advocate", await presented("advocate", subject)));
      await withdrawn({
        ...{ what: `conflict recorded of ${which}`, personId },
        ...{ client: both[at]!, control: both[1 - at]!, within: WITHIN_2_S },
        async withdraw() {
          const party = { agency: "harbor-house", subject: subjects[at]!, personId };
          await miniatureOf(database).conflict({ ...party, recordedAt: new Date() });
        },
      });
    },
  );

  test("a release given to the one who reads for two: her name is told to him, and never to the other", async () => {
    const { personId, caseId } = await writeMan();
    const reader = await listen("detective", await presented("detective", "detective-61"));
    const flow = flowOf(personId);
    onTestOver.push(() => flow.stop());
    await until("he reads", () => reader.received.length > 0);
    const other = await listen("detective", await presented("detective", "detective-62"));
    await until("the other is told", () => other.received.length > 3);
    const named = ({ received }: StreamClient) =>
      received.filter(({ payload }) => alertOf(payload)?.cases?.some((one) => one.clientContact !== null));
    await writeRelease(caseId, "detective-61");
    await until("he is told her name", () => named(reader).length > 3);
    const last = flow.count();
    const numbers = await flow.stop();
    const told = () => other.received.map(({ payload }) => numbers.get(alertOf(payload)?.id ?? "") ?? -1);
    await until("the other is told all", () => told().includes(last - 1));
    expect(named(other)).toEqual([]);
    // Late or not, without a gap.
    const sorted = told().sort((one, next) => one - next);
    expect(sorted).toEqual(sorted.map((_, index) => sorted[0]! + index));
  });

  test("a token expired and not renewed: the socket ends with 4401, and the other advocate's stream goes on", async () => {
    const { personId } = await writeMan();
    const expiry = performance.now() + 5_000 - (Date.now() % 1_000);
    const client = await listen("advocate", await presented("advocate", "advocate-31", 5));
    const control = await listen("advocate", await presented("advocate", "advocate-32"));
    await withdrawn({
      ...{ what: "token expired", personId, client, control, within: WITHIN_2_S },
      async withdraw() {
        await until("the socket is closed", () => client.closed !== undefined);
        return expiry;
      },
    });
    expect(client.closed).toBe("4401 TOKEN_EXPIRED");
  });

  test("a role removed: renewed with another role, the socket ends at once", async () => {
    const { personId } = await writeMan();
    const client = await listen("detective", await presented("detective", "detective-41"));
    const control = await listen("detective", await presented("detective", "detective-42"));
    await withdrawn({
      ...{ what: "role removed", personId, client, control, within: WITHIN_2_S },
      async withdraw() {
        client.renew(await presented("coordinator", "detective-41"));
      },
    });
    expect(client.closed).toBe("4401 ANOTHER_CALLER");
  });
});

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import pino from "pino";
import type { DataSource } from "typeorm";
import { startGateway } from "../../gateway/main";
import { signGrant, type Grant } from "../../platform/break-glass/grant";
import { BreakGlassOpeningRow, insertOpening } from "../../platform/break-glass/opening";
import type { Door } from "../../platform/http/graphql-door";
import { TEST_HUB_SECRET } from "../../platform/hub-signature/signed-fetch.fixture";
import { PROJECT_ROOT } from "../../platform/project-root";
import { HELD_BY } from "../../policy/break-glass";
import { advocacyDefinition } from "../../subgraphs/advocacy/graphql/definition";
import { openTestDoor, type TestDoor, type Who } from "../../subgraphs/law-enforcement/door.fixture";
import { lawEnforcementDefinition } from "../../subgraphs/law-enforcement/graphql/definition";
import { migrate, openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { completePerson, miniatureOf } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { servicesDefinition } from "../../subgraphs/services/graphql/definition";
import { createTestDatabase, type TestDatabase } from "../setup/databases";

const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
const CARL: Who = { agency: "metro-police", roles: ["coordinator"], subject: "carl" };
const CORA_AS_DETECTIVE: Who = { ...CORA, roles: ["detective"] };
const PAM: Who = { agency: "county-probation", roles: ["probation"], subject: "pam" };
const ADA: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ada" };
const AUDITOR: Who = { agency: "county-audit", roles: ["auditor"] };
const REASON = "He is on his way to her, and the report says where.";

const NARRATIVE = "query ($id: ID!) { person(id: $id) { incidents { narrative } } }";
const OPEN = `mutation ($key: ID!, $element: String!, $reason: String!) {
  openBreakGlass(input: { key: $key, element: $element, reason: $reason }) { grant problem opening { id subject expiresAt openedAt } } }`;
const OPENINGS = `query ($after: String) { breakGlassOpenings(first: 2, after: $after) {
  openings { subject agency role element reason openedAt expiresAt } endCursor hasNextPage } }`;

interface Opened {
  readonly grant: string | null;
  readonly problem: string | null;
  readonly opening: { readonly id: string; readonly openedAt: string; readonly expiresAt: string } | null;
}
interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly reason?: string } }[];
}

let place: TestDatabase;
let database: DataSource;
let agency: TestDoor;
let gateway: Door;
let personId: string;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  personId = (await completePerson(miniatureOf(database))).personId;
  agency = await openTestDoor(place.url, new Date());
  gateway = await startGateway({
    supergraphFile: join(PROJECT_ROOT, "schema", "supergraph.graphql"),
    addresses: {
      "law-enforcement": agency.url,
      advocacy: "http://127.0.0.1:1/graphql",
      services: "http://127.0.0.1:1/graphql",
    },
    access: {
      verifyToken: agency.verifyToken,
      scopesFile: join(PROJECT_ROOT, "schema", "scopes.json"),
      breakGlassFile: join(PROJECT_ROOT, "schema", "break-glass.json"),
      hubSecrets: {
        "law-enforcement": TEST_HUB_SECRET,
        advocacy: "the-secret-of-the-hub-and-advocacy",
        services: "the-secret-of-the-hub-and-the-services",
      },
    },
    port: 0,
    host: "127.0.0.1",
    log: pino({ level: "silent" }),
  });
});
afterAll(async () => {
  await gateway?.close();
  await agency?.close();
  await database?.destroy();
  await place?.drop();
});

type Ask = (who: Who, query: string, variables: Record<string, unknown>, grant?: string) => Promise<Answer>;

const atGateway: Ask = async (who, query, variables, grant) => {
  const response = await fetch(gateway.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      authorization: `Bearer ${await agency.tokenOf(who)}`,
      "x-ipvi-purpose": "case-work",
      ...(grant === undefined ? {} : { "x-ipvi-break-glass": grant }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as object) };
};
const atAgency: Ask = (who, query, variables, grant) =>
  agency.ask(who, query, variables, grant === undefined ? {} : { "x-ipvi-break-glass": grant });
const DOORS: [string, Ask][] = [
  ["at the gateway", atGateway],
  ["at the agency itself", atAgency],
];

async function open(who: Who, element: string, reason = REASON): Promise<Opened> {
  const { data } = await atGateway(who, OPEN, { key: randomUUID(), element, reason });
  return data!["openBreakGlass"] as Opened;
}
const narratives = ({ data }: Answer) =>
  ((data?.["person"] as { incidents: { narrative: string | null }[] } | null)?.incidents ?? []).map(
    ({ narrative }) => narrative,
  );
const refusals = ({ errors = [] }: Answer) =>
  errors.map(({ extensions }) => extensions.reason ?? extensions.code);

describe.each(DOORS)("a coordinator who reads narratives in an emergency, %s", (_title, ask) => {
  test("B1: reads them with the grant, and only with it", async () => {
    const { grant } = await open(CORA, "incident-narrative");
    const closed = await ask(CORA, NARRATIVE, { id: personId });
    const opened = await ask(CORA, NARRATIVE, { id: personId }, grant!);
    const again = await ask(CORA, NARRATIVE, { id: personId });
    expect(narratives(opened)).toEqual([expect.any(String)]);
    for (const answer of [closed, again]) {
      expect(narratives(answer)).not.toContainEqual(expect.any(String));
      expect(refusals(answer)).toEqual(["UNAUTHORIZED_FIELD_OR_TYPE"]);
    }
  });

  test("B1: opens nothing beside it", async () => {
    const { grant } = await open(CORA, "incident-narrative");
    const others =
      "query ($id: ID!) { person(id: $id) { intelligence { suspicionBasis } incidents { investigationNotes { text } } } }";
    const answer = await ask(CORA, others, { id: personId }, grant!);
    expect(new Set(refusals(answer))).toEqual(new Set(["UNAUTHORIZED_FIELD_OR_TYPE"]));
    expect(JSON.stringify(answer.data ?? null)).not.toMatch(/"(text|suspicionBasis)":"/);
  });

  test("B2: the grant is worth nothing to another person, or to herself in another role", async () => {
    const { grant } = await open(CORA, "incident-narrative");
    for (const who of [CARL, CORA_AS_DETECTIVE, ADA]) {
      const answer = await ask(who, NARRATIVE, { id: personId }, grant!);
      expect([answer.status, refusals(answer), narratives(answer)]).toEqual([403, ["GRANT_NOT_YOURS"], []]);
    }
  });

  const grantOf = (change: Partial<Grant>, secret = TEST_HUB_SECRET) =>
    signGrant(secret, {
      id: randomUUID(),
      heldBy: "law-enforcement",
      subject: "cora",
      agency: "metro-police",
      role: "coordinator",
      element: "incident-narrative",
      expiresAt: new Date(Date.now() + 60_000),
      ...change,
    });
  test.each<[string, () => Promise<string>, string]>([
    ["one that has expired", () => grantOf({ expiresAt: new Date(Date.now() - 60_000) }), "GRANT_EXPIRED"],
    ["a forged one", () => grantOf({}, "another-secret-than-the-one-they-share"), "GRANT_SIGNATURE"],
    ["one for a cell that is closed", () => grantOf({ element: "investigation" }), "GRANT_OPENS_NOTHING"],
  ])("B2: %s is refused", async (_title, grant, reason) => {
    const answer = await ask(CORA, NARRATIVE, { id: personId }, await grant());
    expect([answer.status, refusals(answer), narratives(answer)]).toEqual([403, [reason], []]);
  });

  test("B2: one that the agency did not write down is refused by it, though it is signed", async () => {
    const answer = await ask(CORA, NARRATIVE, { id: personId }, await grantOf({}));
    expect([refusals(answer), narratives(answer)]).toEqual([["GRANT_UNKNOWN"], []]);
  });

  test("B2: one whose row is over is refused by the agency, though it names a later end", async () => {
    const row = await insertOpening(database.manager, {
      ...{ subject: "cora", agency: "metro-police", role: "coordinator", element: "incident-narrative" },
      reason: REASON,
      openedAt: new Date(Date.now() - 16 * 60_000),
    });
    const answer = await ask(CORA, NARRATIVE, { id: personId }, await grantOf({ id: row.id }));
    expect([refusals(answer), narratives(answer)]).toEqual([["GRANT_EXPIRED"], []]);
  });

  test("B3: a probation officer sees the narrative of whom he supervises, and still nobody else", async () => {
    const stranger = await miniatureOf(database).person();
    const { grant } = await open(PAM, "incident-narrative");
    expect(narratives(await ask(PAM, NARRATIVE, { id: personId }, grant!))).toEqual([expect.any(String)]);
    expect((await ask(PAM, NARRATIVE, { id: stranger.id }, grant!)).data).toEqual({ person: null });
  });
});

describe("B4: what is kept for one caller is not used for another", () => {
  test("one operation, asked at once by callers with and without, gives each his own", async () => {
    const { grant } = await open(CORA, "incident-narrative");
    const query = `${NARRATIVE} # ${randomUUID()}`;
    const rounds = await Promise.all(
      Array.from({ length: 12 }, (_, round) => {
        const who = round % 3 === 1 ? CARL : CORA;
        return atGateway(who, query, { id: personId }, round % 3 === 0 ? grant! : undefined);
      }),
    );
    rounds.forEach((answer, round) => {
      expect(narratives(answer).some((one) => typeof one === "string")).toBe(round % 3 === 0);
    });
  });

  test("introspection shows the opened field to whom it is open, and to no one else", async () => {
    const { grant } = await open(CORA, "incident-narrative");
    const query = '{ __type(name: "Incident") { fields { name } } }';
    const fields = async (sent?: string) => JSON.stringify((await atGateway(CORA, query, {}, sent)).data);
    expect(await fields()).not.toContain('"narrative"');
    expect(await fields(grant!)).toContain('"narrative"');
    expect(await fields()).not.toContain('"narrative"');
  });
});

describe("A15: what was read with an opening in hand", () => {
  const ACCESSES = `query ($id: ID) { breakGlassAccesses(openingId: $id) {
    entries { subject breakGlassGrant breakGlassReason fields records { recordType recordId } outcome } hasNextPage } }`;

  test.each([
    ["coordinator", CARL],
    ["auditor", AUDITOR],
  ])("is flagged in the record, and the agency's %s finds it", async (_title, who) => {
    const { grant, opening } = await open(CORA, "incident-narrative");
    await atGateway(CORA, NARRATIVE, { id: personId });
    await atGateway(CORA, NARRATIVE, { id: personId }, grant!);
    for (const id of [opening!.id, null]) {
      const { data } = await atGateway(who, ACCESSES, { id });
      const { entries } = data!["breakGlassAccesses"] as { entries: Record<string, unknown>[] };
      const [found] = entries.filter(({ breakGlassGrant }) => breakGlassGrant === opening!.id);
      expect(found).toMatchObject({
        subject: "cora",
        breakGlassReason: REASON,
        fields: expect.arrayContaining(["Incident.narrative"]) as unknown,
        records: expect.arrayContaining([{ recordType: "Person", recordId: personId }]) as unknown,
        outcome: "ANSWERED",
      });
      // What she read without it, and what the others read, is not among them.
      expect(entries.filter(({ breakGlassGrant }) => breakGlassGrant === null)).toEqual([]);
      if (id !== null) expect(entries).toHaveLength(1);
    }
  });

  test.each([
    ["a detective", CORA_AS_DETECTIVE],
    ["an advocate", ADA],
    ["a probation officer", PAM],
  ])("is not shown to %s", async (_title, who) => {
    for (const ask of [atGateway, atAgency]) {
      const answer = await ask(who, ACCESSES, {});
      expect(answer.data?.["breakGlassAccesses"] ?? null).toBeNull();
      expect(refusals(answer)).toContain("UNAUTHORIZED_FIELD_OR_TYPE");
    }
  });
});

describe("opening", () => {
  test.each<[string, Who, string, string, string]>([
    ["an element that is none", CORA, "everything", REASON, "ELEMENT_UNKNOWN"],
    ["one named as every object has it", CORA, "constructor", REASON, "ELEMENT_UNKNOWN"],
    ["one that the services hold", CORA, "service-attendance", REASON, "ELEMENT_HELD_ELSEWHERE"],
    ["one that is never hers", CORA, "investigation", REASON, "NOT_OPENABLE"],
    ["one she sees in full", CORA, "tier", REASON, "NOT_OPENABLE"],
    ["a narrative, as an advocate", ADA, "incident-narrative", REASON, "NOT_OPENABLE"],
    ["a client, as a coordinator", CORA, "client", REASON, "NOT_OPENABLE"],
    ["without a reason", CORA, "incident-narrative", "         .         ", "REASON_TOO_SHORT"],
    ["with a reason without bound", CORA, "incident-narrative", "x".repeat(1_001), "REASON_TOO_LONG"],
  ])("B1: %s is refused, and nothing is written", async (_title, who, element, reason, problem) => {
    const before: unknown = await database.query("SELECT count(*) FROM break_glass_opening");
    expect(await open(who, element, reason)).toEqual({ grant: null, problem, opening: null });
    expect(await database.query("SELECT count(*) FROM break_glass_opening")).toEqual(before);
  });

  test("B2: lasts 15 minutes", async () => {
    const { opening } = await open(ADA, "charges");
    expect(Date.parse(opening!.expiresAt) - Date.parse(opening!.openedAt)).toBe(15 * 60_000);
  });

  test.each([
    ["a coordinator", CORA],
    ["an auditor", AUDITOR],
  ])("B5: %s reads it at once, newest first, page by page", async (_title, who) => {
    for (const reason of [
      "the first of three reasons",
      "the second of three reasons",
      "the third of three reasons",
    ]) {
      await open(ADA, "charges", reason);
    }
    const count = await database.getRepository(BreakGlassOpeningRow).count();
    const seen: { reason: string; subject: string; openedAt: string }[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { data } = await atGateway(who, OPENINGS, { after });
      const page = data!["breakGlassOpenings"] as {
        openings: typeof seen;
        endCursor: string;
        hasNextPage: boolean;
      };
      seen.push(...page.openings);
      after = page.endCursor;
      more = page.hasNextPage;
    }
    expect(seen).toHaveLength(count);
    const instants = seen.map(({ openedAt }) => openedAt);
    expect(instants).toEqual([...instants].sort().reverse());
    expect(seen.map(({ reason }) => reason)).toEqual(expect.arrayContaining(["the third of three reasons"]));
  });

  test.each([
    ["a detective", CORA_AS_DETECTIVE],
    ["an advocate", ADA],
    ["a probation officer", PAM],
  ])("B5: %s does not read what others opened", async (_title, who) => {
    const answer = await atGateway(who, OPENINGS, {});
    expect([answer.data, refusals(answer)]).toEqual([
      { breakGlassOpenings: null },
      ["UNAUTHORIZED_FIELD_OR_TYPE"],
    ]);
  });

  test.each([
    "UPDATE break_glass_opening SET reason = 'something else'",
    "DELETE FROM break_glass_opening",
    "TRUNCATE break_glass_opening",
  ])("B5: a row is never changed: %s", async (statement) => {
    await open(ADA, "charges");
    await expect(database.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

test("B1: each element is opened by the agency whose schema holds it, and no other agency's schema asks for it", () => {
  const policies = {
    "law-enforcement": lawEnforcementDefinition().policy,
    advocacy: advocacyDefinition().policy,
    services: servicesDefinition().policy,
  };
  const holders = (element: string) =>
    Object.entries(policies)
      .filter(([, policy]) =>
        Object.values(policy).some(
          (requirement) =>
            requirement !== "authenticated" && requirement.some((s) => s.startsWith(`${element}:F`)),
        ),
      )
      .map(([name]) => name);
  for (const [element, heldBy] of Object.entries(HELD_BY))
    expect([element, holders(element)]).toEqual([element, [heldBy]]);
});

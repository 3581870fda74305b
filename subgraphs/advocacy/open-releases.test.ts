import { type Who } from "./door.fixture";
import {
  START,
  HARBOR,
  PASSAGE,
  PROSECUTOR,
  COLLEAGUE,
  DETECTIVE,
  PROVIDER,
  harbor,
  passage,
  door,
  client,
  noClient,
  sql,
  addCase,
  later,
  paper,
  record,
  revoke,
  ALL,
  open,
  namingMe,
  openAgencies,
  standAt,
} from "./releases.fixture";

openAgencies();

describe("what a release opens", () => {
  test.each([
    ["CLIENT", "client"],
    ["CLIENT_CONTACT", "clientContact"],
    ["OUTREACH_ADVOCACY", "outreach"],
    ["ADVOCATE_RISK", "riskAssessments"],
  ] as const)("AV5: %s opens %s and nothing else", async (element, field) => {
    const fields = Object.keys(ALL) as (keyof typeof ALL)[];
    expect(await open(PROSECUTOR, client, fields)).toEqual([]);
    await record(paper({ elements: [element] }));
    expect(await open(PROSECUTOR, client, fields)).toEqual([field]);
  });

  test("AV5: what is opened is what the agency has", async () => {
    await record(paper({ elements: ["CLIENT_CONTACT"] }));
    const { data } = await door.ask(
      PROSECUTOR,
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { clientContact { phone } } } }",
      { r: [{ __typename: "Case", id: client.toUpperCase(), assignedAgency: "harbor-house" }] },
    );
    expect(data).toEqual({ _entities: [{ clientContact: { phone: "HARBOR-MARKER" } }] });
  });

  test("AV5: for the agency it names, all its people; for a person, nobody else", async () => {
    await record(paper({ recipientSubject: "prosecutor-1" }));
    expect(await open(PROSECUTOR)).toEqual(["outreach"]);
    expect(await open(COLLEAGUE)).toEqual([]);
    await record(paper());
    expect(await open(COLLEAGUE)).toEqual(["outreach"]);
    expect(await open(DETECTIVE)).toEqual([]);
    expect(await open({ ...DETECTIVE, subject: "prosecutor-1" })).toEqual([]);
  });

  test("AV5: of its case only, and of the agency that gave it", async () => {
    await record(paper());
    const other = await addCase(harbor, "OTHER");
    expect(await open(PROSECUTOR, other)).toEqual([]);
    const { data } = await door.ask(
      PROSECUTOR,
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { outreach { id } } } }",
      { r: [{ __typename: "Case", id: client, assignedAgency: "safe-passage" }] },
    );
    expect(data).toEqual({ _entities: [{ outreach: null }] });
  });

  test("AV5: from its start to its expiry", async () => {
    await record(paper({ startsAt: later(1).toISOString(), expiresAt: later(2).toISOString() }));
    const seen = [];
    for (const at of [
      START,
      new Date(later(1).getTime() - 1),
      later(1),
      new Date(later(2).getTime() - 1),
      later(2),
    ]) {
      standAt(at);
      seen.push((await open(PROSECUTOR)).length);
    }
    expect(seen).toEqual([0, 0, 1, 1, 0]);
  });

  test("AV16: until it is revoked: the next request is refused", async () => {
    const { release } = await record(paper());
    expect(await open(PROSECUTOR)).toEqual(["outreach"]);
    await revoke(release!["id"]);
    expect(await open(PROSECUTOR)).toEqual([]);
    expect((await namingMe(PROSECUTOR)).releases.map((one) => one.case.id)).not.toContain(client);
  });

  test("AV5: a database opened under another agency's name opens nothing", async () => {
    await record(paper());
    await sql(harbor, "ALTER TABLE release DISABLE TRIGGER USER");
    await sql(harbor, "UPDATE release SET discloser = 'safe-passage' WHERE case_id = $1", [client]);
    await sql(harbor, "ALTER TABLE release ENABLE TRIGGER USER");
    expect(await open(PROSECUTOR)).toEqual([]);
    expect((await namingMe(PROSECUTOR)).releases.map((one) => one.case.id)).not.toContain(client);
  });

  test("AV9: forty cases under releases take as many statements as two", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) {
      ids.push(await addCase(harbor, "m"));
      await record(paper({ caseId: ids[n], elements: ["CLIENT", "OUTREACH_ADVOCACY"] }));
    }
    const statements = async (count: number) => {
      door.statements();
      const { errors } = await door.ask(
        PROSECUTOR,
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { client { id } outreach { id } } } }`,
        {
          r: ids.slice(0, count).map((id) => ({ __typename: "Case", id, assignedAgency: "harbor-house" })),
        },
      );
      expect(errors).toBeUndefined();
      return door.statements().map(({ text }) => text);
    };
    const two = await statements(2);
    expect(await statements(40)).toEqual(two);
    // The releases, the caseload, clients, outreach.
    expect(two).toHaveLength(4);
  });
});

describe("Case.releases", () => {
  test("AV3: the agency's advocates read all of a case, newest first, ended ones too; another agency's none", async () => {
    const old = await record(paper({ purpose: "first" }));
    await revoke(old.release!["id"]);
    standAt(later(1));
    await record(paper({ purpose: "second" }));
    const ask = async (who: Who, id: string) => {
      const { data } = await door.ask(
        who,
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { releases { purpose revokedAt } } } }`,
        { r: [{ __typename: "Case", id, assignedAgency: "harbor-house" }] },
      );
      return (data as { _entities: { releases: unknown }[] })._entities[0]!.releases;
    };
    expect(await ask(HARBOR, client)).toEqual([
      { purpose: "second", revokedAt: null },
      { purpose: "first", revokedAt: START.toISOString() },
    ]);
    expect(await ask(HARBOR, noClient)).toEqual([]);
    expect(await ask(PASSAGE, client)).toBeNull();
  });
});

describe("releasesNamingMe", () => {
  test("AV17: tells what is open to me now and until when, and nothing else", async () => {
    await record(paper({ elements: ["CLIENT_CONTACT", "CLIENT"], recipientAgency: "new-start" }));
    await record(paper({ recipientAgency: "new-start", recipientSubject: "provider-2" }));
    await record(paper({ recipientAgency: "new-start", startsAt: later(1).toISOString() }));
    const mine = {
      case: { id: client },
      discloser: "harbor-house",
      elements: ["CLIENT", "CLIENT_CONTACT"],
      startsAt: START.toISOString(),
      expiresAt: later(30).toISOString(),
    };
    expect((await namingMe(PROVIDER)).releases).toEqual([mine]);
    expect((await namingMe({ ...PROVIDER, subject: "provider-2" })).releases).toHaveLength(2);
    standAt(later(1));
    expect((await namingMe(PROVIDER)).releases).toHaveLength(2);
    standAt(later(30));
    expect((await namingMe(PROVIDER)).releases).toHaveLength(1);
    standAt(later(31));
    expect((await namingMe(PROVIDER)).releases).toEqual([]);
  });

  test("AV13, AV17: over all agencies page by page, each release once", async () => {
    const theirs = await addCase(passage, "PASSAGE");
    const who: Who = { agency: "county-probation", role: "probation" };
    for (let n = 0; n < 5; n += 1) {
      standAt(new Date(START.getTime() + n));
      await record(paper({ recipientAgency: who.agency }));
      await record(paper({ recipientAgency: who.agency, caseId: theirs }), PASSAGE);
    }
    standAt(later(1));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await namingMe(who, { first: 3, after });
      seen.push(...page.releases.map(({ discloser }) => discloser));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(10);
    expect(seen.filter((discloser) => discloser === "safe-passage")).toHaveLength(5);
  });

  test("AV17: asks each agency's database once, whatever is found", async () => {
    door.statements();
    await namingMe({ ...DETECTIVE, subject: "nobody" });
    const none = door.statements();
    await record(paper({ recipientAgency: "metro-police", recipientSubject: "nobody" }));
    door.statements();
    expect((await namingMe({ ...DETECTIVE, subject: "nobody" })).releases).toHaveLength(1);
    expect(door.statements()).toEqual(none);
    expect(none).toHaveLength(2);
  });
});

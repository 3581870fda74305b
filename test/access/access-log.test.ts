import { randomUUID } from "node:crypto";
import { openAccessRecord } from "../../platform/access-record/recorder";
import { ROLES, type Role } from "../../policy/matrix";
import { anAccess } from "../setup/access-record";
import { CALLERS, STRANGERS, createCredentials, type Caller } from "./callers";
import { openHub, type Hub } from "./hub";
import { createWorld, type World } from "./world";

/** Whose accesses each role reads in the record of each agency, and that reading it is recorded too. */

const LOGS = ["lawEnforcementAccessLog", "advocacyAccessLog", "servicesAccessLog"] as const;
type Log = (typeof LOGS)[number];
const DOOR = {
  lawEnforcementAccessLog: "law-enforcement",
  advocacyAccessLog: "advocacy",
  servicesAccessLog: "services",
} as const;
const ANNE_OF_PASSAGE = STRANGERS.find(({ agency }) => agency === "safe-passage")!;

interface Entry {
  readonly subject: string;
  readonly agency: string;
  readonly at: string;
  readonly fields: readonly string[];
  readonly records: readonly { readonly recordId: string }[];
}
interface Page {
  readonly entries: Entry[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}
interface Filter {
  readonly first?: number;
  readonly after?: string | null;
  readonly recordId?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly until?: string;
}

let world: World;
let hub: Hub;
/** Accesses by somebody who asks nothing here, each in one agency's record alone. */
const only = { harbor: randomUUID(), passage: randomUUID() };

async function write(url: string, id: string, at: string): Promise<void> {
  const recorder = await openAccessRecord({ url, now: () => new Date(at) });
  await recorder.record(
    anAccess({ records: [{ type: "Case", id, representation: null, provenance: null }] }),
  );
  await recorder.close();
}

beforeAll(async () => {
  world = await createWorld();
  const { advocacy, lawEnforcement } = world.databases.urls;
  await write(advocacy["harbor-house"]!, only.harbor, new Date().toISOString());
  await write(advocacy["safe-passage"]!, only.passage, new Date().toISOString());
  await write(lawEnforcement, randomUUID(), "2026-01-10T00:00:00.000Z");
  hub = await openHub(world, await createCredentials());
}, 240_000);
afterAll(async () => {
  await hub?.close();
  await world?.drop();
});

const query = (log: Log) => `query ($first: Int! = 200, $after: String, $recordId: ID, $subject: String,
    $from: DateTime, $until: DateTime) {
  ${log}(first: $first, after: $after, recordId: $recordId, subject: $subject, from: $from, until: $until) {
    entries { subject agency at fields records { recordId } } endCursor hasNextPage } }`;

async function read(who: Caller, log: Log, filter: Filter = {}, past = false): Promise<Page> {
  const { data, text } = await hub.askAs(who, past ? DOOR[log] : "gateway", query(log), filter);
  const page = data?.[log] as Page | null | undefined;
  if (!page) throw new Error(text);
  return page;
}

const own = ({ subject, agency }: Caller) => [`${subject} of ${agency}`];
const readers = ({ entries }: Page) => [
  ...new Set(entries.map(({ subject, agency }) => `${subject} of ${agency}`)),
];
const everyone = Object.values(CALLERS).map(({ subject, agency }) => `${subject} of ${agency}`);

/** Whose accesses a role must find in an agency's record; the table of the partnership, written out. */
function mustFind(role: Role, log: Log): string[] {
  const caller = CALLERS[role];
  if (role === "auditor") return log === "advocacyAccessLog" ? own(caller) : everyone;
  if (role === "advocate") return log === "advocacyAccessLog" ? everyone : own(caller);
  return own(caller);
}

describe.each(LOGS)("A12: who reads what in %s", (log) => {
  test.each(ROLES.filter((role) => role !== "evaluator"))("%s", async (role) => {
    for (const past of [false, true]) {
      const found = readers(await read(CALLERS[role], log, { recordId: world.accessedId }, past));
      expect(found.sort()).toEqual([...mustFind(role, log)].sort());
      const all = readers(await read(CALLERS[role], log, {}, past));
      if (mustFind(role, log).length === 1) expect(all).toEqual(found);
    }
  });

  test("evaluator: nothing", async () => {
    for (const door of ["gateway", DOOR[log]] as const) {
      const { data, errors } = await hub.askAs(CALLERS.evaluator, door, query(log));
      expect(data?.[log] ?? null).toBeNull();
      expect(errors.map(({ extensions }) => extensions?.code)).toEqual(["UNAUTHORIZED_FIELD_OR_TYPE"]);
    }
  });

  test("A12: only an auditor is told the numbers of the chain", async () => {
    const numbers = `{ ${log}(recordId: "${world.accessedId}") { entries { sequence } } }`;
    for (const role of ROLES.filter((one) => one !== "evaluator")) {
      const { data } = await hub.askAs(CALLERS[role], "gateway", numbers);
      const { entries } = data![log] as { entries: { sequence: string | null }[] };
      expect([role, entries.every(({ sequence }) => sequence === null)]).toEqual([role, role !== "auditor"]);
    }
  });

  test("A14: reading it is recorded", async () => {
    const before = await read(CALLERS.detective, log);
    const after = await read(CALLERS.detective, log);
    // At the advocacy agencies it stands in the record of each.
    const reads = ({ entries }: Page) =>
      entries.filter(({ fields }) => fields.includes(`Query.${log}`)).length;
    expect(reads(after)).toBe(reads(before) + (log === "advocacyAccessLog" ? 2 : 1));
  });

  test.each<[string, Filter]>([
    ["another person", { subject: "auditor-1" }],
    ["a record of others", { recordId: only.harbor }],
    ["no record at all", { recordId: "' OR true --" }],
    ["all of time", { from: "1970-01-01T00:00:00Z", until: "2199-01-01T00:00:00Z" }],
  ])("A13: asking for %s shows a detective nothing but his own", async (_title, filter) => {
    for (const past of [false, true]) {
      const found = readers(await read(CALLERS.detective, log, filter, past));
      expect(found.filter((one) => one !== "detective-1 of metro-police")).toEqual([]);
    }
  });
});

test("A12: an advocate reads of her own agency's record alone, an auditor from outside of none", async () => {
  const finds = async (who: Caller, recordId: string) =>
    (await read(who, "advocacyAccessLog", { recordId })).entries.length;
  expect([await finds(CALLERS.advocate, only.harbor), await finds(CALLERS.advocate, only.passage)]).toEqual([
    1, 0,
  ]);
  expect([await finds(ANNE_OF_PASSAGE, only.harbor), await finds(ANNE_OF_PASSAGE, only.passage)]).toEqual([
    0, 1,
  ]);
  expect([await finds(CALLERS.auditor, only.harbor), await finds(CALLERS.auditor, only.passage)]).toEqual([
    0, 0,
  ]);
});

test("A12, AV18: an advocate in conflict with a case reads of nobody's access to it, while the conflict lasts", async () => {
  const names = (recordId: string) => read(CALLERS.advocate, "advocacyAccessLog", { recordId });
  const conflict = `INSERT INTO conflict_of_interest
    (id, agency, subject, case_id, why, recorded_by, recorded_at, mutation_key)
    VALUES ($1::uuid, 'harbor-house', 'advocate-1', $2, 'party', 'a', now(), $1::text)`;
  await world.databases.ask("harbor-house", conflict, [randomUUID(), only.harbor]);
  expect((await names(only.harbor)).entries).toEqual([]);
  expect((await names(world.accessedId)).entries).not.toEqual([]);
  await world.databases.ask(
    "harbor-house",
    "UPDATE conflict_of_interest SET ended_at = now(), ended_by = 'a' WHERE case_id = $1",
    [only.harbor],
  );
  expect((await names(only.harbor)).entries).toHaveLength(1);
});

test("A13: each filter takes away what it says, and only that", async () => {
  const law = (filter: Filter) => read(CALLERS.auditor, "lawEnforcementAccessLog", filter);
  const of = { recordId: world.accessedId };
  expect(readers(await law({ ...of, subject: "provider-1" }))).toEqual(own(CALLERS.provider));
  const [{ at } = { at: "" }] = (await law({ ...of, subject: "provider-1" })).entries;
  expect(readers(await law({ ...of, subject: "provider-1", from: at }))).toEqual(own(CALLERS.provider));
  expect(readers(await law({ ...of, subject: "provider-1", until: at }))).toEqual([]);
  const january = { from: "2026-01-01T00:00:00Z", until: "2026-02-01T00:00:00Z" };
  expect(readers(await law(january))).toEqual(["dana of metro-police"]);
});

test.each<[Role, Log]>([
  ["auditor", "lawEnforcementAccessLog"],
  ["detective", "advocacyAccessLog"],
])("A13: page by page, %s finds each access in %s once, newest first", async (role, log) => {
  const until = new Date().toISOString();
  const whole = (await read(CALLERS[role], log, { until })).entries;
  expect(whole.map(({ at }) => at)).toEqual(
    whole
      .map(({ at }) => at)
      .sort()
      .reverse(),
  );
  const paged: Entry[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page = await read(CALLERS[role], log, { until, first: 3, after });
    paged.push(...page.entries);
    [after, more] = [page.endCursor, page.hasNextPage];
  }
  expect(whole.length).toBeGreaterThan(3);
  expect(paged).toEqual(whole);
});

import { randomUUID } from "node:crypto";
import { createAgencyCall } from "../../platform/agency-call/call";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { openTestDoor, TEST_HOLDS_SECRET, type TestDoor, type Who } from "./door.fixture";
import { openAdvocacyDatabase, migrate } from "./store/database";
import { anyHoldStands } from "./store/holds";

const START = Date.now();
const PATIENCE = 10_000;
let elapsed = 0;
const now = () => new Date(START + elapsed);
const HOUR = 3_600_000;

let places: TestDatabase[];
let door: TestDoor;
beforeAll(async () => {
  places = [
    await createTestDatabase({ key: "advocacy", migrate }),
    await createTestDatabase({ key: "advocacy", migrate }),
  ];
  door = await openTestDoor({ "harbor-house": places[0]!.url, "safe-passage": places[1]!.url }, now);
});
afterAll(async () => {
  await door?.close();
  await Promise.all((places ?? []).map((place) => place.drop()));
});
beforeEach(() => void (elapsed = 0));

const ANN: Who = { agency: "harbor-house", role: "advocate", subject: "ann" };
const BEA: Who = { agency: "harbor-house", role: "advocate", subject: "bea" };
const SAL: Who = { agency: "safe-passage", role: "advocate", subject: "sal" };

interface Payload {
  readonly holds: readonly { readonly id: string; readonly withdrawnAt: string | null }[] | null;
  readonly problem: string | null;
}
async function change(who: Who, mutation: "placeHold" | "withdrawHold", input: object): Promise<Payload> {
  const type = mutation === "placeHold" ? "PlaceHoldInput" : "WithdrawHoldInput";
  const { data } = await door.ask(
    who,
    `mutation ($input: ${type}!) { ${mutation}(input: $input) {
       holds { id contactId placedBy placedAt expiresAt withdrawnAt } problem } }`,
    { input: { key: randomUUID(), ...input } },
  );
  return data![mutation] as Payload;
}
const place = (who: Who, contactId: string, more: object = {}) =>
  change(who, "placeHold", { contactId, hours: 24, ...more });
const withdraw = (who: Who, contactId: string, more: object = {}) =>
  change(who, "withdrawHold", { contactId, ...more });

const holdsUrl = () => new URL("/holds", door.url).href;
const answerAbout = (contactId: string) =>
  createAgencyCall({ url: holdsUrl(), secret: TEST_HOLDS_SECRET })(JSON.stringify({ contactId }), PATIENCE);
const HELD = '{"hold":true}';
const FREE = '{"hold":false}';

test("AV21: a hold of any agency is answered, of a case that nobody assigned to it, with one word and no other", async () => {
  const contact = randomUUID();
  expect(await answerAbout(contact)).toBe(FREE);
  await place(SAL, contact.toUpperCase());
  expect(await answerAbout(contact)).toBe(HELD);
  await place(ANN, contact);
  expect(await answerAbout(contact)).toBe(HELD);
  expect(await answerAbout(randomUUID())).toBe(FREE);
});

test("AV20: a hold expires by itself, at its hour", async () => {
  const contact = randomUUID();
  await place(ANN, contact, { hours: 2 });
  elapsed = 2 * HOUR - 1;
  expect(await answerAbout(contact)).toBe(HELD);
  elapsed = 2 * HOUR;
  expect(await answerAbout(contact)).toBe(FREE);
});

test("AV20: only who placed it withdraws it, as often as told", async () => {
  const contact = randomUUID();
  await place(ANN, contact);
  for (const other of [BEA, SAL]) expect((await withdraw(other, contact)).problem).toBe("NOT_FOUND");
  expect(await answerAbout(contact)).toBe(HELD);
  const told = { key: randomUUID() };
  const withdrawn = await withdraw(ANN, contact, told);
  expect(withdrawn).toMatchObject({ holds: [{ withdrawnAt: now().toISOString() }], problem: null });
  expect(await answerAbout(contact)).toBe(FREE);
  expect(await withdraw(ANN, contact, told)).toEqual(withdrawn);
  expect((await withdraw(ANN, randomUUID(), told)).problem).toBe("KEY_USED_OTHERWISE");
  expect((await withdraw(ANN, contact)).problem).toBe("NOT_FOUND");
});

test("AV20: told again under its key it is the same hold, told otherwise it is refused", async () => {
  const told = { key: randomUUID() };
  const contact = randomUUID();
  const first = await place(ANN, contact, told);
  elapsed = HOUR;
  expect(await place(ANN, contact, told)).toEqual(first);
  expect((await place(ANN, contact, { ...told, hours: 3 })).problem).toBe("KEY_USED_OTHERWISE");
  expect((await place(ANN, randomUUID(), told)).problem).toBe("KEY_USED_OTHERWISE");
});

test.each([
  ["no id", { contactId: "17" }, "NOT_FOUND"],
  ["no hour", { hours: 0 }, "HOURS_OUT_OF_BOUNDS"],
  ["more hours than the site allows", { hours: 73 }, "HOURS_OUT_OF_BOUNDS"],
  ["a key that is none", { key: "short" }, "KEY_IS_NO_UUID"],
])("AV20: %s: nothing is placed", async (_what, input, code) => {
  const contact = randomUUID();
  expect((await place(ANN, contact, input)).problem).toBe(code);
  expect(await answerAbout(contact)).toBe(FREE);
});

test("AV20: nobody but an advocate places or withdraws one", async () => {
  for (const [agency, role] of [
    ["metro-police", "coordinator"],
    ["new-start", "provider"],
    ["county-audit", "auditor"],
  ] as const) {
    // prettier-ignore
    for (const mutation of ["placeHold", "withdrawHold"]) {
      const query = `mutation { ${mutation}(input: { key: "${randomUUID()}", contactId: "${randomUUID()}"
        ${mutation === "placeHold" ? "hours: 1" : ""} }) { problem } }`;
      expect((await door.ask({ agency, role }, query)).status).toBe(403);
    }
  }
});

test("AV21: who has not law enforcement's secret, asks otherwise or asks nothing gets no answer", async () => {
  const body = JSON.stringify({ contactId: randomUUID() });
  const asked = (secret: string, text: string) =>
    createAgencyCall({ url: holdsUrl(), secret })(text, PATIENCE);
  expect(await asked(`${TEST_HOLDS_SECRET}-of-another`, body)).toBeNull();
  for (const text of ["", "{}", '{"contactId":"17"}', '{"contactId":"%"}', `[${body}]`]) {
    expect([text, await asked(TEST_HOLDS_SECRET, text)]).toEqual([text, null]);
  }
  expect((await fetch(holdsUrl(), { method: "POST", body })).status).toBe(401);
  expect((await fetch(holdsUrl())).status).toBe(404);
});

test("AV21: while one agency's database is down there is no answer, unless another's hold is known to stand", async () => {
  const [up, down] = await Promise.all(places.map(({ url }) => openAdvocacyDatabase(url, { poolSize: 1 })));
  await down!.destroy();
  const [held, free] = [randomUUID(), randomUUID()];
  await place(ANN, held);
  expect(await anyHoldStands([up!, down!], held, now())).toBe(true);
  await expect(anyHoldStands([up!, down!], free, now())).rejects.toThrow();
  expect(await anyHoldStands([up!], free, now())).toBe(false);
  await up!.destroy();
});

test("AV90: where no agency's database is known nobody has been asked, and there is no answer", async () => {
  await expect(anyHoldStands([], randomUUID(), now())).rejects.toThrow();
});

import { randomUUID } from "node:crypto";
import { CORA, DAN, openContacts, type Contacts, type Man } from "./contacts.fixture";
import { callInsOf } from "./call-ins.fixture";
import type { Who } from "./door.fixture";

let site: Contacts;
let at: ReturnType<typeof callInsOf>;
beforeAll(async () => {
  site = await openContacts();
  at = callInsOf(site);
});
afterAll(() => site?.close());

describe("L39: who sees a call-in, and whom of those who are invited", () => {
  const PROBATION: Who = { agency: "county-probation", roles: ["probation"] };
  const ANN: Who = { agency: "harbor-house", roles: ["advocate"] };
  const MO: Who = { agency: "street-voices", roles: ["messenger"], subject: "mo" };
  const withMo = { messenger: "mo", messengerAgency: "street-voices" };
  const invitedTo = async (who: Who, id: string) =>
    (await at.seen(who, id))?.invitations.map(({ person }) => person!.id).sort() ?? null;
  const idsOf = (...of: readonly Man[]) => of.map(({ personId }) => personId).sort();

  test("somebody behind a wall is left out without a trace; with all behind one there is no call-in", async () => {
    const [open, shut] = (await at.men(2)) as [Man, Man];
    const callIn = await at.planned([open, shut]);
    const cut = { ...CORA, subject: "walled" };
    const wall = (man: Man) =>
      site.write.conflict({ agency: "metro-police", subject: "walled", personId: man.personId, why: "related" }); // prettier-ignore
    await wall(shut);
    expect(await invitedTo(cut, callIn.id)).toEqual(idsOf(open));
    expect(await at.attendance(callIn, [[at.contactWith(callIn, shut), "ATTENDED"]], {}, cut)).toMatchObject({
      named: [{ problem: "NOT_FOUND" }],
    });
    await wall(open);
    expect(await at.seen(cut, callIn.id)).toBeNull();
    expect((await at.cancel(callIn, {}, cut)).problem).toBe("NOT_FOUND");
    const { callIns } = await site.ask<{ callIns: { callIns: { id: string }[] } }>(
      cut,
      "{ callIns(first: 200) { callIns { id } } }",
    );
    expect(callIns.callIns.some(({ id }) => id === callIn.id)).toBe(false);
    expect(await invitedTo(CORA, callIn.id)).toEqual(idsOf(open, shut));
  });

  test("somebody with a sealed case is shown to its readers alone", async () => {
    const [open, sealed] = (await at.men(2)) as [Man, Man];
    const callIn = await at.planned([open, sealed]);
    const caseId = sealed.cases[0]!;
    await site.write.compartment({ caseId });
    await site.write.compartmentReader({ caseId, agency: "metro-police", subject: "cora" });
    expect(await invitedTo(DAN, callIn.id)).toEqual(idsOf(open));
    expect(await invitedTo(CORA, callIn.id)).toEqual(idsOf(open, sealed));
  });

  test("probation sees those it supervises, an advocate those of her agency's cases, others none", async () => {
    const [supervised, hers, neither] = (await at.men(3)) as [Man, Man, Man];
    const callIn = await at.planned([supervised, hers, neither]);
    const { personId } = supervised;
    await site.write.condition({ personId, kind: "probation", effectiveFrom: "2020-01-01" });
    await site.database.query("UPDATE case_file SET assigned_agency = 'harbor-house', assigned_at = now() WHERE id = $1", [hers.cases[0]]); // prettier-ignore
    expect(await invitedTo(PROBATION, callIn.id)).toEqual(idsOf(supervised));
    expect(await invitedTo(ANN, callIn.id)).toEqual(idsOf(hers));
    expect(await at.seen({ agency: "safe-passage", roles: ["advocate"] }, callIn.id)).toBeNull();
    expect(await invitedTo({ agency: "county-prosecutor", roles: ["prosecutor"] }, callIn.id)).toHaveLength(
      3,
    );
  });

  test("the messenger who takes part sees it while it is ahead, less who speaks; another sees nothing", async () => {
    const [man] = (await at.men(1)) as [Man];
    const callIn = await at.planned([man], withMo);
    expect(await invitedTo(MO, callIn.id)).toEqual(idsOf(man));
    expect(await at.seen({ ...MO, subject: "jo" }, callIn.id)).toBeNull();
    const speakers = await site.door.ask(MO, `{ callIn(id: "${callIn.id}") { speakers { name } } }`);
    expect(speakers.status).toBe(403);
    await at.cancel(callIn);
    expect(await at.seen(MO, callIn.id)).toBeNull();
    // He is to meet the same man again.
    const again = await at.planned([man], withMo);
    const places = `{ a: callIn(id: "${callIn.id}") { place } b: callIn(id: "${again.id}") { place } }`;
    expect(await site.ask(MO, places)).toEqual({ a: { place: null }, b: { place: "Town hall" } });
  });

  test("providers, evaluators and auditors do not ask; messengers and advocates plan none", async () => {
    const callIn = await at.planned(await at.men(1));
    for (const who of [
      { agency: "new-start", roles: ["provider"] },
      { agency: "state-university", roles: ["evaluator"] },
      { agency: "county-audit", roles: ["auditor"] },
    ] as const) {
      expect((await site.door.ask(who, `{ callIn(id: "${callIn.id}") { id } }`)).status).toBe(403);
      expect((await site.door.ask(who, "{ callIns { hasNextPage } }")).status).toBe(403);
    }
    const off = `mutation { cancelCallIn(input: { key: "${randomUUID()}", callInId: "${callIn.id}", expects: PLANNED }) { problem } }`;
    for (const who of [ANN, MO, PROBATION]) expect((await site.door.ask(who, off)).status).toBe(403);
  });

  test("those to come, next one first, and those past, latest first; page by page", async () => {
    const [man] = (await at.men(1)) as [Man];
    const CAL: Who = { agency: "county-probation", roles: ["probation"] };
    const { personId } = man;
    await site.write.condition({ personId, kind: "parole", effectiveFrom: "2020-01-01" });
    const ids: string[] = [];
    for (const hour of [1, 2, 30, 40]) ids.push((await at.planned([man], { plannedFor: site.at(hour) })).id);
    site.wait(3);
    const list = async (when: string | null) => {
      const read: string[] = [];
      let after: string | null = null;
      do {
        const page: { callIns: { callIns: { id: string }[]; endCursor: string; hasNextPage: boolean } } =
          await site.ask(CAL, `query ($after: String, $when: CallInTime) { callIns(first: 1, after: $after, when: $when) { callIns { id } endCursor hasNextPage } }`, { after, when }); // prettier-ignore
        read.push(...page.callIns.callIns.map(({ id }) => id));
        after = page.callIns.hasNextPage ? page.callIns.endCursor : null;
      } while (after !== null);
      return read.filter((id) => ids.includes(id));
    };
    for (const when of ["UPCOMING", null]) expect(await list(when)).toEqual([ids[2], ids[3]]);
    expect(await list("PAST")).toEqual([ids[1], ids[0]]);
  });
});

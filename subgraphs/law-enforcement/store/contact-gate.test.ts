import { CONTACT_EVENTS, CONTACT_STATES, stateAfter, type ContactState } from "../domain/contact-state";
import { CLEARANCE_SECONDS } from "../domain/release-contact";
import {
  clear,
  database,
  minutes,
  now,
  openGate,
  planned,
  refusedBy,
  release,
  releaseClear,
  sign,
  stateOf,
  tell,
  tellAll,
  tryInVain,
  write,
  type Planned,
} from "./contact-gate.fixture";

openGate();

describe("L25: hand-written SQL releases no contact of a gated level", () => {
  test.each<[what: string, prepare: (one: Planned) => Promise<unknown>, refused: string]>([
    ["of which no victim was told", async () => undefined, "contact_gate_victims"],
    ["of which one victim was told, another not", ({ cases }) => tell(cases[0]!), "contact_gate_victims"],
    [
      "of which the victims were told before the plan",
      ({ cases }) => Promise.all(cases.map((id) => tell(id, minutes(-90)))),
      "contact_gate_victims",
    ],
    [
      "of which one victim could not be reached, and nobody signed",
      async ({ cases }) => [await tell(cases[0]!), await tryInVain(cases[1]!, 3)],
      "contact_gate_victims",
    ],
    [
      "of which a supervisor signed after too few attempts",
      async (one) => [await tell(one.cases[0]!), await tryInVain(one.cases[1]!, 2), await sign(one, one.cases[1]!)], // prettier-ignore
      "contact_gate_victims",
    ],
    [
      "of which a supervisor signed before the last attempt",
      async (one) => [await tell(one.cases[0]!), await tryInVain(one.cases[1]!, 3), await sign(one, one.cases[1]!, minutes(-39))], // prettier-ignore
      "contact_gate_victims",
    ],
    [
      "of which another victim came to light since",
      async (one) => [
        await tellAll(one),
        await write.caseFile({ personId: one.personId, victimId: (await write.victim()).id }),
      ],
      "contact_gate_victims",
    ],
    [
      "when he has moved up to level A",
      async (one) => {
        await tellAll(one);
        const { id } = await write.proposal({ personId: one.personId, level: "A" });
        await write.confirmation({ personId: one.personId, proposalId: id, level: "A", confirmedAt: now });
      },
      "contact_gate_level",
    ],
    ["once every victim was told: it is released", tellAll, "nobody"],
    [
      "once attempts failed and a supervisor signed: it is released",
      async (one) => [await tell(one.cases[0]!), await tryInVain(one.cases[1]!, 3), await sign(one, one.cases[1]!)], // prettier-ignore
      "nobody",
    ],
  ])("%s", async (_what, prepare, refused) => {
    const one = await planned();
    await prepare(one);
    expect(await refusedBy(releaseClear(one))).toBe(refused);
    expect(await stateOf(one)).toBe(refused === "nobody" ? "released" : "planned");
  });

  test("a man of whom no victim is known is not released", async () => {
    const { id: personId } = await write.person();
    const proposal = await write.proposal({ personId, level: "B", supersededAt: now });
    await write.confirmation({ personId, proposalId: proposal.id, level: "B", confirmedAt: minutes(-300) });
    const contact = await write.contact({ personId, level: "B", recordedAt: minutes(-60) });
    expect(await refusedBy(releaseClear({ personId, cases: [], contact }))).toBe("contact_gate_victims");
  });
});

describe("L25: hand-written SQL releases no contact of any level without an answer of the advocacy side", () => {
  test.each<[what: string, release: (one: Planned) => Promise<unknown>, refused: string]>([
    ["that there is none", (one) => release(database.manager, one), "contact_gate_holds"],
    [
      "of a transaction before",
      async (one) => [await clear(database.manager, one), await release(database.manager, one)],
      "contact_gate_holds",
    ],
    [
      "that is too old",
      (one) =>
        database.transaction(async (manager) => {
          await clear(manager, one, new Date(now.getTime() - CLEARANCE_SECONDS * 1000));
          await release(manager, one);
        }),
      "contact_gate_holds",
    ],
    [
      "about another contact",
      async (one) => {
        const other = await planned();
        await database.transaction(async (manager) => {
          await clear(manager, other);
          await release(manager, one);
        });
      },
      "contact_gate_holds",
    ],
    [
      "that is just young enough: it is released",
      (one) =>
        database.transaction(async (manager) => {
          await clear(manager, one, new Date(now.getTime() - CLEARANCE_SECONDS * 1000 + 1));
          await release(manager, one);
        }),
      "nobody",
    ],
  ])("%s", async (_what, releaseBy, refused) => {
    const one = await planned();
    await tellAll(one);
    expect(await refusedBy(releaseBy(one))).toBe(refused);
  });
});

describe("L23: the moves of the table and the moves that the database lets pass are the same", () => {
  const AT: Partial<Record<ContactState, object>> = { made: {}, breached: {} };
  const allowed = (from: ContactState, into: ContactState) =>
    CONTACT_EVENTS.some((event) => {
      const next = stateAfter(from, event);
      return next.ok && next.value === into;
    });
  test.each(CONTACT_STATES)("from %s", async (from) => {
    for (const into of CONTACT_STATES) {
      if (into === from) continue;
      const one = await planned({ state: from }, "C");
      const refused = await refusedBy(
        database.query(
          `UPDATE contact SET state = $2,
             made_at = CASE WHEN $3 THEN coalesce(made_at, $4::timestamptz) END,
             released_at = CASE WHEN $2 = 'planned' THEN NULL ELSE coalesce(released_at, CASE WHEN $2 = 'released' THEN $4::timestamptz END) END,
             released_by = CASE WHEN $2 = 'planned' THEN NULL ELSE coalesce(released_by, CASE WHEN $2 = 'released' THEN 'x' END) END,
             recall_reason = CASE WHEN $2 = 'recalled' THEN 'other' END,
             closed_at = CASE WHEN $2 NOT IN ('planned', 'released') THEN $4::timestamptz END,
             closed_by = CASE WHEN $2 NOT IN ('planned', 'released') THEN 'x' END
           WHERE id = $1`,
          [one.contact.id, into, into in AT, now],
        ),
      );
      // These moves are let pass, and then stopped: nothing was asked, and nothing was reported.
      const stops = { released: "contact_gate_holds", breached: "contact_breach_reported" };
      const passes = (stops as Partial<Record<ContactState, string>>)[into] ?? "nobody";
      expect([from, into, refused]).toEqual([from, into, allowed(from, into) ? passes : "contact_moves"]);
    }
  });
});

test("L25: what was planned, and when it was released, is not altered afterwards", async () => {
  const one = await planned();
  await tellAll(one);
  for (const change of [
    "level = 'C'",
    "gated = false, level = 'C'",
    "attempts_needed = 1",
    "recorded_at = recorded_at - interval '1 day'",
    `person_id = '${(await write.person()).id}'`,
    "planned_by = 'somebody@else'",
    "planned_by = NULL",
  ]) {
    const altered = database.query(`UPDATE contact SET ${change} WHERE id = $1`, [one.contact.id]);
    expect([change, await refusedBy(altered)]).toEqual([change, "contact_stays_planned"]);
  }
  await releaseClear(one);
  const later = database.query("UPDATE contact SET released_at = now() WHERE id = $1", [one.contact.id]);
  expect(await refusedBy(later)).toBe("contact_release_stays");
});

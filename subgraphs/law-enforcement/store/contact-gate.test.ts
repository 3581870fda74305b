import type { DataSource, EntityManager } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../../test/setup/databases";
import { CONTACT_EVENTS, CONTACT_STATES, stateAfter, type ContactState } from "../domain/contact-state";
import { CLEARANCE_SECONDS } from "../domain/release-contact";
import { migrate, openLawEnforcementDatabase } from "./database";
import type { ContactRow } from "./entities/contact";
import { miniatureOf, type Miniature } from "./miniature.fixture";

let place: TestDatabase;
let database: DataSource;
let write: Miniature;

beforeAll(async () => {
  place = await createTestDatabase({ key: "law-enforcement", migrate });
  database = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  write = miniatureOf(database);
});
afterAll(async () => {
  await database?.destroy();
  await place?.drop();
});

const now = new Date("2026-03-15T12:00:00.000Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** A man at level B, or another, with two victims, and a contact planned an hour ago. */
async function planned(differs: Partial<ContactRow> = {}, level: "B" | "C" = "B") {
  const { id: personId } = await write.person();
  const cases = [];
  for (let count = 0; count < 2; count++) {
    const { id: victimId } = await write.victim();
    cases.push((await write.caseFile({ personId, victimId, openedAt: minutes(-600) })).id);
  }
  const proposal = await write.proposal({ personId, level, supersededAt: now });
  await write.confirmation({ personId, proposalId: proposal.id, level, confirmedAt: minutes(-300) });
  const contact = await write.contact({ personId, level, recordedAt: minutes(-60), ...differs });
  return { personId, cases, contact };
}
type Planned = Awaited<ReturnType<typeof planned>>;

const tell = (caseId: string, recordedAt = minutes(-30)) =>
  write.outreach({ caseId, recordedAt, madeAt: recordedAt });
const tellAll = ({ cases }: Planned) => Promise.all(cases.map((id) => tell(id)));
async function tryInVain(caseId: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    const recordedAt = minutes(-40 + count);
    await write.outreach({ caseId, kind: "notice-attempt", outcome: "not-reached", recordedAt });
  }
}
const sign = ({ contact }: Planned, caseId: string, signedAt = minutes(-20)): Promise<unknown> =>
  database.query("INSERT INTO attempts_sign_off VALUES ($1, $2, 'cora@metro-police', $3)", [
    contact.id,
    caseId,
    signedAt,
  ]);
const clear = (manager: EntityManager, { contact }: Planned, answeredAt = now): Promise<unknown> =>
  manager.query("INSERT INTO contact_clearance (contact_id, answered_at) VALUES ($1, $2)", [
    contact.id,
    answeredAt,
  ]);
const release = (manager: EntityManager, { contact }: Planned): Promise<unknown> =>
  manager.query(
    "UPDATE contact SET state = 'released', released_at = $2, released_by = 'by hand' WHERE id = $1",
    [contact.id, now],
  );
/** A release by hand-written SQL together with the advocacy side's answer: the gate is all that is left. */
const releaseClear = (one: Planned) =>
  database.transaction(async (manager) => {
    await clear(manager, one);
    await release(manager, one);
  });
async function refusedBy(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "nobody",
    (error: { constraint?: string }) => String(error.constraint),
  );
}
const stateOf = async ({ contact }: Planned) =>
  (await database.query<{ state: string }[]>("SELECT state FROM contact WHERE id = $1", [contact.id]))[0]!
    .state;

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

describe("L120: a contact entered as released, or as met, has to have passed the whole gate", () => {
  const STATES = ["released", "made", "refused", "not-found"] as const;
  const entered = (personId: string, given: Partial<ContactRow>) =>
    refusedBy(write.contact({ personId, level: "B", recordedAt: now, ...given }));
  test.each(STATES)("%s, at another level than the one in force", async (state) => {
    const { personId } = await planned();
    expect(await entered(personId, { level: "C", gated: false, state })).toBe("contact_gate_level");
  });

  test.each(STATES)("%s, of a man without a level", async (state) => {
    const { id: personId } = await write.person();
    expect(await entered(personId, { level: "C", gated: false, state })).toBe("contact_gate_level");
  });

  test("released as of an hour before another case was opened: she is known now", async () => {
    const one = await planned();
    await Promise.all(one.cases.map((id) => tell(id, minutes(-260))));
    const past = { recordedAt: minutes(-280), releasedAt: minutes(-240), closedAt: minutes(-230) };
    await write.caseFile({
      personId: one.personId,
      victimId: (await write.victim()).id,
      openedAt: minutes(-200),
    });
    const { closedAt, ...open } = past;
    expect(await entered(one.personId, { ...open, state: "released" })).toBe("contact_gate_victims");
    const met = { ...past, madeAt: closedAt, state: "made" } as const;
    expect(await entered(one.personId, met)).toBe("nobody");
  });

  test.each(["made", "refused", "not-found"] as const)(
    "%s, at an hour at which it held no more",
    async (state) => {
      const since: readonly [(one: Planned) => Promise<unknown>, string][] = [
        [async () => undefined, "nobody"],
        [
          async ({ personId }) =>
            write.caseFile({ personId, victimId: (await write.victim()).id, openedAt: minutes(5) }),
          "contact_gate_victims",
        ],
        [
          async ({ personId }) => {
            const { id } = await write.proposal({ personId, level: "A" });
            await write.confirmation({ personId, proposalId: id, level: "A", confirmedAt: minutes(5) });
          },
          "contact_gate_level",
        ],
      ];
      for (const [comes, refused] of since) {
        const one = await planned();
        await tellAll(one);
        await comes(one);
        const met = { madeAt: minutes(10), closedAt: minutes(20), releasedAt: now };
        expect(await entered(one.personId, { state, recordedAt: minutes(-60), ...met })).toBe(refused);
      }
    },
  );

  test("and the hour at which he was met is not altered", async () => {
    const one = await planned();
    await tellAll(one);
    await releaseClear(one);
    await database.query(
      "UPDATE contact SET state = 'made', made_at = $2, closed_at = $2, closed_by = 'x' WHERE id = $1",
      [one.contact.id, minutes(1)],
    );
    for (const what of ["made_at = made_at + interval '1 day'", "closed_at = closed_at + interval '1 day'"]) {
      const altered = database.query(`UPDATE contact SET ${what} WHERE id = $1`, [one.contact.id]);
      expect([what, await refusedBy(altered)]).toEqual([what, "contact_outcome_stays"]);
    }
  });
});

test("L25: a contact entered as released or made has to have passed the gate too", async () => {
  const { personId } = await planned();
  for (const state of ["released", "made", "refused", "not-found"] as const) {
    const entered = write.contact({ personId, level: "B", state, recordedAt: now });
    expect([state, await refusedBy(entered)]).toEqual([state, "contact_gate_victims"]);
  }
  await expect(write.contact({ personId, level: "B", gated: false })).rejects.toThrow(/level_b_is_gated/);
  expect((await write.contact({ personId, level: "B", state: "breached" })).state).toBe("breached");
});

describe("L36: hand-written SQL records nothing as made, refused or not found at an hour at which the gate did not hold", () => {
  const madeAt = minutes(10);
  const record = ({ contact }: Planned, state = "made", at = madeAt) =>
    database.query(
      "UPDATE contact SET state = $2, made_at = $3, closed_at = $4, closed_by = 'by hand' WHERE id = $1",
      [contact.id, state, at, minutes(20)],
    );
  test.each<[what: string, since: (one: Planned) => Promise<unknown>, refused: string]>([
    ["nothing came up", async () => undefined, "nobody"],
    [
      "he had moved up to level A",
      async ({ personId }) => {
        const { id } = await write.proposal({ personId, level: "A" });
        await write.confirmation({ personId, proposalId: id, level: "A", confirmedAt: minutes(5) });
      },
      "contact_gate_level",
    ],
    [
      "another victim had come to light, who was not told",
      async ({ personId }) =>
        write.caseFile({ personId, victimId: (await write.victim()).id, openedAt: minutes(5) }),
      "contact_gate_victims",
    ],
    [
      "another victim had come to light, and was told before he was met",
      async ({ personId }) => {
        const victimId = (await write.victim()).id;
        const { id } = await write.caseFile({ personId, victimId, openedAt: minutes(5) });
        await tell(id, minutes(6));
      },
      "nobody",
    ],
    [
      "another victim came to light after he was met",
      async ({ personId }) =>
        write.caseFile({ personId, victimId: (await write.victim()).id, openedAt: minutes(15) }),
      "nobody",
    ],
  ])("%s", async (_what, since, refused) => {
    for (const state of ["made", "refused", "not-found"]) {
      const one = await planned();
      await tellAll(one);
      await releaseClear(one);
      await since(one);
      expect([state, await refusedBy(record(one, state))]).toEqual([state, refused]);
    }
  });

  test("before the release", async () => {
    const one = await planned();
    await tellAll(one);
    await releaseClear(one);
    expect(await refusedBy(record(one, "made", minutes(-1)))).toBe("contact_gate_release");
  });
});

describe("L34: hand-written SQL records no breach without its report, and alters no report", () => {
  const report = (manager: EntityManager, contactId: string): Promise<unknown> =>
    manager.query(
      "INSERT INTO gate_breach (contact_id, failed, reported_by, reported_at) VALUES ($1, '{not-released}', 'x', $2)",
      [contactId, now],
    );
  const breach = (manager: EntityManager, { contact }: Planned): Promise<unknown> =>
    manager.query(
      "UPDATE contact SET state = 'breached', made_at = $2, closed_at = $2, closed_by = 'x' WHERE id = $1",
      [contact.id, now],
    );

  test("without a report it is not recorded; with one of the same transaction it is", async () => {
    const one = await planned();
    expect(await refusedBy(breach(database.manager, one))).toBe("contact_breach_reported");
    const both = database.transaction(async (manager) => {
      await breach(manager, one);
      await report(manager, one.contact.id);
    });
    expect(await refusedBy(both)).toBe("nobody");
  });

  test("a report is reviewed once, and stays as it is", async () => {
    const { personId } = await planned();
    const contact = await write.contact({ personId, level: "B", state: "breached" });
    const change = (what: string) =>
      refusedBy(database.query(`UPDATE gate_breach SET ${what} WHERE contact_id = $1`, [contact.id]));
    const REVIEW = "review = 'Looked into.', reviewed_by = 'cora@metro-police', reviewed_at = now()";
    expect(await change("failed = '{}'")).toBe("gate_breach_stays");
    expect(await change(`reported_by = 'somebody else', ${REVIEW}`)).toBe("gate_breach_stays");
    expect(await change(REVIEW)).toBe("nobody");
    expect(await change("review = 'Nothing.'")).toBe("gate_breach_stays");
  });

  test("nobody plans at level A or at none; a contact that nobody planned is a breach", async () => {
    const { personId } = await planned();
    for (const [given, refused] of [
      [{ level: "A" }, "contact_unplanned"],
      [{ level: null }, "contact_unplanned"],
      [{ plannedBy: null }, "contact_unplanned"],
      [{ plannedBy: null, level: "A", state: "breached" }, "nobody"],
      [{ plannedBy: null, level: null, state: "breached", gated: true }, "nobody"],
    ] as const) {
      const entered = write.contact({ personId, ...given });
      expect([given, await refusedBy(entered)]).toEqual([given, refused]);
    }
  });
});

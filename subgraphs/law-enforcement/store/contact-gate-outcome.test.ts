import type { EntityManager } from "typeorm";
import {
  database,
  minutes,
  now,
  openGate,
  planned,
  refusedBy,
  releaseClear,
  tell,
  tellAll,
  write,
  type Planned,
} from "./contact-gate.fixture";
import type { ContactRow } from "./entities/contact";

openGate();

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

import { randomUUID } from "node:crypto";
import {
  now,
  database,
  write,
  CORA,
  nothing,
  type Man,
  manAt,
  draft,
  approve,
  serve,
  idOf,
  lettersOf,
  contactOf,
  approvedLetter,
  openCounty,
} from "./change-letter.fixture";

openCounty();

describe("L50: nothing of a victim goes to him", () => {
  test.each([
    ["Maria Lopez told us.", "NAME"],
    ["Мария Лопес told us.", "NAME"],
    ["M. Lopez told us.", "INITIALS"],
    ["Stay away from 123 North Main Street #4.", "ADDRESS"],
    ["Do not call +1 595 555 0102.", "PHONE"],
    ["She was born 3/12/1990.", "DATE_OF_BIRTH"],
  ])("%s is refused with its kind and its place, and without itself", async (exposure, kind) => {
    const man = await manAt("B");
    const refused = await draft(man, { exposure: `First this.\n${exposure}` });
    expect(refused).toMatchObject({ letter: null, problem: "LETTER_NAMES_VICTIM" });
    const [leak] = refused.leaks!;
    expect(leak).toMatchObject({ kind, line: 10 });
    expect(JSON.stringify(refused)).not.toMatch(/Maria|Lopez|Main|555|1990|Лопес/);
    expect(await lettersOf(man)).toEqual([]);
  });

  test("also of one known by an incident alone, and of an address that an order protects", async () => {
    const man = await manAt("B");
    const { id: incidentId } = await write.incident();
    const { id: victimId } = await write.victim({ givenName: "Zora", familyName: "Kestadale" });
    await write.subject({ incidentId, personId: man.personId });
    await write.incidentVictim({ incidentId, victimId });
    await write.order({
      personId: man.personId,
      caseId: man.caseId,
      protectedAddresses: ["77 Fifth Avenue"],
    });
    for (const exposure of ["Zora told us.", "Stay away from 77 5th Ave."])
      expect((await draft(man, { exposure })).problem).toBe("LETTER_NAMES_VICTIM");
  });

  test("L123: also of where she lived before", async () => {
    const man = await manAt("B");
    await database.query("UPDATE victim SET address = '5 Quince Court' WHERE id = (SELECT victim_id FROM case_file WHERE id = $1)", [man.caseId]); // prettier-ignore
    for (const exposure of ["Stay away from 123 North Main Street #4.", "Stay away from Quince Court."])
      expect((await draft(man, { exposure })).leaks).toMatchObject([{ kind: "ADDRESS" }]);
  });

  test("and of one who became known since: at the review, and at the service", async () => {
    const man = await manAt("B");
    const exposure = "Up to 5 years, says Quarnambry.";
    const drafted = await idOf(draft(man, { exposure }));
    const reviewed = await idOf(draft(man, { exposure }));
    expect((await approve(reviewed)).problem).toBeNull();
    const contactId = await contactOf(man, "released");
    const { id: victimId } = await write.victim({ givenName: "Ida", familyName: "Quarnambry" });
    const { id: caseId } = await write.caseFile({ personId: man.personId, victimId });
    await write.outreach({ caseId });
    const leaks = [{ kind: "FAMILY_NAME", line: 9, column: 21 }];
    const refused = { letter: null, problem: "LETTER_NAMES_VICTIM", leaks };
    expect(await approve(drafted)).toEqual(refused);
    expect(await serve(reviewed, contactId)).toEqual(refused);
  });

  test("his own name is his, though she has it too", async () => {
    const man = await manAt("B", { givenName: "Carlos", familyName: "Lopez" });
    expect(await draft(man)).toMatchObject({ problem: null });
  });

  test("what the drafter may not read of her he is not told that he has guessed", async () => {
    const man = await manAt("B");
    const other = [{ kind: "OTHER", line: null, column: null }];
    const guess = { exposure: "123 Main Street, 555-0102" };
    expect((await draft(man, guess, CORA)).leaks).toEqual(other);
    await write.compartment({ caseId: man.caseId });
    await write.caseFile({
      personId: man.personId,
      victimId: (await write.victim({ familyName: "Quarnambry" })).id,
    });
    expect((await draft(man, { exposure: "Maria told us." })).leaks).toEqual(other);
  });
});

describe("L55: no letter goes round the gate", () => {
  test("while the contact is planned it is not served", async () => {
    const man = await manAt("B");
    const id = await approvedLetter(man);
    expect(await serve(id, await contactOf(man, "planned"))).toEqual(nothing("CONTACT_NOT_RELEASED"));
    expect(await lettersOf(man)).toEqual([{ state: "reviewed" }]);
  });

  test.each<[what: string, since: (man: Man, at: Date) => Promise<unknown>, problem: string]>([
    [
      "another victim came to light, whom nobody told",
      async ({ personId }, openedAt) =>
        write.caseFile({ personId, victimId: (await write.victim({ familyName: "Zyxwanda" })).id, openedAt }),
      "VICTIM_NOT_TOLD",
    ],
    [
      "he moved up, and is to be given no message",
      async ({ personId }, confirmedAt) => {
        const { id: proposalId } = await write.proposal({ personId, level: "A", supersededAt: confirmedAt });
        await write.confirmation({ personId, proposalId, level: "A", confirmedAt });
      },
      "LEVEL_NOT_IN_FORCE",
    ],
  ])("L124: nor at a contact that was released, once %s", async (_what, since, problem) => {
    const man = await manAt("B");
    const id = await approvedLetter(man);
    const contactId = await contactOf(man, "released");
    await since(man, new Date(now().getTime() - 1_000));
    expect(await serve(id, contactId)).toEqual(nothing(problem));
    const byHand = database.query(
      `UPDATE exposure_letter SET state = 'served', served_on = '2026-03-05', served_at = $1, served_how = 'mailed',
         served_by = 'Dan', contact_id = $2, closed_at = now(), closed_by = 'Dan' WHERE id = $3`,
      [now(), contactId, id],
    );
    await expect(byHand).rejects.toMatchObject({ constraint: "letter_gate" });
    expect(await lettersOf(man)).toEqual([{ state: "reviewed" }]);
  });

  test("nor at a contact of another, one that is not there, or one behind a wall", async () => {
    const [man, other] = [await manAt("B"), await manAt("B")];
    const id = await approvedLetter(man);
    for (const contactId of [await contactOf(other, "released"), randomUUID(), "17"])
      expect(await serve(id, contactId)).toEqual(nothing("NOT_FOUND"));
    expect(await lettersOf(man)).toEqual([{ state: "reviewed" }]);
  });

  test("nor by a statement written by hand", async () => {
    const man = await manAt("B");
    const id = await approvedLetter(man);
    const planned = await contactOf(man, "planned");
    const served = (contact: string, more = "") =>
      database.query(
        `UPDATE exposure_letter SET state = 'served', served_on = '2026-03-05', served_at = '2026-03-05T11:00:00Z',
           served_how = 'mailed', served_by = 'Dan', contact_id = ${contact}, closed_at = now(), closed_by = 'Dan'${more}
         WHERE id = '${id}'`,
      );
    await expect(served(`'${planned}'`)).rejects.toThrow(/contact that was released/);
    const others = await contactOf(await manAt("B"), "released");
    await expect(served(`'${others}'`)).rejects.toThrow(/contact that was released/);
    await expect(served("NULL")).rejects.toThrow(/contact that was released/);
    const released = await contactOf(man, "released");
    await expect(served(`'${released}'`, ", text = 'another'")).rejects.toThrow(/stays as it was drafted/);
    await expect(served(`'${released}'`, ", approved_by = 'me'")).rejects.toThrow(/review is not altered/);
    await served(`'${released}'`);
    for (const [change, refusal] of [
      ["state = 'withdrawn', served_on = NULL", /does not become/],
      ["served_by = 'another'", /not altered/],
      ["pdf_hash = repeat('0', 64)", /not altered/],
    ] as const)
      await expect(database.query(`UPDATE exposure_letter SET ${change} WHERE id = '${id}'`)).rejects.toThrow(
        refusal,
      );
  });

  test.each([
    ["the drafter", "approved_by = drafted_by, approved_as = 'prosecutor'", /letter_reviewer/],
    ["a coordinator", "approved_by = 'cora', approved_as = 'coordinator'", /letter_reviewer/],
    ["nobody in particular", "approved_by = 'cora'", /letter_reviewer/],
    ["nobody", "closed_by = NULL", /letter_reviewed/],
  ])("nor is legal exposure approved by %s by a statement written by hand", async (_who, set, refusal) => {
    const id = await idOf(draft(await manAt("B")));
    const statement = `UPDATE exposure_letter SET state = 'reviewed', approved_at = now(), ${set} WHERE id = '${id}'`;
    await expect(database.query(statement)).rejects.toThrow(refusal);
  });

  test("nor is a file kept that is not the one of its hash", async () => {
    const { personId } = await manAt("B");
    const file = { ...{ templateId: "t", templateVersion: 1, language: "en" }, pdf: Buffer.from("a") };
    await expect(write.letter({ personId, ...file, pdfHash: "0".repeat(64) })).rejects.toThrow(/letter_hash/);
    await expect(write.letter({ personId, ...file })).rejects.toThrow(/letter_printed/);
  });
});

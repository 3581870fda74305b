import { randomUUID } from "node:crypto";
import { completePerson } from "./store/miniature.fixture";
import {
  NOW,
  DETECTIVE,
  PROBATION,
  ADVOCATE,
  EVALUATOR,
  database,
  write,
  door,
  entity,
  openCounty,
} from "./main.fixture";

openCounty();

describe("levels", () => {
  const confirm = `mutation ($key: ID!, $id: ID!, $level: Level!) {
    confirmLevel(input: { key: $key, proposalId: $id, level: $level }) {
    level { level asOf confirmedBy } person { level { level } } problem } }`;

  test("a proposal waits in the queue until a named person confirms it; then partners see it", async () => {
    const { personId, openProposalId } = await completePerson(write);
    const waiting = async (who = DETECTIVE) => {
      const answer = await door.ask(who, "{ levelQueue(first: 200) { proposals { id person { id } } } }");
      const { proposals } = answer.data?.["levelQueue"] as {
        proposals: { id: string; person: { id: string } }[];
      };
      return proposals.filter((one) => one.person.id === personId).map((one) => one.id);
    };
    expect(await waiting()).toEqual([openProposalId]);
    await database.query("DELETE FROM release_condition WHERE person_id = $1", [personId]);
    expect(await waiting(PROBATION)).toEqual([]);
    expect(
      (await door.ask(DETECTIVE, confirm, { key: randomUUID(), id: openProposalId, level: "B" })).data,
    ).toEqual({
      confirmLevel: {
        level: { level: "B", asOf: NOW.toISOString(), confirmedBy: "dana@metro-police" },
        person: { level: { level: "B" } },
        problem: null,
      },
    });
    expect(await waiting()).toEqual([]);
    expect(
      (await door.ask(DETECTIVE, confirm, { key: randomUUID(), id: openProposalId, level: "B" })).data,
    ).toEqual({
      confirmLevel: { level: null, person: null, problem: "ALREADY_CONFIRMED" },
    });
  });

  test("the queue is by level, then by age, page after page", async () => {
    const all = await door.ask(DETECTIVE, "{ levelQueue(first: 200) { proposals { id } } }");
    const one =
      "query ($after: String) { levelQueue(first: 1, after: $after) { proposals { id } endCursor } }";
    interface Queue {
      readonly proposals: { readonly id: string }[];
      readonly endCursor: string | null;
    }
    const seen: { id: string }[] = [];
    for (let after: string | null = null; ;) {
      const page = (await door.ask(DETECTIVE, one, { after })).data?.["levelQueue"] as Queue;
      if (page.endCursor === null) break;
      seen.push(...page.proposals);
      after = page.endCursor;
    }
    expect(seen).toEqual((all.data?.["levelQueue"] as Queue).proposals);
  });

  test("counts by level hide small ones, to evaluators and to everyone", async () => {
    const { id: lone } = await write.person();
    const proposal = await write.proposal({ personId: lone, level: "A" });
    await write.confirmation({ personId: lone, proposalId: proposal.id, level: "A" });
    for (const level of [...Array<"B">(12).fill("B"), ...Array<"D">(13).fill("D")]) {
      const { id: personId } = await write.person();
      const { id: proposalId } = await write.proposal({ personId, level });
      await write.confirmation({ personId, proposalId, level });
    }
    const answer = await door.ask(EVALUATOR, "{ levelCounts { level people } }");
    expect(answer.data).toEqual({
      levelCounts: [
        { level: "A", people: null },
        // Withheld with the one: else a total would tell that A and C together are few.
        { level: "B", people: null },
        { level: "C", people: null },
        { level: "D", people: 13 },
      ],
    });
  });

  test("open incident reviews, by kind", async () => {
    const { id: incidentId } = await write.incident({ dualParty: true });
    const { id } = await write.review({ incidentId, kind: "dual-party" });
    const query = "{ incidentReviews(kind: DUAL_PARTY) { reviews { id kind incident { dualParty } } } }";
    expect((await door.ask(DETECTIVE, query)).data).toEqual({
      incidentReviews: { reviews: [{ id, kind: "DUAL_PARTY", incident: { dualParty: true } }] },
    });
    expect((await door.ask(PROBATION, query)).data).toEqual({ incidentReviews: { reviews: [] } });
    expect((await door.ask(ADVOCATE, query)).status).toBe(403);
  });
});

test("L15: a gate opens by a notice after the plan, and closes by the next plan and by level A", async () => {
  const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
  const { personId, caseId } = await completePerson(write);
  await database.query("DELETE FROM contact WHERE person_id = $1", [personId]);
  await write.contact({ personId, recordedAt: minutesAgo(50) });
  await database.query("UPDATE justice_outreach SET recorded_at = $1 WHERE case_id = $2", [
    minutesAgo(40),
    caseId,
  ]);
  const gate = async () =>
    (await entity(ADVOCATE, "Case", caseId, "{ gate { state noticeRecordedAt } }")).data?.["_entities"];
  const closed = [{ gate: { state: "CLOSED", noticeRecordedAt: null } }];
  expect(await gate()).toEqual([{ gate: { state: "OPEN", noticeRecordedAt: minutesAgo(40).toISOString() } }]);
  const again = await write.contact({ personId, recordedAt: minutesAgo(30) });
  expect(await gate()).toEqual(closed);
  await database.query("DELETE FROM contact WHERE id = $1", [again.id]);
  const { id: proposalId } = await write.proposal({ personId, level: "A", supersededAt: NOW });
  await write.confirmation({ personId, proposalId, level: "A", confirmedAt: NOW });
  await write.outreach({ caseId, recordedAt: NOW });
  expect(await gate()).toEqual(closed);
});

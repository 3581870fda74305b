import { randomUUID } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import type { Caller } from "../../platform/caller/caller";
import { answerHolds } from "../../subgraphs/advocacy/answer-holds";
import { migrate as migrateAdvocacy, openAdvocacyDatabase } from "../../subgraphs/advocacy/store/database";
import { ownHolds } from "../../subgraphs/advocacy/store/holds";
import { askAdvocacy } from "../../subgraphs/law-enforcement/advocacy-holds";
import { TEST_PROTOCOL } from "../../subgraphs/law-enforcement/door.fixture";
import {
  cancelCallIn,
  inviteToCallIn,
  planCallIn,
  recordAttendance,
} from "../../subgraphs/law-enforcement/store/call-ins";
import { confirmLevel } from "../../subgraphs/law-enforcement/store/confirm-level";
import { recordOutcome } from "../../subgraphs/law-enforcement/store/contact-outcomes";
import {
  cancelContact,
  planContact,
  recallContact,
  type Deed,
} from "../../subgraphs/law-enforcement/store/contacts";
import { migrate, openLawEnforcementDatabase } from "../../subgraphs/law-enforcement/store/database";
import { CallInRow } from "../../subgraphs/law-enforcement/store/entities/call-in";
import { CaseFileRow } from "../../subgraphs/law-enforcement/store/entities/case-file";
import { ContactRow } from "../../subgraphs/law-enforcement/store/entities/contact";
import { miniatureOf } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import { releaseContact } from "../../subgraphs/law-enforcement/store/release-contact";
import { recordVictimOutreach, signOffAttempts } from "../../subgraphs/law-enforcement/store/victim-outreach";
import { toldOnce, type Outcome } from "../../platform/told-request/told-once";
import { createTestDatabase } from "../setup/databases";
import type { Level, Means } from "./model";
import type { Advocacy } from "./steps";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const CORA: Caller = {
  ...{ subject: "cora", agency: "metro-police", roles: ["coordinator"] },
  ...{ expiresAt: new Date(0), token: "" },
};

/** What is no answer: other words, other types, more than was asked, and what is no JSON at all. */
const GARBAGE = [
  "",
  "clear",
  "null",
  "[]",
  "{}",
  '{"hold":0}',
  '{"hold":"false"}',
  '{"hold":false,"of":"x"}',
];

/** Law enforcement and two advocacy agencies, each with its own database, on one clock in the test's hand. */
export async function openAgencies() {
  const places = {
    police: await createTestDatabase({ key: "law-enforcement", migrate }),
    "harbor-house": await createTestDatabase({ key: "advocacy", migrate: migrateAdvocacy }),
    "safe-passage": await createTestDatabase({ key: "advocacy", migrate: migrateAdvocacy }),
  };
  const police = await openLawEnforcementDatabase(places.police.url, { poolSize: 2 });
  const open = (agency: "harbor-house" | "safe-passage") =>
    openAdvocacyDatabase(places[agency].url, { poolSize: 1 });
  const agencies = { "harbor-house": await open("harbor-house"), "safe-passage": await open("safe-passage") };
  const silent = await open("safe-passage");
  await silent.destroy();
  const write = miniatureOf(police);
  let now = Date.UTC(2026, 2, 1);
  let garbage = 0;
  /** Each look at the clock is a moment later, as it is. */
  const clock = () => new Date((now += 1));
  const deed = (by = "cora@metro-police"): Deed => ({ by, now: clock() });
  /** As a mutation is told: what is refused leaves nothing behind. */
  const inOne = <Refusal extends { readonly code: string }>(
    work: (manager: EntityManager) => Promise<Outcome<Refusal>>,
  ) => toldOnce(police, { caller: CORA, key: randomUUID(), mutation: "any", input: {}, now: clock() }, work);
  const contact = (id: string) => police.manager.findOneByOrFail(ContactRow, { id });
  const callIn = (id: string) => police.manager.findOneByOrFail(CallInRow, { id });
  const file = (id: string) => police.manager.findOneByOrFail(CaseFileRow, { id });
  const atB = (personIds: readonly string[]) =>
    personIds.map((personId) => ({ personId, level: "B" as const }));
  const met = () => ({
    ...{ madeAt: new Date(now), madeBy: "Dan Example", place: null, message: null, helpOffered: true },
  });

  /** The advocacy side's own answer, on its way through what lies between. */
  async function answerOf(advocacy: Advocacy, question: string): Promise<string | null> {
    const from = (databases: readonly DataSource[]) =>
      answerHolds(databases, () => new Date(now))(question).catch(() => null);
    const all = [agencies["harbor-house"], agencies["safe-passage"]];
    switch (advocacy) {
      case "answers":
        return from(all);
      case "down":
        return null;
      case "slow": {
        const answer = await from(all);
        now += 2 * MINUTE;
        return answer;
      }
      case "garbage":
        return GARBAGE[garbage++ % GARBAGE.length]!;
      case "one-agency-silent":
        return from([agencies["harbor-house"], silent]);
    }
  }

  return {
    now: () => now,
    wait: (minutes: number) => void (now += minutes * MINUTE),
    async man(): Promise<string> {
      return (await write.person()).id;
    },
    async caseOf(personId: string): Promise<string> {
      const { id: victimId } = await write.victim();
      return (await write.caseFile({ personId, victimId, openedAt: clock() })).id;
    },
    async confirm(personId: string, level: Level): Promise<void> {
      await police.query("UPDATE level_proposal SET superseded_at = $2 WHERE person_id = $1 AND superseded_at IS NULL", [personId, clock()]); // prettier-ignore
      const { id: proposalId } = await write.proposal({ personId, level, proposedAt: clock() });
      const confirmed = await police.transaction((manager) =>
        confirmLevel(manager, { proposalId, level, caller: CORA, now: clock() }),
      );
      if (!confirmed.ok) throw new Error(confirmed.refusal.code);
    },
    /** The contact's id; null: it was refused. */
    async plan(personId: string, level: Level, means: Means): Promise<string | null> {
      const plan = { personId, level, means, plannedFor: new Date(now + 60 * DAY), helpOffered: true };
      const who = { place: null, messenger: null, messengerAgency: null };
      const planned = await inOne((manager) =>
        planContact(manager, { ...plan, ...who }, TEST_PROTOCOL, deed()),
      );
      return planned.ok ? planned.value : null;
    },
    /** The call-in's id; null: it was refused. */
    async planCallIn(personIds: readonly string[]): Promise<string | null> {
      const told = {
        ...{ plannedFor: new Date(now + 60 * DAY), place: "Town hall", helpOffered: true },
        ...{ messenger: null, messengerAgency: null, speakers: [] },
      };
      const planned = await inOne((manager) =>
        planCallIn(manager, told, atB(personIds), TEST_PROTOCOL, deed()),
      );
      return planned.ok ? planned.value : null;
    },
    async invite(callInId: string, personId: string): Promise<boolean> {
      const seen = await callIn(callInId);
      const told = { expects: "planned", invited: atB([personId]) } as const;
      return (await inOne((manager) => inviteToCallIn(manager, seen, told, TEST_PROTOCOL, deed()))).ok;
    },
    async cancelCallIn(callInId: string): Promise<boolean> {
      const seen = await callIn(callInId);
      return (await inOne((manager) => cancelCallIn(manager, seen, "planned", deed()))).ok;
    },
    async attend(callInId: string, contactIds: readonly string[]): Promise<boolean> {
      const seen = await callIn(callInId);
      const attendance = contactIds.map((contactId) => ({ contactId, came: "attended" as const }));
      const told = { ...met(), expects: seen.state, attendance };
      return (await inOne((manager) => recordAttendance(manager, seen, told, TEST_PROTOCOL, deed()))).ok;
    },
    /** The contact of each who is invited to a call-in, by person; the last one. */
    async invitations(callInId: string): Promise<Map<string, string>> {
      const order = { recordedAt: "ASC" } as const;
      const rows = await police.manager.find(ContactRow, { where: { callInId }, order });
      return new Map(rows.map(({ personId, id }) => [personId, id]));
    },
    /** Tells a victim, so many hours ago; answers when it was and when it was recorded, or null: it was refused. */
    async notice(caseId: string, hoursAgo: number): Promise<{ madeAt: number; recordedAt: number } | null> {
      const seen = await file(caseId);
      const madeAt = new Date(now - hoursAgo * 60 * MINUTE);
      const told = { kind: "victim-notice", outcome: "reached", madeAt } as const;
      const by = deed();
      const recorded = await inOne((manager) => recordVictimOutreach(manager, seen, told, by));
      return recorded.ok ? { madeAt: madeAt.getTime(), recordedAt: by.now.getTime() } : null;
    },
    async attempt(caseId: string, by: string): Promise<number> {
      const seen = await file(caseId);
      const told = { kind: "notice-attempt", outcome: "not-reached", madeAt: clock() } as const;
      const who = deed(by);
      const recorded = await inOne((manager) => recordVictimOutreach(manager, seen, told, who));
      if (!recorded.ok) throw new Error(recorded.refusal.code);
      return who.now.getTime();
    },
    async signOff(contactId: string, caseId: string, by: string): Promise<boolean> {
      const [seen, ofHers] = [await contact(contactId), await file(caseId)];
      return (await inOne((manager) => signOffAttempts(manager, seen, ofHers, deed(by)))).ok;
    },
    /** Until when it stands. */
    async hold(agency: keyof typeof agencies, contactId: string, hours: number): Promise<number> {
      const telling = { by: "ann", key: randomUUID(), now: clock() };
      const placed = await ownHolds(agencies[agency]).place(contactId, hours, { longestHours: 72 }, telling);
      if (!("holds" in placed)) throw new Error(placed.problem);
      return placed.holds[0]!.expiresAt.getTime();
    },
    async withdrawHolds(agency: keyof typeof agencies, contactId: string): Promise<boolean> {
      const telling = { by: "ann", key: randomUUID(), now: clock() };
      return "holds" in (await ownHolds(agencies[agency]).withdraw(contactId, telling));
    },
    /** Releases a contact that is seen planned. `meanwhile` happens while the question is on its way. */
    async release(contactId: string, advocacy: Advocacy, meanwhile: () => Promise<void>): Promise<boolean> {
      const holds = askAdvocacy(async (question) => {
        const answer = await answerOf(advocacy, question);
        await meanwhile();
        return answer;
      });
      const told = { caller: CORA, key: randomUUID(), mutation: "releaseContact", now: clock() };
      const input = { expects: "planned" as const };
      return (await releaseContact(police, await contact(contactId), { ...told, input }, holds, clock)).ok;
    },
    /** Whether the database would let a statement by hand pass, with what a release is recorded with; it is taken back. */
    async byHand(contactId: string, to: "released" | "made", cleared: boolean): Promise<boolean> {
      const runner = police.createQueryRunner();
      const at = clock();
      await runner.startTransaction();
      try {
        if (cleared) await runner.query("INSERT INTO contact_clearance VALUES ($1, $2)", [contactId, at]);
        const ended = to === "made" ? ", made_at = $2, closed_at = $2, closed_by = 'hand'" : "";
        await runner.query(
          `UPDATE contact SET state = '${to}', released_at = $2, released_by = 'hand'${ended} WHERE id = $1`,
          [contactId, at],
        );
        await runner.query("SET CONSTRAINTS ALL IMMEDIATE");
        return true;
      } catch (error) {
        if (/violates|planned|told|said|become|altered/.test(String(error))) return false;
        throw error;
      } finally {
        await runner.rollbackTransaction();
        await runner.release();
      }
    },
    async cancel(contactId: string): Promise<boolean> {
      const seen = await contact(contactId);
      return (await inOne((manager) => cancelContact(manager, seen, seen.state, deed()))).ok;
    },
    async recall(contactId: string): Promise<boolean> {
      const seen = await contact(contactId);
      const told = { expects: seen.state, reason: "hold-placed" } as const;
      return (await inOne((manager) => recallContact(manager, seen, told, deed()))).ok;
    },
    /** Records that he was met now; what is refused as that is recorded as a breach. */
    async make(contactId: string): Promise<"made" | "breached" | null> {
      const seen = await contact(contactId);
      for (const event of ["make", "breach"] as const) {
        const told = { ...met(), expects: seen.state, event };
        const done = await inOne((manager) => recordOutcome(manager, seen, told, TEST_PROTOCOL, deed()));
        if (done.ok) return event === "make" ? "made" : "breached";
      }
      return null;
    },
    /** Where each contact stands, in the order of the ids. */
    async statesOf(contactIds: readonly string[]): Promise<string[]> {
      const rows = await police.query<{ id: string; state: string }[]>(
        "SELECT id, state FROM contact WHERE id = ANY($1)",
        [contactIds],
      );
      return contactIds.map((id) => rows.find((row) => row.id === id)!.state);
    },
    async close(): Promise<void> {
      await Promise.all([police, ...Object.values(agencies)].map((database) => database.destroy()));
      await Promise.all(Object.values(places).map((place) => place.drop()));
    },
  };
}
export type Agencies = Awaited<ReturnType<typeof openAgencies>>;

import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { DataSource } from "typeorm";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import type { Caller } from "../../platform/caller/caller";
import { TEST_PROTOCOL } from "./door.fixture";
import { cancelContact, planContact, type Deed } from "./store/contacts";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { CaseFileRow } from "./store/entities/case-file";
import { ContactRow } from "./store/entities/contact";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";
import { releaseContact } from "./store/release-contact";
import { recordVictimOutreach, signOffAttempts } from "./store/victim-outreach";

const RUNS = 40;
const MINUTE = 60_000;
const CORA: Caller = { subject: "cora", agency: "metro-police", roles: ["coordinator"], expiresAt: new Date(0), token: "" }; // prettier-ignore

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

/** What can happen, with one man at level B, his victims and the advocacy side. */
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ what: fc.constant("plan" as const) }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant("notice" as const), victim: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant("attempt" as const), victim: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant("sign-off" as const), victim: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("hold" as const), minutes: fc.integer({ min: 1, max: 90 }) }) }, // prettier-ignore
  { weight: 1, arbitrary: fc.record({ what: fc.constant("cancel" as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("another-case" as const) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("clock" as const), minutes: fc.integer({ min: 1, max: 60 }) }) }, // prettier-ignore
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant("release" as const),
      advocacy: fc.constantFrom("answers", "answers", "answers", "down", "slow"),
    }),
  },
);

/** What was done since the plan for one victim, written down by the test itself. */
interface Victim {
  readonly file: CaseFileRow;
  told: boolean;
  attempts: number;
  signed: boolean;
}

test("L24: in whatever order things happen, no contact is ever released while its gate is closed", async () => {
  let releases = 0;
  let refusals = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 30 }), async (steps) => {
      let now = Date.UTC(2026, 2, 1);
      const clock = () => new Date((now += 1));
      const deed = (by = "dan@metro-police"): Deed => ({ by, now: clock() });
      const transaction = database.transaction.bind(database);

      const { id: personId } = await write.person();
      const victims: Victim[] = [];
      const addVictim = async () => {
        const { id: victimId } = await write.victim();
        victims.push({ file: await write.caseFile({ personId, victimId }), told: false, attempts: 0, signed: false }); // prettier-ignore
      };
      await addVictim();
      const { id: proposalId } = await write.proposal({ personId, level: "B", supersededAt: clock() });
      await write.confirmation({ personId, proposalId, level: "B", confirmedAt: clock() });

      let contact: ContactRow | null = null;
      let holdUntil = 0;
      for (const one of [{ what: "plan" } as const, ...steps]) {
        clock();
        switch (one.what) {
          case "plan": {
            if (contact !== null) break;
            const plannedFor = new Date(now + 60 * MINUTE);
            const what = { personId, level: "B", means: "call-in", plannedFor, helpOffered: true } as const;
            const who = { place: null, messenger: null, messengerAgency: null };
            const planned = await transaction((manager) =>
              planContact(manager, { ...what, ...who }, TEST_PROTOCOL, deed()),
            );
            if (!planned.ok) throw new Error(planned.refusal.code);
            contact = await database.manager.findOneByOrFail(ContactRow, { id: planned.value });
            for (const victim of victims) Object.assign(victim, { told: false, attempts: 0, signed: false });
            break;
          }
          case "notice":
          case "attempt": {
            const victim = victims[one.victim % victims.length]!;
            const outcome = one.what === "notice" ? "reached" : "not-reached";
            const kind = one.what === "notice" ? "victim-notice" : "notice-attempt";
            await transaction((manager) =>
              recordVictimOutreach(manager, victim.file, { kind, outcome, madeAt: clock() }, deed()),
            );
            if (one.what === "notice") victim.told = true;
            else victim.attempts += 1;
            break;
          }
          case "sign-off": {
            if (contact === null) break;
            const victim = victims[one.victim % victims.length]!;
            const planned: ContactRow = contact;
            const signed = await transaction((manager) =>
              signOffAttempts(manager, planned, victim.file, deed("cora@metro-police")),
            );
            expect(signed.ok).toBe(victim.attempts >= TEST_PROTOCOL.failedAttempts);
            victim.signed ||= signed.ok;
            break;
          }
          case "hold":
            holdUntil = Math.max(holdUntil, now + one.minutes * MINUTE);
            break;
          case "cancel": {
            if (contact === null) break;
            const planned: ContactRow = contact;
            await transaction((manager) => cancelContact(manager, planned, "planned", deed()));
            contact = null;
            break;
          }
          case "another-case":
            if (victims.length < 2) await addVictim();
            break;
          case "clock":
            now += one.minutes * MINUTE;
            break;
          case "release": {
            if (contact === null) break;
            const free = now >= holdUntil;
            const answer: Readonly<Record<typeof one.advocacy, () => "clear" | "held" | null>> = {
              answers: () => (free ? "clear" : "held"),
              down: () => null,
              // It did answer, but so late that the answer is of another time.
              slow: () => {
                now += 2 * MINUTE;
                return "clear";
              },
            };
            const told = { caller: CORA, key: randomUUID(), mutation: "releaseContact", now: clock() };
            const open =
              one.advocacy === "answers" && free && victims.every(({ told: was, signed }) => was || signed);
            const released = await releaseContact(
              database,
              contact,
              { ...told, input: { expects: "planned" } },
              { ask: () => Promise.resolve(answer[one.advocacy]()) },
              clock,
            );
            expect([
              released.ok,
              one.advocacy,
              victims.map(({ told: was, signed }) => [was, signed]),
            ]).toEqual([open, one.advocacy, victims.map(({ told: was, signed }) => [was, signed])]);
            const { state } = await database.manager.findOneByOrFail(ContactRow, { id: contact.id });
            expect(state).toBe(open ? "released" : "planned");
            if (open) contact = null;
            if (open) releases += 1;
            else refusals += 1;
            break;
          }
        }
      }
    }),
    { numRuns: RUNS },
  );
  // Otherwise nothing was tried.
  expect(Math.min(releases, refusals)).toBeGreaterThan(0);
}, 180_000);

import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import { createTestDatabase } from "../../test/setup/databases";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";

export const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
export const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };

const HOUR = 3_600_000;

/** What came of a mutation: what it selected, and the problem if there was one. */
export type Told = Readonly<Record<string, unknown>> & { readonly problem: string | null };
export interface Man {
  readonly personId: string;
  readonly cases: readonly string[];
}

/** The subgraph behind its door, with the site's clock and the advocacy side's answer in the test's hand. */
export async function openContacts() {
  const START = Date.now();
  let elapsed = 0;
  /** Each look at the clock is a moment later, as it is. */
  let looks = 0;
  const now = () => new Date(START + elapsed + looks++);
  const state: { holds: "clear" | "held" | null } = { holds: "clear" };
  const place = await createTestDatabase({ key: "law-enforcement", migrate });
  const database: DataSource = await openLawEnforcementDatabase(place.url, { poolSize: 2 });
  const write: Miniature = miniatureOf(database);
  const door: TestDoor = await openTestDoor(place.url, now, { ask: () => Promise.resolve(state.holds) });

  async function ask<Data>(who: Who, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const answer = await door.ask(who, query, variables);
    if (answer.status !== 200 || answer.errors) throw new Error(answer.text);
    return answer.data as Data;
  }

  /** Tells a mutation under a key of its own, unless one is given. */
  async function tell(who: Who, name: string, input: object, shown: string): Promise<Told> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${shown} problem } }`;
    const data = await ask<Record<string, Told>>(who, query, { input: { key: randomUUID(), ...input } });
    return data[name]!;
  }

  return {
    ...{ database, write, door, state, now, ask, tell },
    /** So many hours from now, as a client writes it. */
    at: (hours: number) => new Date(START + elapsed + hours * HOUR).toISOString(),
    /** Lets hours go by. */
    wait: (hours: number) => void (elapsed += hours * HOUR),
    /** A man at a level, or at none, of whom so many victims are known. */
    async manAt(level: "A" | "B" | "C" | null, victims = 1): Promise<Man> {
      const { id: personId } = await write.person();
      const cases: string[] = [];
      for (let count = 0; count < victims; count++) {
        const { id: victimId } = await write.victim();
        const openedAt = new Date(START - 2 * HOUR);
        cases.push((await write.caseFile({ personId, victimId, openedAt })).id);
      }
      if (level === null) return { personId, cases };
      const { id: proposalId } = await write.proposal({ personId, level, supersededAt: now() });
      await write.confirmation({ personId, proposalId, level, confirmedAt: new Date(START - HOUR) });
      return { personId, cases };
    },
    async moveTo(level: "A" | "B", { personId }: Man): Promise<void> {
      const { id: proposalId } = await write.proposal({ personId, level });
      await write.confirmation({ personId, proposalId, level, confirmedAt: now() });
    },
    async notify({ cases }: Man): Promise<void> {
      for (const caseId of cases) {
        await tell(DAN, "recordVictimNotice", { caseId, madeAt: now().toISOString() }, "");
      }
    },
    release: (contactId: string) =>
      tell(CORA, "releaseContact", { contactId, expects: "PLANNED" }, "contact { state }"),
    async stateOf(contactId: string): Promise<string> {
      const rows = await database.query<{ state: string }[]>("SELECT state FROM contact WHERE id = $1", [
        contactId,
      ]);
      return rows[0]!.state;
    },
    /** What the outbox tells of a contact, first to last. */
    async eventsOf(contactId: string): Promise<{ key: string; facts: Record<string, string> }[]> {
      return database.query(
        "SELECT key, facts FROM outbox.event WHERE facts->>'contactId' = $1 ORDER BY position",
        [contactId],
      );
    },
    async close(): Promise<void> {
      await door.close();
      await database.destroy();
      await place.drop();
    },
  };
}
export type Contacts = Awaited<ReturnType<typeof openContacts>>;

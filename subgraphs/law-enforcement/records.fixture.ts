import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import type { Level } from "./domain/tier-rules";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { migrate, openLawEnforcementDatabase } from "./store/database";
import { miniatureOf, type Miniature } from "./store/miniature.fixture";

/** The database, the door before it, and what writes records past it. */
export interface Records {
  readonly database: DataSource;
  readonly write: Miniature;
  readonly door: TestDoor;
  /** Tells a mutation of one input, under a key of its own unless the input has one; answers what came of it. */
  tell<Outcome>(who: Who, mutation: string, input: object, shown: string, type?: string): Promise<Outcome>;
  ask<Data>(who: Who, query: string): Promise<Data>;
  /** A man at a level. */
  manAt(level: Level | null): Promise<string>;
  close(): Promise<void>;
}

export const CORA: Who = { agency: "metro-police", roles: ["coordinator"], subject: "cora" };
export const DAN: Who = { agency: "metro-police", roles: ["detective"], subject: "dan" };
export const PAT: Who = { agency: "county-prosecutor", roles: ["prosecutor"], subject: "pat" };
export const PIA: Who = { agency: "county-probation", roles: ["probation"], subject: "pia" };
export const ANN: Who = { agency: "harbor-house", roles: ["advocate"], subject: "ann" };
export const SAM: Who = { agency: "new-start", roles: ["provider"], subject: "sam" };
export const MO: Who = { agency: "street-voices", roles: ["messenger"], subject: "mo" };
export const EVA: Who = { agency: "state-university", roles: ["evaluator"], subject: "eva" };

/** How a test makes a database of its own. */
type CreateDatabase = (of: {
  readonly key: string;
  readonly migrate: (url: string) => Promise<void>;
}) => Promise<{ readonly url: string; drop(): Promise<void> }>;

/** Opens an empty county behind its real door. */
export async function openRecords(
  create: CreateDatabase,
  now: () => Date = () => new Date(),
): Promise<Records> {
  const place = await create({ key: "law-enforcement", migrate });
  const database = await openLawEnforcementDatabase(place.url, { poolSize: 3 });
  const write = miniatureOf(database);
  const door = await openTestDoor(place.url, now);

  async function ask<Data>(who: Who, query: string, variables = {}): Promise<Data> {
    const answer = await door.ask(who, query, variables);
    if (answer.status !== 200 || answer.errors) throw new Error(answer.text);
    return answer.data as Data;
  }

  return {
    database,
    write,
    door,
    ask,
    async tell<Outcome>(
      who: Who,
      mutation: string,
      input: object,
      shown: string,
      type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`,
    ): Promise<Outcome> {
      const data = await ask<Record<string, Outcome>>(
        who,
        `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${shown} problem } }`,
        { input: { key: randomUUID(), ...input } },
      );
      return data[mutation]!;
    },
    async manAt(level) {
      const { id: personId } = await write.person();
      if (level === null) return personId;
      const { id: proposalId } = await write.proposal({ personId, level, supersededAt: new Date() });
      await write.confirmation({
        personId,
        proposalId,
        level,
        confirmedAt: new Date(Date.now() - 3_600_000),
      });
      return personId;
    },
    async close() {
      await door.close();
      await database.destroy();
      await place.drop();
    },
  };
}

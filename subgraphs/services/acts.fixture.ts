import { randomUUID } from "node:crypto";
import { openTestDoor, type TestDoor, type Who } from "./door.fixture";
import { sql } from "./records.fixture";
import { migrate } from "./store/database";

export const NEW_START: Who = { agency: "new-start", role: "provider" };
export const OPEN_DOOR: Who = { agency: "open-door", role: "provider" };
export const COORDINATOR: Who = { agency: "metro-police", role: "coordinator" };
export const SECOND_COORDINATOR: Who = { agency: "metro-police", role: "coordinator", subject: "cora" };
export const MESSENGER: Who = { agency: "street-voices", role: "messenger" };
export const NOBODY = "00000000-0000-4000-8000-000000000000";

/** What came of a command: its record, and the code of the problem. */
export interface Told<Row = Record<string, unknown>> {
  readonly row: Row | null;
  readonly problem: string | null;
}

/** The services behind their door, with two providers, and commands told as they are over the wire. */
export interface Acting {
  readonly url: string;
  readonly door: TestDoor;
  /** Gives a command; a key of its own unless the input has one. `row`: the fields asked of the record. */
  tell<Row = Record<string, unknown>>(
    who: Who,
    mutation: string,
    input: object,
    row: string,
  ): Promise<Told<Row>>;
  /** The handle of a person whom law enforcement shows; or, unless `visible`, does not. */
  handle(who: Who, personId: string, visible?: boolean): Promise<string | null>;
  /** What a caller reads of a person. */
  person(who: Who, personId: string, selection: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

const capital = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/** The input type of each command, where its name does not say it. */
const INPUTS: Readonly<Record<string, string>> = {
  keepHelpPromise: "SettleHelpPromiseInput",
  breakHelpPromise: "SettleHelpPromiseInput",
  withdrawHelpPromise: "SettleHelpPromiseInput",
  acceptReferral: "MoveReferralInput",
  declineReferral: "MoveReferralInput",
  closeReferral: "MoveReferralInput",
};

type Create = (options: {
  readonly key: string;
  readonly migrate: (url: string) => Promise<void>;
}) => Promise<{ readonly url: string; drop(): Promise<void> }>;

/** Opens them over a new database, made by `create`. */
export async function openActing(create: Create, now: Date): Promise<Acting> {
  const database = await create({ key: "services", migrate });
  for (const [agency, name] of [
    ["new-start", "New Start"],
    ["open-door", "Open Door"],
  ]) {
    await sql(
      database.url,
      "INSERT INTO provider (agency, name, languages, capacity) VALUES ($1, $2, '{en}', 9)",
      [agency, name],
    );
  }
  const door = await openTestDoor(database.url, now);
  const person: Acting["person"] = async (who, id, selection) => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { ${selection} } } }`;
    const { data, text } = await door.ask(who, query, { r: [{ __typename: "Person", id, visible: true }] });
    if (!data) throw new Error(text);
    return (data["_entities"] as [Record<string, unknown>])[0];
  };
  return {
    url: database.url,
    door,
    person,
    async tell<Row>(who: Who, mutation: string, input: object, row: string) {
      const query = `mutation ($input: ${INPUTS[mutation] ?? `${capital(mutation)}Input`}!) {
        ${mutation}(input: $input) { ${row} problem } }`;
      const { data, text } = await door.ask(who, query, { input: { key: randomUUID(), ...input } });
      if (!data?.[mutation]) throw new Error(text);
      const { problem, ...rest } = data[mutation] as Record<string, unknown> & { problem: string | null };
      return { row: (Object.values(rest)[0] ?? null) as Row | null, problem };
    },
    async handle(who, id, visible = true) {
      const query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { handle } } }";
      const { data, text } = await door.ask(who, query, { r: [{ __typename: "Person", id, visible }] });
      if (!data) throw new Error(text);
      return (data["_entities"] as [{ handle: string | null }])[0].handle;
    },
    close: async () => {
      await door.close();
      await database.drop();
    },
  };
}

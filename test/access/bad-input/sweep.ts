import { randomUUID } from "node:crypto";
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { spoilt, type Fault, type Spoilt } from "./spoil";
import { changed, type Ledger } from "./untouched";

/** One answer, as it came over the wire. */
interface Answer {
  readonly status: number;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly { readonly message?: string; readonly extensions: { readonly code: string } }[];
}

/** Who tells: by the subject of the token, which is said so that it can be looked for. */
export interface Teller {
  readonly subject?: string;
}

/** An agency behind its door. */
export interface Agency<Who extends Teller> {
  readonly schema: GraphQLSchema;
  readonly ask: (who: Who, query: string, variables: Record<string, unknown>) => Promise<Answer>;
  readonly ledger: Ledger;
  readonly now: Date;
}

/** What earlier entries of a table made, and a way to make more. */
export interface Story<Who extends Teller> {
  /** The id of what a mutation of the table made, or changed. */
  readonly id: (mutation: string) => string;
  /** Tells a mutation well, and answers the id. */
  readonly tell: (mutation: string, who: Who, input: object) => Promise<string>;
}

/** One mutation: how it is told well, and whose it is not. */
export interface Entry<Who extends Teller> {
  readonly by: Who;
  /** Somebody who may tell it, but to whom nothing that its input names is shown; or why there is nobody. */
  readonly stranger: Who | string;
  /** An input that takes effect, without its key. */
  readonly input: (story: Story<Who>) => object | Promise<object>;
  /** The longest text, where it is more than a line. */
  readonly longest?: Readonly<Record<string, number>>;
  /** What looks bad and is not, by the part of the input; why is said beside it. */
  readonly fine?: Readonly<Record<string, readonly Fault[]>>;
}

/** The mutations of an agency, in an order in which each finds what those before it made. */
export type Table<Who extends Teller> = Readonly<Record<string, Entry<Who>>>;

type Mutation = GraphQLField<unknown, unknown>;

/** The input of a mutation. */
export function inputOf(mutation: Mutation): GraphQLInputObjectType {
  const type = getNamedType(mutation.args[0]?.type);
  if (mutation.args.length !== 1 || mutation.args[0]!.name !== "input" || !isInputObjectType(type)) {
    throw new Error(`${mutation.name} takes other arguments than one input.`);
  }
  return type;
}

/** What a mutation answers with: the record, and the problem. */
function resultOf(mutation: Mutation) {
  const result = getNamedType(mutation.type) as GraphQLObjectType;
  const fields = Object.values(result.getFields());
  const record = fields.find((one) => isObjectType(getNamedType(one.type)))!;
  const type = getNamedType(record.type) as GraphQLObjectType;
  const names = Object.keys(type.getFields());
  return { record: record.name, key: names.find((name) => name === "id") ?? names[0]!, fields };
}

/** Its operation, and what an answer to it says. */
function operationOf(schema: GraphQLSchema, name: string) {
  const mutation = schema.getMutationType()!.getFields()[name]!;
  const { record, key } = resultOf(mutation);
  const query = `mutation ($input: ${String(mutation.args[0]!.type)}) { ${name}(input: $input) { ${record} { ${key} } problem } }`;
  const told = ({ data }: Answer) => {
    const result = data?.[name] as { problem: string | null } & Record<string, unknown>;
    const made = result?.[record];
    const [one] = (Array.isArray(made) ? made : [made]) as [Record<string, string> | null | undefined];
    return { problem: result?.problem, made, id: one?.[key] };
  };
  return { input: inputOf(mutation), query, told };
}

/** What is wrong with an answer to a bad input; null: it is refused as it should be. */
function misanswer(answer: Answer, { problem, made }: { problem?: string | null; made?: unknown }) {
  const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);
  if (codes.length > 0) {
    return answer.status === 400 && codes.every((code) => code === "BAD_USER_INPUT") && !answer.data
      ? null
      : `answered ${answer.status} ${codes.join()}`;
  }
  if (typeof problem !== "string") return "took effect";
  return made == null ? null : "showed a record beside its problem";
}

/** As many at once as an agency's server answers together. */
const AT_ONCE = 8;

async function answersTo(tries: readonly Spoilt[], ask: (input: object) => Promise<Answer>) {
  const answers: [Spoilt, Answer][] = [];
  for (let from = 0; from < tries.length; from += AT_ONCE) {
    const asked = tries.slice(from, from + AT_ONCE);
    answers.push(
      ...(await Promise.all(
        asked.map(async (one): Promise<[Spoilt, Answer]> => [one, await ask(one.input)]),
      )),
    );
  }
  return answers;
}

const shorten = (value: unknown) => {
  const text = JSON.stringify(value);
  return text.length > 150 ? `${text.slice(0, 150)}… (${text.length})` : text;
};

/** A part of an input told otherwise, and still well: the last letter of a text, a second, the other word. */
function otherwise(type: GraphQLInputObjectType, good: Readonly<Record<string, unknown>>): object | null {
  for (const { name, type: of } of Object.values(type.getFields())) {
    const value = good[name];
    if (name === "key" || name === "expects" || value == null) continue;
    const named = getNamedType(of);
    if (named.name === "Boolean") return { ...good, [name]: !value };
    if (named.name === "DateTime") {
      return { ...good, [name]: new Date(new Date(value as string).getTime() - 1_000).toISOString() };
    }
    if (named.name === "String" && typeof value === "string") return { ...good, [name]: `${value}x` };
    if (isEnumType(named) && typeof value === "string") {
      const other = named.getValues().find((one) => one.name !== value);
      if (other) return { ...good, [name]: other.name };
    }
  }
  return null;
}

/** What became of one mutation's sweep: what was wrong, each in a line; empty: nothing. */
async function sweep<Who extends Teller>(
  { schema, ask, ledger, now }: Agency<Who>,
  name: string,
  entry: Entry<Who>,
  made: Map<string, string>,
): Promise<string[]> {
  const wrong: string[] = [];
  const tell = async (mutation: string, who: Who, input: object) => {
    const { query, told } = operationOf(schema, mutation);
    const answer = await ask(who, query, { input: { key: randomUUID(), ...input } });
    const { problem, id } = told(answer);
    if (problem !== null || id === undefined) throw new Error(`${mutation}: ${answer.text}`);
    return id;
  };
  const story: Story<Who> = {
    tell,
    id: (mutation) => {
      const id = made.get(mutation);
      if (id === undefined) throw new Error(`${mutation} stands after ${name} in the table.`);
      return id;
    },
  };
  const { input: type, query, told } = operationOf(schema, name);
  const good = { key: randomUUID(), ...(await entry.input(story)) };
  const tries = spoilt(type, good, { longest: entry.longest ?? {}, now }).filter(
    ({ path, fault }) => !entry.fine?.[path]?.includes(fault),
  );
  const lineOf = ({ path, fault, input }: Spoilt, what: string) =>
    `${path} ${fault}: ${what}: ${shorten((input as Record<string, unknown>)[path.split(".")[0]!])}`;

  const before = await ledger.held();
  const ofIds = new Map<string, Set<string>>();
  for (const [one, answer] of await answersTo(tries, (input) => ask(entry.by, query, { input }))) {
    const fault = misanswer(answer, told(answer));
    if (fault !== null) wrong.push(lineOf(one, fault));
    if (one.path !== "key" && (one.fault === "an unknown id" || one.fault === "no id")) {
      ofIds.set(one.path, (ofIds.get(one.path) ?? new Set()).add(answer.text));
    }
  }
  for (const [path, texts] of ofIds) {
    if (texts.size > 1) wrong.push(`${path}: an unknown id and none are told apart: ${[...texts].join()}`);
  }
  if (typeof entry.stranger !== "string") {
    const unknown = tries.find(({ fault }) => fault === "an unknown id");
    const [hers, nobodys] = [
      await ask(entry.stranger, query, { input: good }),
      await ask(entry.stranger, query, { input: unknown?.input }),
    ];
    const fault = misanswer(hers, told(hers));
    if (fault !== null || hers.status !== 200) wrong.push(`not hers: ${fault ?? hers.text}`);
    if (hers.text !== nobodys.text) wrong.push(`not hers, not there: ${hers.text} ${nobodys.text}`);
  }
  const touched = changed(before, await ledger.held());
  if (touched.length > 0) wrong.push(`something changed: ${touched.join()}`);

  const [first, atOnce] = await Promise.all([good, good].map((input) => ask(entry.by, query, { input })));
  const { problem, id } = told(first!);
  if (problem !== null || id === undefined) return [...wrong, `told well: ${first!.text}`];
  if (atOnce!.text !== first!.text) wrong.push(`told twice at once: ${first!.text} ${atOnce!.text}`);
  made.set(name, id);
  const after = await ledger.held();
  const written = changed(before, after);
  if (written.length === 0) wrong.push("told well, nothing changed");
  if (!(await ledger.names(written, [good.key, entry.by.subject]))) wrong.push("nobody is named for it");
  const again = await ask(entry.by, query, { input: good });
  if (again.text !== first!.text) wrong.push(`told twice: ${again.text}`);
  const other = otherwise(type, good);
  if (other !== null) {
    const answer = await ask(entry.by, query, { input: other });
    const fault = misanswer(answer, told(answer));
    if (fault !== null) wrong.push(`told otherwise under its key: ${fault}`);
  }
  if ("expects" in good) {
    const answer = await ask(entry.by, query, { input: { ...good, key: randomUUID() } });
    const fault = misanswer(answer, told(answer));
    if (fault !== null) wrong.push(`told again of what is no longer so: ${fault}`);
  }
  const touchedAgain = changed(after, await ledger.held());
  if (touchedAgain.length > 0) wrong.push(`told again, something changed: ${touchedAgain.join()}`);
  return wrong;
}

/**
 * What was wrong, by mutation; empty: nothing. A mutation of the agency that the table has not, and one that is none, are
 * wrong. `names`: those that are swept; the others of the table are elsewhere.
 */
export async function sweepAll<Who extends Teller>(
  agency: Agency<Who>,
  table: Table<Who>,
  names: readonly string[] = Object.keys(table),
): Promise<Readonly<Record<string, readonly string[]>>> {
  const wrong: Record<string, string[]> = {};
  const mutations = agency.schema.getMutationType()!.getFields();
  for (const name of Object.keys(mutations)) if (!(name in table)) wrong[name] = ["is not in the table"];
  const made = new Map<string, string>();
  for (const name of Object.keys(table)) if (!(name in mutations)) wrong[name] = ["is no mutation"];
  for (const name of names) {
    // So that the rest of the table is told of too.
    const found = await sweep(agency, name, table[name]!, made).catch((error: Error) => [error.message]);
    if (found.length > 0) wrong[name] = found;
  }
  return wrong;
}

import { getOperationAST, parse, validate, type DocumentNode, type GraphQLSchema } from "graphql";
import { composeAny } from "../../../cli/generate/compose";
import { maySeeOf, type MaySee } from "../../../gateway/authorization/prune";
import { requirementsOf, type Requirements } from "../../../gateway/authorization/requirements";
import { createEngine, type PreparedOperation, type ScopeSet } from "../../../gateway/engine/engine";
import { createPlanner } from "../../../gateway/engine/plan";
import type { AskSubgraph } from "../../../gateway/engine/subgraph-client";
import { explainedNulls } from "./errors";
import { executeMonolith } from "./monolith";
import { knownWorld, type Args } from "./resolve";
import { readSdl } from "./sdl";
import { createSubgraph, type Subgraph, type SubgraphBody } from "./subgraph";
import { Facts, type World } from "./world";

export interface Sent extends SubgraphBody {
  readonly subgraph: string;
}

export interface Answer {
  /** The data as JSON text. */
  readonly text: string | undefined;
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[] | undefined;
  }[];
}

export interface Federation {
  readonly world: World;
  readonly supergraph: string;
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /**
   * The engine's answer and the monolith's, each from fresh facts, and what the subgraphs were sent. Without scopes,
   * nothing is cut.
   */
  run(
    source: string,
    variables?: Args,
    scopes?: ScopeSet,
  ): Promise<{ engine: Answer; monolith: Answer; sent: readonly Sent[] }>;
  /** What the supergraph's own directives let these scopes see. */
  maySeeOf(scopes: ScopeSet): MaySee;
}

const EVERYTHING: ScopeSet = { key: "everything", scopes: new Set<string>() };

function answerOf(given: unknown, errors: Answer["errors"]): Answer {
  const text = given === undefined || typeof given === "string" ? given : JSON.stringify(given);
  return { text, data: text === undefined ? undefined : JSON.parse(text), errors };
}

/**
 * Composes a world and puts the engine over its subgraphs. Meant to be done once a test file. `rewritten` makes of the
 * supergraph what another composer would have.
 */
export function federate(
  world: World,
  urlOf: (subgraph: string) => string = (name) => `http://${name}/graphql`,
  rewritten: (supergraph: string) => string = (supergraph) => supergraph,
): Federation {
  const sdls = Object.entries(world.subgraphs).map(([name, sdl]) => readSdl(name, sdl));
  const known = knownWorld(world, sdls);
  const supergraph = rewritten(
    composeAny(sdls.map(({ name, typeDefs }) => ({ name, url: urlOf(name), typeDefs }))),
  );
  const planner = createPlanner(supergraph);
  const subgraphs = new Map(sdls.map((sdl) => [sdl.name, createSubgraph(known, sdl)]));
  const { apiSchema } = planner;

  // Facts change with each run, plans do not: requests name their run in a header.
  const runs = new Map<string, { facts: Facts; sent: Sent[] }>();
  const ask =
    (name: string, subgraph: Subgraph): AskSubgraph =>
    async ({ body, headers }) => {
      const { facts, sent } = runs.get(headers["run"] ?? "")!;
      const parsed = JSON.parse(body) as SubgraphBody;
      sent.push({ subgraph: name, ...parsed });
      const answer = await subgraph.answer(parsed, facts);
      return { kind: "answered", ...answer } as Awaited<ReturnType<AskSubgraph>>;
    };
  let requirements: Requirements | undefined;
  const seenWith = (scopes: ScopeSet): MaySee => {
    if (scopes === EVERYTHING) return () => true;
    requirements ??= requirementsOf(parse(supergraph));
    return maySeeOf(requirements, scopes.scopes);
  };
  const engine = createEngine({
    planner,
    maySeeOf: seenWith,
    subgraphs: new Map([...subgraphs].map(([name, subgraph]) => [name, ask(name, subgraph)])),
  });

  // The same text is prepared once, so that what is compiled meets other variables.
  const prepared = new Map<string, { document: DocumentNode; operation: PreparedOperation }>();
  function prepare(source: string) {
    const document = parse(source);
    const invalid = validate(apiSchema, document);
    if (invalid.length > 0) throw new Error(`${invalid.join("\n")}\n${source}`);
    const made = { document, operation: engine.prepare(document, getOperationAST(document)!) };
    prepared.set(source, made);
    return made;
  }

  let count = 0;
  return {
    world,
    supergraph,
    apiSchema,
    subgraphs,
    maySeeOf: seenWith,
    run: async (source, variables = {}, scopes = EVERYTHING) => {
      const { document, operation } = prepared.get(source) ?? prepare(source);
      const run = String(count++);
      const sent: Sent[] = [];
      runs.set(run, { facts: new Facts(world.facts()), sent });
      const answer = await operation.execute({ variables, scopes, headers: { run } });
      runs.delete(run);
      const facts = new Facts(world.facts());
      const maySee = seenWith(scopes);
      const monolith = await executeMonolith(
        { known, schema: apiSchema, facts, maySee },
        document,
        variables,
      );
      return {
        engine: answerOf(answer.data, answer.errors),
        monolith: answerOf(monolith.data, monolith.errors ?? []),
        sent,
      };
    },
  };
}

/**
 * Runs one operation both ways and compares: the same JSON text, key order included, and errors for the same nulls.
 * Returns what the engine answered and sent.
 */
export async function expectSame(
  federation: Federation,
  source: string,
  variables: Args = {},
): Promise<Answer & { readonly sent: readonly Sent[] }> {
  const { engine, monolith, sent } = await federation.run(source, variables);
  const facts = ({ text, data, errors }: Answer) => ({
    text,
    // The same again, for a difference that a person can read.
    data: JSON.stringify(data, null, 1),
    explainedNulls: explainedNulls(data, errors),
  });
  try {
    expect(facts(engine)).toEqual(facts(monolith));
  } catch (difference) {
    const told = JSON.stringify(
      { source, variables, engine: engine.errors, monolith: monolith.errors, sent },
      null,
      1,
    );
    (difference as Error).message += `\n${told.replaceAll("\\n", "\n")}`;
    throw difference;
  }
  return { ...engine, sent };
}

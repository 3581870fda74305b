import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  getVariableValues,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { prune, withoutUnused, type MaySee } from "../authorization/prune";
import { viewOf } from "../authorization/view";
import { compilePlan, rootKeysOf } from "./compile";
import { conditionVariablesOf } from "./condition-variables";
import { engineError } from "./errors";
import { compileReceive, type Execution, type Receive, type RunNode } from "./fetch";
import { introspect, readsSchema } from "./introspection";
import type { JsonObject } from "./json";
import type { Planner } from "./plan";
import { withPlannedKeys } from "./planned-keys";
import { renamingOf } from "./reserved-variable";
import { fieldsOf, withoutConditions, type Selections } from "./selection";
import { unansweredErrors } from "./unanswered";
import { compileShape, type Shape } from "./shape";
import { subgraphsOf, type FetchNode } from "./plan-nodes";
import type { AskSubgraph, SubgraphAnswer } from "./subgraph-client";

export interface EngineRequest {
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly scopes: ScopeSet;
  /** Sent with every request to a subgraph: the caller's token and purpose. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** What a caller's roles allow, with a key that is the same for the same scopes and for no others. */
export interface ScopeSet {
  readonly key: string;
  readonly scopes: ReadonlySet<string>;
}

export interface EngineAnswer {
  /** Undefined when the operation did not run at all. */
  readonly data: JsonObject | null | undefined;
  readonly errors: readonly (GraphQLFormattedError | GraphQLError)[];
}

/** One operation of a valid document, ready to run for anybody. */
export interface PreparedOperation {
  execute(request: EngineRequest): Promise<EngineAnswer>;
  /** For a subscription: where its events come from, and how each becomes the client's. */
  subscribe(request: Pick<EngineRequest, "variables" | "scopes">): EventSource | Refusal;
}

export interface Refusal {
  readonly errors: readonly (GraphQLFormattedError | GraphQLError)[];
}

/** The stream behind a subscription. */
export interface EventSource {
  /** The agency whose subgraph has the events. */
  readonly subgraph: string;
  /** Every subgraph that an event is completed by, the first included. */
  readonly subgraphs: readonly string[];
  /** What that subgraph is to be subscribed to. */
  readonly request: {
    readonly query: string;
    readonly operationName: string | undefined;
    readonly variables: Readonly<Record<string, unknown>>;
  };
  /**
   * Completes one event: fetches what other subgraphs add to it, and shapes it as the client asked. A subgraph that is
   * withheld is not asked: its fields come as if it were down. Events with the same `gathered` ask together: they have to
   * be of one source, with the same headers.
   */
  complete(
    event: SubgraphAnswer,
    fetching: Pick<EngineRequest, "headers" | "signal"> & Pick<Execution, "withheld" | "gathered">,
  ): Promise<EngineAnswer>;
}

export interface Engine {
  /** Keep what it returns: it holds what is planned and compiled, for each scope set that asks. */
  prepare(document: DocumentNode, operation: OperationDefinitionNode): PreparedOperation;
  /** The API as callers with these scopes have it. */
  viewOf(scopes: ScopeSet): GraphQLSchema;
}

export interface EngineOptions {
  readonly planner: Planner;
  readonly maySeeOf: (scopes: ScopeSet) => MaySee;
  readonly subgraphs: ReadonlyMap<string, AskSubgraph>;
  /** Hears how long (ms) an operation took to be planned and compiled: the event loop waited meanwhile. */
  readonly planned?: (milliseconds: number, document: DocumentNode) => void;
}

type Variables = Readonly<Record<string, unknown>>;

/** Sets of roles in use at one time. */
const SCOPE_SETS = 64;
/** Scope sets and assignments of conditions in use at one time, for one operation. */
const COMPILED_PER_OPERATION = 128;
const MOST_VARIABLE_ERRORS = 20;

/**
 * One operation for one scope set and one assignment of the variables that @skip and @include read: pruned, planned and
 * compiled once.
 */
interface Compiled {
  /** For a subscription, what it streams; `run` then completes an event. */
  readonly stream:
    | { readonly node: FetchNode; readonly receive: Receive; readonly subgraphs: readonly string[] }
    | undefined;
  readonly run: RunNode;
  readonly shape: Shape;
  readonly readsSchema: boolean;
  readonly removedErrors: readonly GraphQLFormattedError[];
  /** Root fields that no subgraph can be asked for. */
  readonly unanswered: readonly GraphQLFormattedError[];
  /** True when that is all of them. */
  readonly answersNothing: boolean;
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
    ),
  );
}

function notAnswered(): GraphQLError {
  return new GraphQLError("A subscription is a stream: send it over a WebSocket or server-sent events.", {
    extensions: { code: "SUBSCRIPTION_NEEDS_STREAM", http: { status: 400 } },
  });
}

/** Rounds of the event loop between two plans: in each, Node accepts one new connection. */
const ROUNDS_BETWEEN_PLANS = 16;

async function someRounds(): Promise<void> {
  for (let round = 0; round < ROUNDS_BETWEEN_PLANS; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Has those who ask wait for each other: between two plans, whatever else has come is answered. */
function createTurns(): () => Promise<void> {
  let last = Promise.resolve();
  return () => (last = last.then(someRounds));
}

/** Builds the engine over one supergraph: every operation pruned, planned and compiled once per scope set. */
export function createEngine({ planner, maySeeOf, subgraphs, planned }: EngineOptions): Engine {
  const schema = planner.apiSchema;
  const views = new LRUCache<string, GraphQLSchema>({ max: SCOPE_SETS });
  const turn = createTurns();

  function rootTypeOf(operation: OperationDefinitionNode): GraphQLObjectType {
    const type = schema.getRootType(operation.operation);
    if (!type) throw new GraphQLError(`The schema has no ${operation.operation} operations.`);
    return type;
  }

  /** Mutations of one subgraph too are planned one by one: each is fetched to its end before the next begins. */
  function stepsOf(document: DocumentNode): DocumentNode[] {
    const operation = document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION)!;
    if (operation.operation !== OperationTypeNode.MUTATION) return [document];
    const selections: Selections = { schema, fragments: fragmentsOf(document), conditions: {} };
    return [...fieldsOf(selections, [operation.selectionSet], rootTypeOf(operation)).values()]
      .filter(([field]) => field!.name.value !== "__typename")
      .map((nodes) => {
        const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: nodes };
        return withoutUnused(document, { ...operation, selectionSet });
      });
  }

  function rootKeysAskedBy(document: DocumentNode): string[] {
    const operation = document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION)!;
    const selections: Selections = { schema, fragments: fragmentsOf(document), conditions: {} };
    return [...fieldsOf(selections, [operation.selectionSet], rootTypeOf(operation))]
      .filter(([, [field]]) => field!.name.value !== "__typename")
      .map(([key]) => key);
  }

  function compile(
    selections: Selections,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    scopes: ScopeSet,
  ): Compiled {
    const rootType = rootTypeOf(operation);
    const maySee = maySeeOf(scopes);
    const settled = withoutConditions(document, selections.conditions);
    const settledOperation = settled.definitions[document.definitions.indexOf(operation)];
    const pruned = prune(schema, settled, settledOperation as OperationDefinitionNode, maySee);
    const renaming = renamingOf(operation.variableDefinitions ?? []);
    const steps = pruned.document ? stepsOf(renaming.document(withPlannedKeys(pruned.document))) : [];
    const unanswered: GraphQLFormattedError[] = [];
    let stream: Compiled["stream"];
    const runs = steps.flatMap((step) => {
      let plan = planner.plan(step, operation.name?.value);
      if (plan?.kind === "Subscription") {
        const { primary, rest } = plan;
        const receive = compileReceive(primary, rootKeysOf(primary), planner.typesOf);
        stream = { node: primary, receive, subgraphs: subgraphsOf(plan) };
        plan = rest;
      } else {
        unanswered.push(...unansweredErrors(plan, rootKeysAskedBy(step)));
      }
      return plan ? [compilePlan(plan, subgraphs, planner.typesOf)] : [];
    });
    return {
      stream,
      unanswered,
      answersNothing: unanswered.length > 0 && runs.length === 0,
      run: async (execution) => {
        for (const run of runs) await run(execution);
      },
      shape: compileShape(
        selections,
        rootType,
        fieldsOf(selections, [operation.selectionSet], rootType),
        (type, field) => !maySee(type.name, field),
      ),
      readsSchema: operation.operation === OperationTypeNode.QUERY && readsSchema(document),
      removedErrors: pruned.removedPaths.map((path) =>
        engineError("UNAUTHORIZED_FIELD_OR_TYPE", "Unauthorized field or type.", path),
      ),
    };
  }

  function view(scopes: ScopeSet): GraphQLSchema {
    let known = views.get(scopes.key);
    if (!known) {
      known = viewOf(schema, maySeeOf(scopes));
      views.set(scopes.key, known);
    }
    return known;
  }

  function prepare(document: DocumentNode, operation: OperationDefinitionNode): PreparedOperation {
    rootTypeOf(operation);
    const definitions = operation.variableDefinitions ?? [];
    const renaming = renamingOf(definitions);
    const conditionVariables = conditionVariablesOf(document);
    const fragments = fragmentsOf(document);
    const compiledFor = new LRUCache<string, Compiled>({ max: COMPILED_PER_OPERATION });

    const keyOf = (scopes: ScopeSet, variables: Variables): string => {
      const assignment = conditionVariables.map((name) => (variables[name] === true ? "1" : "0")).join("");
      return `${assignment} ${scopes.key}`;
    };

    function compiledOf(scopes: ScopeSet, variables: Variables): Compiled {
      const key = keyOf(scopes, variables);
      let compiled = compiledFor.get(key);
      if (!compiled) {
        const conditions = Object.fromEntries(
          conditionVariables.map((name) => [name, variables[name] === true]),
        );
        const start = performance.now();
        compiled = compile({ schema, fragments, conditions }, document, operation, scopes);
        planned?.(performance.now() - start, document);
        compiledFor.set(key, compiled);
      }
      return compiled;
    }

    /** The variables as they are sent on; wrong ones are errors. */
    function variablesOf(given: EngineRequest["variables"]): Refusal | { readonly coerced: Variables } {
      if (definitions.length === 0) return { coerced: {} };
      const { coerced, errors } = getVariableValues(schema, definitions, given ?? {}, {
        maxErrors: MOST_VARIABLE_ERRORS,
      });
      return errors ? { errors } : { coerced: renaming.values(coerced) };
    }

    return {
      execute: async ({ variables: given, scopes, headers, signal }) => {
        const read = variablesOf(given);
        if ("errors" in read) return { data: undefined, errors: read.errors };
        const variables = read.coerced;
        if (!compiledFor.has(keyOf(scopes, variables))) await turn();
        const compiled = compiledOf(scopes, variables);
        if (compiled.stream) return { data: undefined, errors: [notAnswered()] };
        const errors = [...compiled.removedErrors, ...compiled.unanswered];
        if (compiled.answersNothing) return { data: undefined, errors };
        const execution: Execution = { variables, headers, signal, root: {}, errors };
        await compiled.run(execution);
        if (compiled.readsSchema)
          introspect({ document, operation, variables }, view(scopes), execution.root);
        return { data: compiled.shape(execution.root, errors), errors };
      },
      subscribe: ({ variables: given, scopes }) => {
        const read = variablesOf(given);
        if ("errors" in read) return read;
        const variables = read.coerced;
        const { stream, run, shape, removedErrors } = compiledOf(scopes, variables);
        if (!stream) return { errors: removedErrors };
        const { serviceName, operation: query, operationName, variableUsages } = stream.node;
        const sent = variableUsages.filter((name) => Object.hasOwn(variables, name));
        return {
          subgraph: serviceName,
          subgraphs: stream.subgraphs,
          request: {
            query,
            operationName,
            variables: Object.fromEntries(sent.map((name) => [name, variables[name]])),
          },
          complete: async (event, fetching) => {
            const errors = [...removedErrors];
            const execution: Execution = { ...fetching, variables, root: {}, errors };
            stream.receive(execution, event);
            await run(execution);
            return { data: shape(execution.root, errors), errors };
          },
        };
      },
    };
  }

  return { prepare, viewOf: view };
}

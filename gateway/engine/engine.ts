import {
  GraphQLError,
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { prune, type MaySee } from "../authorization/prune";
import { viewOf } from "../authorization/view";
import { compilePlan } from "./compile";
import { engineError } from "./errors";
import type { Execution, RunNode } from "./fetch";
import { introspect, readsSchema } from "./introspection";
import type { JsonObject } from "./json";
import type { Planner } from "./plan";
import { fieldsOf, type Selections } from "./selection";
import { compileShape, type Shape } from "./shape";
import type { AskSubgraph } from "./subgraph-client";

export interface EngineRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Names the document: the same hash means the same text. */
  readonly documentHash: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scopes: ScopeSet;
  /** Sent with every request to a subgraph: the caller's token and purpose. */
  readonly headers: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** What a caller's roles allow, with a key that is the same for the same scopes and for no others. */
export interface ScopeSet {
  readonly key: string;
  readonly scopes: ReadonlySet<string>;
}

export interface EngineAnswer {
  readonly data: JsonObject | null;
  readonly errors: readonly GraphQLFormattedError[];
}

export interface Engine {
  execute(request: EngineRequest): Promise<EngineAnswer>;
  /** The API as callers with these scopes have it. */
  viewOf(scopes: ScopeSet): GraphQLSchema;
}

export interface EngineOptions {
  readonly planner: Planner;
  readonly maySeeOf: (scopes: ScopeSet) => MaySee;
  readonly subgraphs: ReadonlyMap<string, AskSubgraph>;
}

/** Compiled operations kept; agencies' tools use hundreds of operations in a handful of scope sets. */
const COMPILED_OPERATIONS = 2_000;
const SHAPES_PER_OPERATION = 32;
/** Sets of roles in use at one time. */
const SCOPE_SETS = 64;

/** One operation for one scope set: pruned, planned and compiled once. */
interface Compiled {
  readonly run: RunNode | undefined;
  readonly maySee: MaySee;
  readonly readsSchema: boolean;
  readonly removedErrors: readonly GraphQLFormattedError[];
  readonly conditionVariables: readonly string[];
  /** One per assignment of the variables that @skip and @include read. */
  readonly shapes: LRUCache<string, Shape>;
}

function conditionVariablesOf(document: DocumentNode): string[] {
  const found = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      if (directive.name.value !== "skip" && directive.name.value !== "include") return;
      const value = directive.arguments?.[0]?.value;
      if (value?.kind === Kind.VARIABLE) found.add(value.name.value);
    },
  });
  return [...found].sort();
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
    ),
  );
}

/** Builds the engine over one supergraph: every operation pruned, planned and compiled once per scope set. */
export function createEngine({ planner, maySeeOf, subgraphs }: EngineOptions): Engine {
  const schema = planner.apiSchema;
  const compiledOperations = new LRUCache<string, Compiled>({ max: COMPILED_OPERATIONS });
  const views = new LRUCache<string, GraphQLSchema>({ max: SCOPE_SETS });

  function rootTypeOf(operation: OperationDefinitionNode): GraphQLObjectType {
    const type = schema.getRootType(operation.operation);
    if (!type) throw new GraphQLError(`The schema has no ${operation.operation} operations.`);
    return type;
  }

  function compile({ document, operation, scopes }: EngineRequest): Compiled {
    const maySee = maySeeOf(scopes);
    const pruned = prune(schema, document, operation, maySee);
    const plan = pruned.document && planner.plan(pruned.document, operation.name?.value);
    return {
      run: plan && compilePlan(plan, subgraphs, planner.typesOf),
      maySee,
      readsSchema: operation.operation === "query" && readsSchema(document),
      removedErrors: pruned.removedPaths.map((path) =>
        engineError("UNAUTHORIZED_FIELD_OR_TYPE", "Unauthorized field or type.", path),
      ),
      conditionVariables: conditionVariablesOf(document),
      shapes: new LRUCache({ max: SHAPES_PER_OPERATION }),
    };
  }

  function compiledOf(request: EngineRequest): Compiled {
    const key = `${request.documentHash} ${request.operation.name?.value ?? ""} ${request.scopes.key}`;
    let compiled = compiledOperations.get(key);
    if (!compiled) {
      compiled = compile(request);
      compiledOperations.set(key, compiled);
    }
    return compiled;
  }

  function shapeOf(compiled: Compiled, request: EngineRequest): Shape {
    const conditions: Record<string, unknown> = {};
    for (const name of compiled.conditionVariables) conditions[name] = request.variables[name] === true;
    const key = JSON.stringify(conditions);
    let shape = compiled.shapes.get(key);
    if (!shape) {
      const selections: Selections = { schema, fragments: fragmentsOf(request.document), conditions };
      const rootType = rootTypeOf(request.operation);
      const fields = fieldsOf(selections, [request.operation.selectionSet], rootType);
      shape = compileShape(
        selections,
        rootType,
        fields,
        (type, field) => !compiled.maySee(type.name, field.name.value),
      );
      compiled.shapes.set(key, shape);
    }
    return shape;
  }

  function view(scopes: ScopeSet): GraphQLSchema {
    let known = views.get(scopes.key);
    if (!known) {
      known = viewOf(schema, maySeeOf(scopes));
      views.set(scopes.key, known);
    }
    return known;
  }

  return {
    viewOf: view,
    execute: async (request) => {
      const compiled = compiledOf(request);
      const execution: Execution = {
        variables: request.variables,
        headers: request.headers,
        signal: request.signal,
        root: {},
        errors: [...compiled.removedErrors],
      };
      await compiled.run?.(execution);
      if (compiled.readsSchema) introspect(request, view(request.scopes), execution.root);
      const data = shapeOf(compiled, request)(execution.root, execution.errors);
      return { data, errors: execution.errors };
    },
  };
}

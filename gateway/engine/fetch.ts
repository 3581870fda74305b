import type { GraphQLFormattedError } from "graphql";
import { engineError, type ResponsePath } from "./errors";
import { compileContexts, type Context, type ReadContext } from "./contexts";
import { pathOf as placeOf, placesAt, type Place } from "./entities";
import type { GatheredAsks } from "./gathered-asks";
import { isObject, mergeInto, own, type JsonObject, type JsonValue } from "./json";
import type { FetchNode } from "./plan-nodes";
import { clientPath } from "./planned-keys";
import { compileRepresentation } from "./representations";
import { compileRewrites, type TypesOf } from "./rewrites";
import type { AskSubgraph, SubgraphAnswer } from "./subgraph-client";

/** One request's state while its plan runs. */
export interface Execution {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Subgraphs that are not to be asked. */
  readonly withheld?: ReadonlySet<string> | undefined;
  /** For an event that comes with others: what they ask of one agency goes together. */
  readonly gathered?: GatheredAsks | undefined;
  readonly root: JsonObject;
  readonly errors: GraphQLFormattedError[];
}

const UNAVAILABLE: SubgraphAnswer = { kind: "unavailable" };

export type RunNode = (execution: Execution) => Promise<void>;

function messageOf(kind: "unavailable" | "bad-response", subgraph: string): string {
  return kind === "unavailable"
    ? `The ${subgraph} agency's server did not answer.`
    : `The ${subgraph} agency's server gave an answer that is not GraphQL.`;
}

function failure(
  kind: "unavailable" | "bad-response",
  subgraph: string,
  path: ResponsePath,
): GraphQLFormattedError {
  const code = kind === "unavailable" ? "SUBGRAPH_UNAVAILABLE" : "SUBGRAPH_BAD_RESPONSE";
  return engineError(code, messageOf(kind, subgraph), clientPath(path), { subgraph });
}

/** A subgraph's error with its message, code and reason; nothing else of what it sent passes. */
function passedOn(error: JsonObject, subgraph: string, path: ResponsePath): GraphQLFormattedError {
  const message = own(error, "message");
  const extensions = own(error, "extensions");
  const fact = (key: string) => {
    const value = isObject(extensions) ? own(extensions, key) : undefined;
    return typeof value === "string" ? { [key]: value } : {};
  };
  return {
    message: typeof message === "string" ? message : "The agency's server reported an error.",
    path: clientPath(path),
    extensions: { code: "SUBGRAPH_ERROR", ...fact("code"), ...fact("reason"), subgraph },
  };
}

function pathOf(error: JsonObject): (string | number)[] {
  const path = own(error, "path");
  return Array.isArray(path)
    ? path.filter((e): e is string | number => typeof e !== "object" && typeof e !== "boolean")
    : [];
}

/** The constant part of the request body, made once; only variables are added for each request. */
function bodyBuilder(
  node: FetchNode,
): (variables: Execution["variables"], representations?: string) => string {
  const name =
    node.operationName === undefined ? "" : `"operationName":${JSON.stringify(node.operationName)},`;
  const head = `{"query":${JSON.stringify(node.operation)},${name}"variables":{`;
  // The planner's own variable; a client's of that name is called otherwise (reserved-variable.ts).
  const own = node.variableUsages.filter((variable) => variable !== "representations");
  const labels = own.map((variable) => `${JSON.stringify(variable)}:`);
  return (variables, representations) => {
    let text = head;
    let comma = "";
    for (let index = 0; index < own.length; index++) {
      if (!Object.hasOwn(variables, own[index]!)) continue;
      text += comma + labels[index] + JSON.stringify(variables[own[index]!]);
      comma = ",";
    }
    if (representations !== undefined) text += `${comma}"representations":${representations}`;
    return `${text}}}`;
  };
}

/** Takes what a subgraph answered to root fields into the answer; a subscription's event is such an answer too. */
export type Receive = (execution: Execution, answer: SubgraphAnswer) => void;

export function compileReceive(node: FetchNode, rootKeys: readonly string[], typesOf: TypesOf): Receive {
  const rewrite = compileRewrites(node.outputRewrites, typesOf);
  return (execution, answer) => {
    if (answer.kind !== "answered") {
      for (const key of rootKeys) execution.errors.push(failure(answer.kind, node.serviceName, [key]));
      return;
    }
    for (const error of answer.errors) {
      const path = pathOf(error);
      // An error of the request as a whole is one of everything it asked for.
      for (const at of path.length > 0 ? [path] : rootKeys.map((key) => [key])) {
        execution.errors.push(passedOn(error, node.serviceName, at));
      }
    }
    const data = answer.data ?? {};
    if (answer.errors.length === 0) {
      // "Not there" is said by a null; a field left out is no answer at all.
      for (const key of rootKeys.filter((one) => own(data, one) === undefined)) {
        execution.errors.push(failure("bad-response", node.serviceName, [key]));
      }
    }
    rewrite?.(data);
    mergeInto(execution.root, data);
  };
}

/** Compiles a fetch of root fields. */
export function compileRootFetch(
  node: FetchNode,
  ask: AskSubgraph,
  rootKeys: readonly string[],
  typesOf: TypesOf,
): RunNode {
  const body = bodyBuilder(node);
  const receive = compileReceive(node, rootKeys, typesOf);
  const { isMutation } = node;
  return async (execution) => {
    const { headers, signal } = execution;
    const answer = execution.withheld?.has(node.serviceName)
      ? UNAVAILABLE
      : await ask({ body: body(execution.variables), headers, isMutation, signal });
    receive(execution, answer);
  };
}

/** Entities to ask for, each once, and the places that wait for each. */
interface Batch {
  /** As JSON text. */
  readonly representations: string[];
  readonly places: Place[][];
}

function batchOf(places: readonly Place[], build: (entity: JsonObject) => JsonObject | undefined): Batch {
  const batch: Batch = { representations: [], places: [] };
  const indexOf = new Map<string, number>();
  for (const place of places) {
    const representation = build(place.entity);
    if (!representation) continue;
    const text = JSON.stringify(representation);
    const index = indexOf.get(text);
    if (index !== undefined) {
      batch.places[index]!.push(place);
      continue;
    }
    indexOf.set(text, batch.representations.length);
    batch.representations.push(text);
    batch.places.push([place]);
  }
  return batch;
}

/** Reports an error inside `_entities` at every place that the entity stands at. */
function entityErrors(
  error: JsonObject,
  batch: Batch,
  subgraph: string,
  flattenPath: readonly string[],
): GraphQLFormattedError[] {
  const [field, index, ...rest] = pathOf(error);
  const places = field === "_entities" && typeof index === "number" ? batch.places[index] : undefined;
  if (!places) return [passedOn(error, subgraph, flattenPath)];
  return places.map((place) => passedOn(error, subgraph, [...placeOf(place), ...rest]));
}

/** Compiles a fetch of entities for every object at a path. */
export function compileEntityFetch(
  node: FetchNode,
  path: readonly string[],
  ask: AskSubgraph,
  typesOf: TypesOf,
): RunNode {
  const body = bodyBuilder(node);
  const takeRepresentation = compileRepresentation(node.requires ?? [], typesOf);
  const rewriteInput = compileRewrites(node.inputRewrites, typesOf);
  const rewriteOutput = compileRewrites(node.outputRewrites, typesOf);
  const build = (entity: JsonObject) => {
    const representation = takeRepresentation(entity);
    if (representation) rewriteInput?.(representation);
    return representation;
  };

  const readContext = compileContexts(node.contextRewrites, typesOf);

  async function fetchFor(
    execution: Execution,
    places: readonly Place[],
    variables: Execution["variables"],
  ): Promise<void> {
    const batch = batchOf(places, build);
    if (batch.representations.length === 0) return;
    const { headers, signal, gathered } = execution;
    const askFor = (representations: readonly string[]) =>
      ask({ body: body(variables, `[${representations.join(",")}]`), headers, isMutation: false, signal });
    const answer = execution.withheld?.has(node.serviceName)
      ? UNAVAILABLE
      : await (gathered
          ? gathered.ask(body(variables), batch.representations, askFor)
          : askFor(batch.representations));
    const entities = entitiesOf(answer, batch);
    if (answer.kind === "answered") {
      for (const error of answer.errors) {
        execution.errors.push(...entityErrors(error, batch, node.serviceName, path));
      }
    }
    if (!entities) {
      const silent = answer.kind === "answered" && answer.errors.length > 0;
      const kind = answer.kind === "answered" ? "bad-response" : answer.kind;
      if (!silent) execution.errors.push(failure(kind, node.serviceName, path));
      return;
    }
    for (const [index, entity] of entities.entries()) {
      if (!isObject(entity)) continue;
      rewriteOutput?.(entity);
      // An interface object goes by its interface's name; the entity in hand may be known by its own already.
      const typename = own(entity, "__typename");
      if (typeof typename === "string" && typesOf(typename).size > 1) delete entity["__typename"];
      for (const place of batch.places[index]!) mergeInto(place.entity, entity);
    }
  }

  return async (execution) => {
    const places = placesAt(execution.root, path);
    if (!readContext) return fetchFor(execution, places, execution.variables);
    // A request carries one value of each argument.
    const byContext = groupedByContext(execution.root, places, readContext);
    await Promise.all(
      byContext.map(({ context, places: alike }) =>
        fetchFor(execution, alike, { ...execution.variables, ...context }),
      ),
    );
  };
}

function groupedByContext(root: JsonObject, places: readonly Place[], read: ReadContext) {
  const groups = new Map<string, { readonly context: Context; readonly places: Place[] }>();
  for (const place of places) {
    const context = read(root, place);
    if (!context) continue;
    const key = JSON.stringify(context);
    const group = groups.get(key) ?? { context, places: [] };
    group.places.push(place);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function entitiesOf(answer: SubgraphAnswer, batch: Batch): JsonValue[] | undefined {
  if (answer.kind !== "answered" || !answer.data) return undefined;
  const entities = own(answer.data, "_entities");
  return Array.isArray(entities) && entities.length === batch.representations.length ? entities : undefined;
}

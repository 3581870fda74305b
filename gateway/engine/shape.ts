import {
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLFormattedError,
  type GraphQLInterfaceType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import { engineError, type EngineErrorCode, type ResponsePath } from "./errors";
import { isObject, own, type JsonObject } from "./json";
import { leafOf } from "./leaf";
import { plannedKey } from "./planned-keys";
import { fieldsOf, type Selections } from "./selection";

type WithFields = GraphQLObjectType | GraphQLInterfaceType;

/** True for a field that authorization has cut from this operation; of `__typename`, for a type that is cut altogether. */
export type IsRemoved = (parent: WithFields, field: string) => boolean;

/** Completes fetched data as graphql-js would complete resolved values. */
export type Shape = (root: JsonObject, errors: GraphQLFormattedError[]) => JsonObject | null;

/** Answered by the gateway itself; graphql-js keeps them out of a type's own fields. */
const META_FIELDS: Readonly<Record<string, { type: GraphQLOutputType }>> = {
  __schema: SchemaMetaFieldDef,
  __type: TypeMetaFieldDef,
};

/** What stands where: list positions as "@", filled in from the positions at hand when an error needs the path. */
type Template = readonly string[];

/** Where the generated code reads a value: a property of its own, whatever its name. */
function read(object: string, key: string): string {
  return key in Object.prototype
    ? `own(${object}, ${JSON.stringify(key)})`
    : `${object}[${JSON.stringify(key)}]`;
}

/** Handed to the generated code: the positions in open lists, and the errors so far. */
interface State {
  readonly positions: number[];
  readonly errors: GraphQLFormattedError[];
}

const MESSAGES = {
  UNAUTHORIZED_FIELD_OR_TYPE: "Unauthorized field or type.",
  BAD_LEAF_VALUE: "The value is not one of its type.",
  UNKNOWN_TYPENAME: "The object does not say which of the field's types it is, or names another.",
  NULL_FOR_NON_NULL: "A non-null field came back null.",
} as const satisfies Partial<Record<EngineErrorCode, string>>;

function filled(template: Template, positions: readonly number[]): ResponsePath {
  let list = 0;
  return template.map((element) => (element === "@" ? positions[list++]! : element));
}

/**
 * Writes the source of a shape. Each object type at each place becomes one function that reads its properties by name
 * and makes its answer as one literal, so that the engine's property caches see one form each; one function for all
 * would see every form and remember none.
 *
 * What it writes into the source is response keys and type names, which GraphQL keeps to letters, digits and "_", each
 * through JSON.stringify, and numbers of its own; everything else is passed in by reference.
 */
class ShapeWriter {
  private readonly functions: string[] = [];
  /** Values the source refers to as c[0], c[1], ... */
  readonly constants: unknown[] = [];
  private readonly written = new Map<string, string>();
  private readonly numbers = new Map<FieldNode, number>();

  constructor(
    private readonly selections: Selections,
    private readonly isRemoved: IsRemoved,
  ) {}

  get source(): string {
    return this.functions.join("\n");
  }

  private constant(value: unknown): string {
    return `c[${this.constants.push(value) - 1}]`;
  }

  private define(body: string): string {
    const name = `f${this.functions.length}`;
    this.functions.push(`function ${name}(v, s) {${body}}`);
    return name;
  }

  private report(code: keyof typeof MESSAGES, path: Template): string {
    return `report(s, ${JSON.stringify(code)}, ${this.constant(path)})`;
  }

  /** A function from a fetched object to the answer's; null when it must be null since a field of it may not be. */
  object(type: WithFields, fields: Map<string, FieldNode[]>, path: Template): string {
    const statements: string[] = [];
    const properties: string[] = [];
    for (const [key, nodes] of fields) {
      const { before, value } = this.field(type, nodes, key, `x${properties.length}`, [...path, key]);
      statements.push(before);
      // In brackets "__proto__" is a key like any other.
      properties.push(`[${JSON.stringify(key)}]: ${value}`.replace(/^\[("(?!__proto__").*")\]/, "$1"));
    }
    return this.define(`${statements.join("\n")} return {${properties.join(", ")}};`);
  }

  private field(
    parent: WithFields,
    nodes: FieldNode[],
    key: string,
    variable: string,
    path: Template,
  ): { before: string; value: string } {
    const node = nodes[0]!;
    if (node.name.value === "__typename") return { before: "", value: JSON.stringify(parent.name) };
    const field = parent.getFields()[node.name.value] ?? META_FIELDS[node.name.value];
    if (!field)
      throw new Error(`${parent.name} has no field ${node.name.value}: the operation was not validated.`);
    if (this.isRemoved(parent, node.name.value)) {
      return isNonNullType(field.type)
        ? { before: "return null;", value: "null" }
        : { before: "", value: "null" };
    }
    const complete = this.value(field.type, nodes, path);
    // What the gateway answers itself stands under the client's own keys.
    const isOwn = parent.name.startsWith("__") || node.name.value.startsWith("__");
    const fetched = isOwn ? key : plannedKey(node);
    return { before: `let ${variable} = ${read("v", fetched)}; ${complete(variable)}`, value: variable };
  }

  /** Statements that complete the value in a variable, or return null from their function. */
  private value(type: GraphQLOutputType, nodes: FieldNode[], path: Template): (variable: string) => string {
    if (!isNonNullType(type)) {
      const complete = this.present(type, nodes, path);
      return (x) => `if (${x} === undefined || ${x} === null) ${x} = null; else { ${complete(x)} }`;
    }
    const complete = this.present(type.ofType, nodes, path);
    const missing = this.report("NULL_FOR_NON_NULL", path);
    return (x) =>
      `if (${x} !== undefined && ${x} !== null) { ${complete(x)} } else ${x} = null;
       if (${x} === null) { ${missing}; return null; }`;
  }

  /** The same for a value that is there; leaves null in the variable when it must be null. */
  private present(type: GraphQLOutputType, nodes: FieldNode[], path: Template): (variable: string) => string {
    if (isListType(type)) {
      const list = this.list(type.ofType, nodes, path);
      return (x) => `${x} = ${list}(${x}, s);`;
    }
    if (isLeafType(type)) return this.leaf(type, path);
    const bad = this.report("BAD_LEAF_VALUE", path);
    const object = isObjectType(type) ? this.objectOf(type, nodes, path) : this.abstract(type, nodes, path);
    return (x) => `if (isObject(${x})) ${x} = ${object}(${x}, s); else { ${bad}; ${x} = null; }`;
  }

  /** Written once for a type and what is asked of it: abstract types inside each other would double it at each level. */
  private objectOf(type: WithFields, nodes: FieldNode[], path: Template): string {
    const asked = nodes.map((node) => {
      const number = this.numbers.get(node) ?? this.numbers.size;
      this.numbers.set(node, number);
      return number;
    });
    const key = `${type.name} ${asked.join()} ${path.join(".")}`;
    let object = this.written.get(key);
    if (object === undefined) {
      const sets = nodes.flatMap((node) => node.selectionSet ?? []);
      object = this.object(type, fieldsOf(this.selections, sets, type), path);
      this.written.set(key, object);
    }
    return object;
  }

  private abstract(type: GraphQLOutputType, nodes: FieldNode[], path: Template): string {
    const possible = isAbstractType(type) ? this.selections.schema.getPossibleTypes(type) : [];
    const cut = this.report("UNAUTHORIZED_FIELD_OR_TYPE", path);
    const cases = possible.map((one) =>
      this.isRemoved(one, "__typename")
        ? `case ${JSON.stringify(one.name)}: ${cut}; return null;`
        : `case ${JSON.stringify(one.name)}: return ${this.objectOf(one, nodes, path)}(v, s);`,
    );
    if (isInterfaceType(type) && !this.asksWhich(type, nodes)) {
      // An interface object does not say which implementer it is; where nobody asks, it need not.
      const unnamed = `case undefined: case ${JSON.stringify(type.name)}`;
      cases.push(`${unnamed}: return ${this.objectOf(type, nodes, path)}(v, s);`);
    }
    const unknown = this.report("UNKNOWN_TYPENAME", path);
    return this.define(`switch (v["__typename"]) { ${cases.join(" ")} } ${unknown}; return null;`);
  }

  private asksWhich(type: GraphQLInterfaceType, nodes: FieldNode[]): boolean {
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    return [...fieldsOf(this.selections, sets, type).values()].some(
      ([node]) => node!.name.value === "__typename",
    );
  }

  private leaf(type: GraphQLLeafType, path: Template): (variable: string) => string {
    const { asIs, coerce } = leafOf(type);
    const coerced = this.constant(coerce);
    const bad = this.report("BAD_LEAF_VALUE", path);
    return (x) => {
      const statements = `${x} = ${coerced}(${x}); if (${x} === undefined || ${x} === null) { ${bad}; ${x} = null; }`;
      return asIs ? `if (!(${asIs(x)})) { ${statements} }` : statements;
    };
  }

  private list(element: GraphQLOutputType, nodes: FieldNode[], path: Template): string {
    const depth = path.filter((step) => step === "@").length;
    const complete = this.value(element, nodes, [...path, "@"]);
    const bad = this.report("BAD_LEAF_VALUE", path);
    return this.define(
      `if (!Array.isArray(v)) { ${bad}; return null; }
       const list = [];
       for (let i = 0; i < v.length; i++) { s.positions[${depth}] = i; let x = v[i]; ${complete("x")} list.push(x); }
       return list;`,
    );
  }
}

/** Errors looked through for one that explains a null; past that, one of so many is taken to. */
const MOST_LOOKED_THROUGH = 1_000;

/** True when an error stands at the path, above it or below it; "@" is every position. */
function isExplained(errors: readonly GraphQLFormattedError[], path: ResponsePath): boolean {
  if (errors.length > MOST_LOOKED_THROUGH) return true;
  return errors.some((error) =>
    (error.path ?? []).every(
      (element, at) =>
        at >= path.length || element === path[at] || (element === "@" && typeof path[at] === "number"),
    ),
  );
}

function report(state: State, code: keyof typeof MESSAGES, template: Template): void {
  const path = filled(template, state.positions);
  // Some error may say already why it is null; only a silent null needs one of its own.
  if (code === "NULL_FOR_NON_NULL" && isExplained(state.errors, path)) return;
  state.errors.push(engineError(code, MESSAGES[code], path));
}

/**
 * Compiles the client's own operation into a function that turns fetched data into the answer: the client's order
 * and aliases, leaf coercion, null bubbling, abstract types; `__typename` only where asked for; cut fields null.
 */
export function compileShape(
  selections: Selections,
  rootType: GraphQLObjectType,
  rootFields: Map<string, FieldNode[]>,
  isRemoved: IsRemoved,
): Shape {
  const writer = new ShapeWriter(selections, isRemoved);
  const root = writer.object(rootType, rootFields, []);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const build = new Function(
    "c",
    "own",
    "isObject",
    "report",
    `"use strict";\n${writer.source}\nreturn ${root};`,
  ) as (...given: unknown[]) => (value: JsonObject, state: State) => JsonObject | null;
  const write = build(writer.constants, own, isObject, report);
  return (data, errors) => write(data, { positions: [], errors });
}

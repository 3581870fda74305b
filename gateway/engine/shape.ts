import {
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLFormattedError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import { engineError, type EngineErrorCode, type ResponsePath } from "./errors";
import { isObject, own, type JsonObject } from "./json";
import { leafOf } from "./leaf";
import { fieldsOf, type Selections } from "./selection";

/** True for a field that authorization has cut from this operation. */
export type IsRemoved = (parent: GraphQLObjectType, field: FieldNode) => boolean;

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
  BAD_LEAF_VALUE: "The value is not one of its type.",
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
  object(type: GraphQLObjectType, fields: Map<string, FieldNode[]>, path: Template): string {
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
    parent: GraphQLObjectType,
    nodes: FieldNode[],
    key: string,
    variable: string,
    path: Template,
  ): { before: string; value: string } {
    const node = nodes[0]!;
    if (node.name.value === "__typename") return { before: "", value: JSON.stringify(parent.name) };
    const field = META_FIELDS[node.name.value] ?? parent.getFields()[node.name.value];
    if (!field)
      throw new Error(`${parent.name} has no field ${node.name.value}: the operation was not validated.`);
    if (this.isRemoved(parent, node)) {
      return isNonNullType(field.type)
        ? { before: "return null;", value: "null" }
        : { before: "", value: "null" };
    }
    const complete = this.value(field.type, nodes, path);
    return { before: `let ${variable} = ${read("v", key)}; ${complete(variable)}`, value: variable };
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
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    if (isObjectType(type)) {
      const object = this.object(type, fieldsOf(this.selections, sets, type), path);
      return (x) => `${x} = isObject(${x}) ? ${object}(${x}, s) : null;`;
    }
    const concrete = isAbstractType(type) ? this.selections.schema.getPossibleTypes(type) : [];
    const cases = concrete.map((one) => {
      const object = this.object(one, fieldsOf(this.selections, sets, one), path);
      return `case ${JSON.stringify(one.name)}: return ${object}(v, s);`;
    });
    const dispatch = this.define(
      `if (!isObject(v)) return null; switch (v["__typename"]) { ${cases.join(" ")} default: return null; }`,
    );
    return (x) => `${x} = ${dispatch}(${x}, s);`;
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

function report(state: State, code: keyof typeof MESSAGES, template: Template): void {
  // Some error says already why it is null; only a silent null needs one of its own.
  if (code === "NULL_FOR_NON_NULL" && state.errors.length > 0) return;
  state.errors.push(engineError(code, MESSAGES[code], filled(template, state.positions)));
}

/**
 * Compiles the client's own operation into a function that turns fetched data into the answer: the client's order and aliases, leaf coercion, null bubbling, abstract types; `__typename` only where asked for; cut fields null.
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
  );
  const write = build(writer.constants, own, isObject, report) as (
    value: JsonObject,
    state: State,
  ) => JsonObject | null;
  return (data, errors) => write(data, { positions: [], errors });
}

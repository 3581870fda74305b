import {
  GraphQLNonNull,
  Kind,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  OverlappingFieldsCanBeMergedRule,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  getNamedType,
  parse,
  print,
  validate,
  visit,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";
import fc from "fast-check";
import { expectSame, type Federation } from "./harness";
import type { World } from "./world";

/** Choices read from a list of numbers: a shorter list, or smaller numbers, give a smaller operation to look at. */
class Choices {
  private at = 0;
  constructor(private readonly numbers: readonly number[]) {}

  get spent(): boolean {
    return this.at >= this.numbers.length;
  }
  /** Below `count`; 0 once the list is spent. */
  below(count: number): number {
    return (this.numbers[this.at++] ?? 0) % count;
  }
  oneIn(count: number): boolean {
    return this.below(count) === count - 1;
  }
  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

export interface RandomOperation {
  readonly source: string;
  readonly variables: Record<string, unknown>;
}

/** Few, so that they meet each other and the fields the planner adds by itself. */
const ALIASES = ["a", "b", "id", "name", "sku", "kind", "__typename", "__typename__asked"];
const DEEPEST = 5;
const MOST_FIELDS = 60;

/** Only what a literal may hold; custom scalars come from the samples. */
function literal(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(value, type.ofType);
  if (value === null || value === undefined) return "null";
  if (isListType(type)) {
    const elements = Array.isArray(value) ? value : [value];
    return `[${elements.map((element) => literal(element, type.ofType)).join(", ")}]`;
  }
  if (isEnumType(type)) return value as string;
  if (isInputObjectType(type)) {
    const fields = Object.entries(value).map(
      ([name, inner]) => `${name}: ${literal(inner, type.getFields()[name]!.type)}`,
    );
    return `{ ${fields.join(", ")} }`;
  }
  return JSON.stringify(value);
}

class Writer {
  private readonly variables = new Map<
    string,
    { type: string; value: unknown; given: boolean; preset: string }
  >();
  private readonly fragments: string[] = [];
  private fields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly world: World,
    private readonly choices: Choices,
  ) {}

  write(kind: "query" | "mutation"): RandomOperation {
    const root = kind === "query" ? this.schema.getQueryType()! : this.schema.getMutationType()!;
    const body = this.selections(root, 0);
    const definitions = [...this.variables].map(
      ([name, { type, preset }]) => `$${name}: ${type}${preset && ` = ${preset}`}`,
    );
    const head = definitions.length === 0 ? "" : `(${definitions.join(", ")})`;
    const source = `${kind} Random${head} ${body}\n${this.fragments.join("\n")}`;
    const given = [...this.variables].filter(([, variable]) => variable.given);
    return { source, variables: Object.fromEntries(given.map(([name, { value }]) => [name, value])) };
  }

  private selections(type: GraphQLCompositeType, depth: number): string {
    const { choices } = this;
    const count = 1 + choices.below(depth === 0 ? 4 : 5);
    const parts = Array.from({ length: count }, () => this.selection(type, depth)).filter(
      (part) => part !== "",
    );
    return `{ ${parts.length === 0 ? "__typename" : parts.join(" ")} }`;
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const { choices } = this;
    const what = choices.below(10);
    if (what === 9 && depth > 0) return `${this.alias()}__typename${this.condition()}`;
    if (what >= 7 && !choices.spent && depth < DEEPEST + 2) return this.fragment(type, depth);
    if (depth === 0 && what === 6 && choices.oneIn(3) && type === this.schema.getQueryType()) {
      const name = choices.of(Object.keys(this.schema.getTypeMap()).filter((n) => !n.startsWith("__")));
      return choices.of([
        `${this.alias()}__type(name: "${name}") { name kind fields { name type { name kind } } possibleTypes { name } }`,
        `__schema { queryType { name fields { name args { name defaultValue } } } }`,
      ]);
    }
    if (isUnionType(type)) return depth === 0 ? "" : `${this.alias()}__typename`;
    const isDeep = depth >= DEEPEST || choices.spent || this.fields > MOST_FIELDS;
    const fields = Object.values(type.getFields()).filter(
      (field) => !isDeep || !isCompositeType(getNamedType(field.type)),
    );
    const sought = fields.filter((field) => this.world.sought?.includes(getNamedType(field.type).name));
    const among = sought.length > 0 && choices.oneIn(2) ? sought : fields;
    return among.length === 0 ? "" : this.field(choices.of(among), depth);
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.fields++;
    const given = field.args.flatMap((argument) => {
      const value = this.argument(argument, `${field.name}.${argument.name}`);
      return value === undefined ? [] : [`${argument.name}: ${value}`];
    });
    const named = getNamedType(field.type);
    const inner = isCompositeType(named) ? ` ${this.selections(named, depth + 1)}` : "";
    const written = given.length === 0 ? "" : `(${given.join(", ")})`;
    return `${this.alias()}${field.name}${written}${this.condition()}${inner}`;
  }

  private fragment(type: GraphQLCompositeType, depth: number): string {
    const { choices } = this;
    const own = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
    const overlapping = Object.values(this.schema.getTypeMap()).filter(
      (other) => isAbstractType(other) && this.schema.getPossibleTypes(other).some((t) => own.includes(t)),
    ) as GraphQLCompositeType[];
    const on = choices.of([...own, type, ...overlapping]);
    if (isUnionType(on) && choices.spent) return "";
    const condition = this.condition();
    const body = this.selections(on, depth + 1);
    if (choices.below(3) !== 2) {
      const typeCondition = on === type && choices.oneIn(2) ? "" : ` on ${on.name}`;
      return `...${typeCondition}${condition} ${body}`;
    }
    const name = `F${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${on.name} ${body}`);
    return choices.oneIn(3) ? `...${name}${condition} ...${name}` : `...${name}${condition}`;
  }

  private alias(): string {
    return this.choices.below(4) === 3 ? `${this.choices.of(ALIASES)}: ` : "";
  }

  private condition(): string {
    const { choices } = this;
    if (choices.below(6) !== 5) return "";
    const name = choices.of(["skip", "include"]);
    if (choices.below(3) === 2) return ` @${name}(if: ${choices.oneIn(2)})`;
    // Three variables, met again and again: one may steer several branches.
    const variable = `c${choices.below(3)}`;
    if (!this.variables.has(variable)) {
      const preset = choices.of(["", "", "true"]);
      const type = preset ? "Boolean" : "Boolean!";
      const given = preset === "" || choices.oneIn(2);
      this.variables.set(variable, { type, value: choices.oneIn(2), given, preset });
    }
    return ` @${name}(if: $${variable})`;
  }

  private argument(argument: GraphQLArgument, name: string): string | undefined {
    const { choices } = this;
    const required = isNonNullType(argument.type) && argument.defaultValue === undefined;
    if (!required && choices.below(3) === 0) return undefined;
    const value = this.value(argument, argument.type, name);
    if (choices.below(3) !== 2) return literal(value, argument.type);
    const variable = `v${this.variables.size}`;
    const presets = choices.oneIn(4) && !isNonNullType(argument.type);
    const preset = presets ? literal(this.value(argument, argument.type, name), argument.type) : "";
    const given = isNonNullType(argument.type) || !choices.oneIn(4);
    this.variables.set(variable, { type: String(argument.type), value, given, preset });
    return `$${variable}`;
  }

  private value(
    of: GraphQLArgument | GraphQLInputField,
    type: GraphQLInputType,
    name: string,
    depth = 0,
  ): unknown {
    const { choices } = this;
    if (type instanceof GraphQLNonNull) return this.value(of, type.ofType, name, depth);
    if (type === of.type && choices.below(8) === 7) return null;
    if (isListType(type)) {
      const inner = type.ofType;
      return Array.from({ length: choices.below(3) }, () => this.value(of, inner, name, depth));
    }
    const samples = this.world.samples?.[name] ?? this.world.samples?.[getNamedType(type).name];
    if (samples) return choices.of(samples);
    if (isEnumType(type)) return choices.of(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).flatMap((field): [string, unknown][] => {
        const needed = isNonNullType(field.type) && field.defaultValue === undefined;
        if (!needed && (depth > 2 || choices.spent || choices.oneIn(2))) return [];
        return [[field.name, this.value(field, field.type, `${type.name}.${field.name}`, depth + 1)]];
      });
      return Object.fromEntries(fields);
    }
    switch (getNamedType(type).name) {
      case "Int":
        return choices.below(4);
      case "Float":
        return choices.below(9) / 2;
      case "Boolean":
        return choices.oneIn(2);
      default:
        return choices.of(["x", "y", ""]);
    }
  }
}

/** Keeps a selection set from being empty, under a name that meets no other. */
const KEEPER: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: "__typename" },
  alias: { kind: Kind.NAME, value: "keeper" },
};

/** Takes out fields that cannot be merged with others of the same name, until the operation is valid. */
function mergeable(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  for (let current = document; ;) {
    const [conflict] = validate(schema, current, [OverlappingFieldsCanBeMergedRule]);
    if (!conflict) return current;
    const culprit = conflict.nodes?.at(-1);
    current = visit(current, {
      Field: (field) => (field === culprit ? null : undefined),
      SelectionSet: {
        leave: (set) => (set.selections.length > 0 ? undefined : { ...set, selections: [KEEPER] }),
      },
    });
  }
}

/** Drops the variables and fragments that merging has left unused. */
function withoutUnused(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  for (let current = document; ;) {
    const unused = new Set(
      validate(schema, current, [NoUnusedFragmentsRule, NoUnusedVariablesRule]).flatMap((e) => e.nodes ?? []),
    );
    if (unused.size === 0) return current;
    current = visit(current, { enter: (node) => (unused.has(node) ? null : undefined) });
  }
}

function repaired({ source, variables }: RandomOperation, schema: GraphQLSchema): RandomOperation {
  const document = withoutUnused(mergeable(schema, parse(source)), schema);
  const kept = new Set<string>();
  visit(document, { VariableDefinition: ({ variable }) => void kept.add(variable.name.value) });
  return {
    source: print(document),
    variables: Object.fromEntries(Object.entries(variables).filter(([name]) => kept.has(name))),
  };
}

/** Random valid operations over a world's API schema. */
export function randomOperation({ apiSchema, world }: Federation): fc.Arbitrary<RandomOperation> {
  const kinds = apiSchema.getMutationType()
    ? (["query", "query", "mutation"] as const)
    : (["query"] as const);
  return fc.array(fc.nat({ max: 839 }), { minLength: 4, maxLength: 160, size: "max" }).map((numbers) => {
    const choices = new Choices(numbers);
    const writer = new Writer(apiSchema, world, choices);
    return repaired(writer.write(choices.of(kinds)), apiSchema);
  });
}

/** Fixed, so that a failure in a pipeline is a failure at the desk; FEDERATION_RUNS asks for more, FEDERATION_SEED for others. */
const RUNS = Number(process.env["FEDERATION_RUNS"] ?? 60);
const SEED = Number(process.env["FEDERATION_SEED"] ?? 20_260_301);

/** ms; past it what was shrunk so far is shown. */
const LONGEST = Number(process.env["FEDERATION_LONGEST"] ?? 25_000);

/**
 * Holds random operations, each with a value of `beside`, to a check that throws. A failure is shrunk and shows its seed.
 * `times` as many as usual, where few of them say much.
 */
export async function forRandomOperations<T>(
  federation: Federation,
  beside: fc.Arbitrary<T>,
  check: (operation: RandomOperation, value: T) => Promise<void>,
  times = 1,
): Promise<void> {
  await fc.assert(fc.asyncProperty(randomOperation(federation), beside, check), {
    numRuns: RUNS * times,
    seed: SEED,
    interruptAfterTimeLimit: LONGEST,
    markInterruptAsFailure: true,
  });
}

/** Compares random operations with the monolith. Those that the planner fails to plan, saying so in the words given, are passed over. */
export async function expectSameForRandomOperations(
  federation: Federation,
  unplannable?: RegExp,
  times = 1,
): Promise<void> {
  const check = async ({ source, variables }: RandomOperation) => {
    try {
      await expectSame(federation, source, variables);
    } catch (error) {
      fc.pre(!unplannable?.test((error as Error).message));
      throw error;
    }
  };
  await forRandomOperations(federation, fc.constant(undefined), check, times);
}

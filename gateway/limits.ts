import {
  GraphQLError,
  Kind,
  Lexer,
  Source,
  TokenKind,
  parse,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { conditionVariablesOf } from "./engine/condition-variables";

/** What one operation may be, at most; checked on every door before it is validated or planned. */
export interface OperationLimits {
  readonly tokens: number;
  readonly depth: number;
  /** Fields, fragments opened wherever they are spread. */
  readonly fields: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  /** Variables in @skip and @include: each of their assignments is planned for itself. */
  readonly conditionVariables: number;
}

/** Several times what the largest view of the conference tools needs; introspection of the schema is 13 deep. */
export const DEFAULT_LIMITS: OperationLimits = {
  tokens: 5_000,
  depth: 16,
  fields: 2_000,
  rootFields: 20,
  aliases: 100,
  directives: 100,
  conditionVariables: 6,
};

const CODES: Record<keyof OperationLimits, string> = {
  tokens: "OPERATION_TOO_LONG",
  depth: "OPERATION_TOO_DEEP",
  fields: "TOO_MANY_FIELDS",
  rootFields: "TOO_MANY_ROOT_FIELDS",
  aliases: "TOO_MANY_ALIASES",
  directives: "TOO_MANY_DIRECTIVES",
  conditionVariables: "TOO_MANY_CONDITION_VARIABLES",
};

const NAMES: Record<keyof OperationLimits, string> = {
  tokens: "tokens",
  depth: "levels of fields",
  fields: "fields, fragments included",
  rootFields: "root fields",
  aliases: "aliases",
  directives: "directives",
  conditionVariables: "variables in @skip and @include",
};

class Measure {
  private readonly counted = { fields: 0, aliases: 0, directives: 0 };
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    document: DocumentNode,
    private readonly limits: OperationLimits,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((d) =>
        d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
      ),
    );
  }

  check(document: DocumentNode): void {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      this.add("directives", definition.directives?.length ?? 0);
      this.inSet(definition.selectionSet, 1, new Set());
    }
    this.hold("conditionVariables", conditionVariablesOf(document).length);
  }

  private add(what: keyof Measure["counted"], count: number): void {
    this.counted[what] += count;
    this.hold(what, this.counted[what]);
  }

  private hold(what: keyof OperationLimits, value: number): void {
    if (value > this.limits[what]) throw exceeded(what, this.limits[what]);
  }

  /** Ends early at the first limit passed, so that its own work is bounded by them. */
  private inSet(set: SelectionSetNode, depth: number, open: ReadonlySet<string>): number {
    this.hold("depth", depth);
    let fields = 0;
    for (const selection of set.selections) {
      this.add("directives", selection.directives?.length ?? 0);
      switch (selection.kind) {
        case Kind.FIELD:
          fields += 1;
          this.add("fields", 1);
          if (selection.alias) this.add("aliases", 1);
          if (selection.selectionSet) this.inSet(selection.selectionSet, depth + 1, open);
          break;
        case Kind.INLINE_FRAGMENT:
          fields += this.inSet(selection.selectionSet, depth, open);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value;
          const fragment = this.fragments.get(name);
          // A fragment within itself is for validation to refuse.
          if (!fragment || open.has(name)) break;
          // An empty spread is work too.
          this.add("fields", 1);
          fields += this.inSet(fragment.selectionSet, depth, new Set([...open, name]));
          break;
        }
      }
    }
    if (depth === 1) this.hold("rootFields", fields);
    return fields;
  }
}

function exceeded(what: keyof OperationLimits, limit: number): GraphQLError {
  return new GraphQLError(`The operation has more than ${limit} ${NAMES[what]}.`, {
    extensions: { code: CODES[what], limit, http: { status: 400 } },
  });
}

function holdTokens(source: string, limit: number): void {
  const lexer = new Lexer(new Source(source));
  for (let count = 0; lexer.advance().kind !== TokenKind.EOF;) {
    count += 1;
    if (count > limit) throw exceeded("tokens", limit);
  }
}

/**
 * Refuses an operation that is larger than any tool needs, before anything is spent on it.
 *
 * @throws GraphQLError naming the limit passed and its number: `OPERATION_TOO_LONG`, `OPERATION_TOO_DEEP`,
 * `TOO_MANY_FIELDS`, `TOO_MANY_ROOT_FIELDS`, `TOO_MANY_ALIASES`, `TOO_MANY_DIRECTIVES`, `TOO_MANY_CONDITION_VARIABLES`. Text that is no GraphQL is left
 * to the parser's own error.
 */
export function holdToLimits(source: string, limits: OperationLimits = DEFAULT_LIMITS): void {
  let document: DocumentNode;
  try {
    holdTokens(source, limits.tokens);
    document = parse(source, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions["code"] !== undefined) throw error;
    return;
  }
  new Measure(document, limits).check(document);
}

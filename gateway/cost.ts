import {
  GraphQLError,
  Kind,
  getNamedType,
  getNullableType,
  isListType,
  valueFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from "graphql";

type Variables = Readonly<Record<string, unknown>>;

/** What an operation may cost at most, in fields of the answer: twice a conference list of 50 people in full. */
export const MOST_COST = 250_000;
/** Elements of a list that no argument bounds: the histories of one person are about as long. */
const ASSUMED_LENGTH = 10;
/** Arguments that bound the list of the field, or the list within its page. */
const LENGTH_ARGUMENTS: ReadonlySet<string> = new Set(["first", "last", "limit"]);

/** How many fields one selected field may come to; lengths may stand in the variables. */
type Cost = (variables: Variables) => number;

const ASSUMED: Cost = () => ASSUMED_LENGTH;

function count(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" && Number.isFinite(value) ? Math.max(value, 0) : undefined;
}

class Estimate {
  readsVariables = false;
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((d) =>
        d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
      ),
    );
  }

  /** `page`: the length that the field around this selection set was given for the list within. */
  inSet(set: SelectionSetNode, type: GraphQLCompositeType, page: Cost): Cost {
    const costs = set.selections.map((selection): Cost => {
      switch (selection.kind) {
        case Kind.FIELD:
          return this.ofField(selection, type, page);
        case Kind.INLINE_FRAGMENT:
          return this.inSet(selection.selectionSet, this.typeNamed(selection.typeCondition) ?? type, page);
        case Kind.FRAGMENT_SPREAD: {
          const fragment = this.fragments.get(selection.name.value)!;
          return this.inSet(fragment.selectionSet, this.typeNamed(fragment.typeCondition) ?? type, page);
        }
      }
    });
    return (variables) => costs.reduce((sum, cost) => sum + cost(variables), 0);
  }

  private ofField(field: FieldNode, type: GraphQLCompositeType, page: Cost): Cost {
    const definition =
      isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    // Introspection: of the size of the schema, whatever is asked.
    if (!definition) return () => 1;
    const given = this.lengthOf(field, definition);
    const isList = isListType(getNullableType(definition.type));
    const named = getNamedType(definition.type);
    const within =
      field.selectionSet && isCompositeType(named)
        ? this.inSet(field.selectionSet, named, isList ? ASSUMED : (given ?? ASSUMED))
        : () => 0;
    if (!isList) return (variables) => 1 + within(variables);
    const length = given ?? page;
    return (variables) => length(variables) * (1 + within(variables));
  }

  /** The length that a field's arguments give; a list of ids asks for as many elements as it names. */
  private lengthOf(field: FieldNode, definition: GraphQLField<unknown, unknown>): Cost | undefined {
    for (const argument of definition.args) {
      if (!isListType(getNullableType(argument.type)) && !LENGTH_ARGUMENTS.has(argument.name)) continue;
      const given = field.arguments?.find(({ name }) => name.value === argument.name)?.value;
      const otherwise = count(argument.defaultValue);
      if (given?.kind === Kind.VARIABLE) {
        const name = given.name.value;
        this.readsVariables = true;
        return (variables) => count(variables[name]) ?? otherwise ?? ASSUMED_LENGTH;
      }
      const literal = given ? count(valueFromAST(given, argument.type)) : otherwise;
      if (literal !== undefined) return () => literal;
    }
    return undefined;
  }

  private typeNamed(condition: FragmentDefinitionNode["typeCondition"] | undefined) {
    const type = condition && typeFromAST(this.schema, condition);
    return isCompositeType(type) ? type : undefined;
  }
}

/**
 * Estimates what a valid operation costs: the fields of its answer, lists as long as their arguments say. Prepared once
 * per operation; the lengths in variables are put in for each request.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Cost {
  const root = schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const estimate = new Estimate(schema, document);
  const cost = estimate.inSet(operation.selectionSet, root, ASSUMED);
  if (estimate.readsVariables) return cost;
  const constant = cost({});
  return () => constant;
}

/** The refusal of an operation whose estimated cost is over the limit; undefined: it may run. */
export function refusalOfCost(cost: number, limit: number = MOST_COST): GraphQLError | undefined {
  if (cost <= limit) return undefined;
  return new GraphQLError(
    `The operation may come to ${cost} fields, and ${limit} is the limit: ask for shorter lists.`,
    { extensions: { code: "OPERATION_TOO_COSTLY", limit, cost, http: { status: 400 } } },
  );
}

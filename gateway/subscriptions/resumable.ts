import {
  Kind,
  TypeInfo,
  parseType,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
  type VariableDefinitionNode,
} from "graphql";

/** The argument by which a client says where it had got to. */
const AFTER = "after";
/** Put in its place: the gateway says it upstream, and forgets it when it asks who may share a stream. */
export const AFTER_VARIABLE = "_hubAfter";

/** A subscription with its place in the feed taken out: the same text for all who ask the same, from wherever. */
export interface ResumableOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The cursor that a client gave. */
  afterOf(variables: Readonly<Record<string, unknown>>): string | undefined;
  /** What else its variables say. */
  othersOf(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

function reads(document: DocumentNode, variable: string): boolean {
  let found = false;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      found ||= name.value === variable;
    },
  });
  return found;
}

/** Takes the cursor out of a valid subscription. */
export function resumable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ResumableOperation {
  const root = schema.getSubscriptionType();
  const types = new TypeInfo(schema);
  let given: ValueNode | undefined;
  let type: string | undefined;
  const replaced = visit(
    document,
    visitWithTypeInfo(types, {
      Field: (field) => {
        if (!root || types.getParentType() !== root) return undefined;
        const argument = types.getFieldDef()?.args.find(({ name }) => name === AFTER);
        if (!argument) return undefined;
        type = String(argument.type);
        given = field.arguments?.find(({ name }) => name.value === AFTER)?.value;
        const others = field.arguments?.filter(({ name }) => name.value !== AFTER) ?? [];
        return {
          ...field,
          arguments: [
            ...others,
            {
              kind: Kind.ARGUMENT,
              name: { kind: Kind.NAME, value: AFTER },
              value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: AFTER_VARIABLE } },
            },
          ],
        };
      },
    }),
  );
  const variable = given?.kind === Kind.VARIABLE ? given.name.value : undefined;
  const literal = given && variable === undefined ? valueFromASTUntyped(given) : undefined;
  const at = document.definitions.indexOf(operation);
  const body = replaced.definitions[at] as OperationDefinitionNode;
  const isElsewhere = variable !== undefined && reads(replaced, variable);
  const kept = (body.variableDefinitions ?? []).filter(
    (definition) => isElsewhere || definition.variable.name.value !== variable,
  );
  const added: VariableDefinitionNode[] =
    type === undefined
      ? []
      : [
          {
            kind: Kind.VARIABLE_DEFINITION,
            variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: AFTER_VARIABLE } },
            type: parseType(type),
          },
        ];
  const rewritten: OperationDefinitionNode = { ...body, variableDefinitions: [...kept, ...added] };
  return {
    document: {
      ...replaced,
      definitions: replaced.definitions.map((definition, index) => (index === at ? rewritten : definition)),
    },
    operation: rewritten,
    afterOf: (variables) => {
      const value = variable === undefined ? literal : variables[variable];
      return typeof value === "string" ? value : undefined;
    },
    othersOf: (variables) => {
      if (variable === undefined || isElsewhere) return variables;
      const { [variable]: _, ...others } = variables;
      return others;
    },
  };
}

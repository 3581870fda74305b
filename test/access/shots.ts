import fc from "fast-check";
import {
  GraphQLSchema,
  Kind,
  parse,
  print,
  type DocumentNode,
  visit,
  type GraphQLObjectType,
  type OperationDefinitionNode,
} from "graphql";
import { randomOperation, type RandomOperation } from "../contract/federation/operations";
import { BAD_CREDENTIALS, EVERYBODY, type BadCredential, type Caller } from "./callers";
import { SUBGRAPHS, schemaOf, type SubgraphName } from "./hub";
import { ENTITIES } from "./routes";
import type { World } from "./world";

/** What is wrong with an operation, on purpose. */
const TWISTS = [
  "misspelt",
  "cut off",
  "unknown argument",
  "wrong variables",
  "batched",
  "wrong name",
  "entities asked of the gateway",
  "sent by GET",
] as const;
export type Twist = (typeof TWISTS)[number];

/** How a request past the gateway is signed. */
export type Signing = "as the hub" | "not" | "replayed" | "replayed over another body";

/** One operation of one caller to one door. */
export interface Shot {
  readonly caller: Caller;
  /** Ask the same at the same time. */
  readonly others: readonly Caller[];
  readonly to: "gateway" | SubgraphName;
  readonly credential: "own" | BadCredential;
  readonly signing: Signing;
  readonly twist: Twist | undefined;
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where the twist strikes. */
  readonly strike: number;
}

const NOBODYS_ID = "00000000-0000-4000-8000-000000000000";

const LISTS = [
  ...["persons", "levelQueue", "incidentReviews", "myCaseload", "myReferrals"],
  ...["smallHelpRequests", "overdueHelpPromises"],
  ...["lawEnforcementAccessLog", "advocacyAccessLog", "servicesAccessLog", "breakGlassAccesses"],
];

/** Ids that mean something, and some that do not, for the arguments of random operations. */
function samplesOf({ known, stranger, hidden, referralId }: World): Record<string, readonly unknown[]> {
  const men = [known, stranger, hidden];
  const persons = [known.personId, known.personId, ...men.map(({ personId }) => personId), NOBODYS_ID, "x"];
  const cases = [
    known.caseIds[0],
    known.caseIds[0],
    ...men.flatMap(({ caseIds }) => caseIds),
    NOBODYS_ID,
    "'",
  ];
  const lengths = [2, 3, 5, 1, 0, -1, 1_000];
  return {
    "person.id": persons,
    "case.id": cases,
    ID: [...persons, ...cases],
    "ConfirmLevelInput.proposalId": [...men.map(({ openProposalId }) => openProposalId), NOBODYS_ID],
    "RecordOutreachInput.caseId": cases,
    "RecordSafeContactInput.caseId": cases,
    "RecordClientAddressInput.caseId": cases,
    "revokeRelease.releaseId": [NOBODYS_ID, "x"],
    "RevokeReleaseInput.releaseId": [NOBODYS_ID, "x"],
    "RecordEngagementInput.referralId": [referralId, NOBODYS_ID, "x"],
    ...Object.fromEntries<readonly unknown[]>(
      LISTS.flatMap((list): [string, readonly unknown[]][] => [
        [`${list}.first`, lengths],
        [`${list}.after`, [null, "", "bm9uc2Vuc2U"]],
      ]),
    ),
    Date: ["2026-03-01", "2026-02-30", "1800-01-01"],
    DateTime: ["2026-03-01T10:00:00Z", "2026-13-01T10:00:00Z"],
    String: ["a note", "\u0000", ""],
  };
}

const operationsOver = (apiSchema: GraphQLSchema, samples: Record<string, readonly unknown[]>) =>
  // All that it reads of a federation.
  randomOperation({ apiSchema, world: { samples } } as unknown as Parameters<typeof randomOperation>[0]);

/** Puts a random operation that begins at some type in the place of `{ __typename }` in a frame. */
function framed(frame: string, { source, variables }: RandomOperation, more: object = {}): RandomOperation {
  const document: DocumentNode = visit(parse(source), {
    OperationDefinition: (operation): OperationDefinitionNode => {
      const around: OperationDefinitionNode = visit(parse(frame).definitions[0] as OperationDefinitionNode, {
        SelectionSet: {
          // Leaving: what is put in may hold such places of its own.
          leave: ({ selections: [first] }) =>
            first?.kind === Kind.FIELD && first.name.value === "__typename"
              ? operation.selectionSet
              : undefined,
        },
      });
      const variableDefinitions = [
        ...(operation.variableDefinitions ?? []),
        ...(around.variableDefinitions ?? []),
      ];
      return { ...around, variableDefinitions };
    },
  });
  return { source: print(document), variables: { ...variables, ...more } };
}

function referencesTo(type: string, { known, stranger, hidden, references }: World): readonly unknown[] {
  const one = references[type];
  if (one !== undefined) return [one, NOBODYS_ID].map((id) => [{ __typename: type, id }]);
  const men = [known, stranger, hidden];
  const ids = type === "Person" ? men.map(({ personId }) => personId) : men.flatMap(({ caseIds }) => caseIds);
  return [...ids, NOBODYS_ID].map((id) => [
    {
      ...{ __typename: type, id },
      // What law enforcement says of him, to the roles for which it matters.
      ...(type === "Case"
        ? { assignedAgency: "harbor-house" }
        : id === known.personId
          ? { visible: true }
          : {}),
    },
  ]);
}

/** Operations that one agency's door might be sent: what it takes by reference, and its own queries and mutations. */
function pastTheGateway(world: World, subgraph: SubgraphName): fc.Arbitrary<RandomOperation> {
  const schema = schemaOf(subgraph);
  const samples = { ...samplesOf(world), _Any: [NOBODYS_ID] };
  const entities = ENTITIES[subgraph].map((type) =>
    fc
      .tuple(
        operationsOver(new GraphQLSchema({ query: schema.getType(type) as GraphQLObjectType }), samples),
        fc.constantFrom(...referencesTo(type, world)),
      )
      .map(([operation, of]) =>
        framed(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { __typename } } }`,
          operation,
          { of },
        ),
      ),
  );
  return fc.oneof(...entities, ...entities, operationsOver(schema, samples));
}

/** Operations over the API: from its root, and of one person or case, of whom there is most to see. */
function throughTheGateway(world: World, apiSchema: GraphQLSchema): fc.Arbitrary<RandomOperation> {
  const samples = samplesOf(world);
  const of = (type: string, field: string) =>
    fc
      .tuple(
        operationsOver(new GraphQLSchema({ query: apiSchema.getType(type) as GraphQLObjectType }), samples),
        fc.constantFrom(...(samples[`${field}.id`] as readonly string[])),
      )
      .map(([operation, id]) =>
        framed(`query { ${field}(id: ${JSON.stringify(id)}) { __typename } }`, operation),
      );
  const root = operationsOver(apiSchema, samples);
  return fc.oneof(root, of("Person", "person"), of("Person", "person"), of("Case", "case"));
}

/** Which shots a volley is made of. */
export interface Aim {
  readonly at: "gateway" | "agencies";
}

type Unwritten = Omit<Shot, "source" | "variables" | "caller" | "others"> & {
  readonly operation: RandomOperation;
  readonly askers: readonly Caller[];
};

/** Of one operation: to make one, and to read it, costs as much as to answer it a few times. */
export const ASKERS = 10;

/** Random operations of everybody, well and badly formed, with good and bad credentials, to every door. */
export function shots(world: World, apiSchema: GraphQLSchema, aim: Aim): fc.Arbitrary<Shot> {
  const common = {
    askers: fc.shuffledSubarray([...EVERYBODY], { minLength: ASKERS, maxLength: ASKERS }),
    strike: fc.nat({ max: 999 }),
    twist: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...TWISTS) },
    ),
  };
  const operation = throughTheGateway(world, apiSchema);
  const flat = ({
    operation: { source, variables },
    askers: [caller, ...others],
    ...rest
  }: Unwritten): Shot => ({
    ...rest,
    caller: caller!,
    others,
    source,
    variables,
  });
  const bad = {
    ...common,
    credential: fc.constantFrom(...BAD_CREDENTIALS),
    signing: fc.constantFrom<Signing[]>("as the hub", "not"),
  };
  const gateway = fc.constant("gateway" as const);
  const good = fc.constant("own" as const);
  if (aim.at === "gateway") {
    const signing = fc.constant("as the hub" as const);
    return fc.oneof(
      {
        weight: 9,
        arbitrary: fc.record({ ...common, credential: good, signing, to: gateway, operation }).map(flat),
      },
      { weight: 1, arbitrary: fc.record({ ...bad, to: gateway, operation }).map(flat) },
    );
  }
  const signing = fc.oneof(
    { weight: 3, arbitrary: fc.constant("as the hub" as const) },
    { weight: 1, arbitrary: fc.constantFrom<Signing[]>("not", "replayed", "replayed over another body") },
  );
  return fc.oneof(
    // So that there are requests of the hub to be overheard.
    fc
      .record({
        ...common,
        credential: good,
        signing: fc.constant("as the hub" as const),
        to: gateway,
        operation,
      })
      .map(flat),
    ...SUBGRAPHS.flatMap((subgraph) => {
      const to = fc.constant(subgraph);
      const direct = pastTheGateway(world, subgraph);
      return [
        {
          weight: 3,
          arbitrary: fc.record({ ...common, credential: good, signing, to, operation: direct }).map(flat),
        },
        { weight: 1, arbitrary: fc.record({ ...bad, to, operation: direct }).map(flat) },
      ];
    }),
  );
}

function nth<T>(list: readonly T[], index: number): T | undefined {
  return list.length === 0 ? undefined : list[index % list.length];
}

function struck(source: string, twist: Twist | undefined, strike: number): string {
  const names = [...source.matchAll(/\b[a-z]\w{3,}\b/g)];
  const name = nth(names, strike);
  switch (twist) {
    case "misspelt":
      return name
        ? `${source.slice(0, name.index)}${name[0].slice(0, -1)}${source.slice(name.index + name[0].length)}`
        : source;
    case "cut off":
      return source.slice(0, strike % source.length);
    case "unknown argument":
      return name ? source.replaceAll(name[0], `${name[0]}(nosuch: ${strike})`) : source;
    case "entities asked of the gateway":
      return source.replace(
        "{",
        `{ _entities(representations: [{ __typename: "Person", id: "${NOBODYS_ID}" }]) { __typename } `,
      );
    default:
      return source;
  }
}

/** The body that goes over the wire, or the search of a GET. */
export function bodyOf({ source, variables, twist, strike }: Shot): { body: string; method: "POST" | "GET" } {
  const query = struck(source, twist, strike);
  switch (twist) {
    case "sent by GET":
      return {
        method: "GET",
        body: String(new URLSearchParams({ query, variables: JSON.stringify(variables) })),
      };
    case "wrong variables": {
      const wrong = Object.keys(variables).map((key): [string, unknown] => [
        key,
        nth<unknown>([{}, [[]], 1e300, "\u2028", null, ["__proto__"]], strike),
      ]);
      return {
        method: "POST",
        body: JSON.stringify({ query, variables: Object.fromEntries<unknown>(wrong) }),
      };
    }
    case "batched":
      return {
        method: "POST",
        body: JSON.stringify([
          { query, variables },
          { query, variables },
        ]),
      };
    case "wrong name":
      return { method: "POST", body: JSON.stringify({ query, variables, operationName: "__proto__" }) };
    default:
      return { method: "POST", body: JSON.stringify({ query, variables }) };
  }
}

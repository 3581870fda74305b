// What clients send: mostly what their tools send all day, and everything else that comes to a public door.
import { bodyOf, operations } from "../gateways/queries.mjs";

const JSON_TYPE = { "content-type": "application/json" };
const PURPOSE = { "x-ipvi-purpose": "case-work" };
/** Of a cold operation: never the same twice in a run, so each is parsed, validated, planned and compiled. */
const PARTS = [
  "level { level asOf }",
  "custody { status }",
  "needs { kind }",
  "cases { id highDanger client { registeredAt } }",
];

const post = (body, more) => ({ method: "POST", path: "/graphql", headers: JSON_TYPE, body, ...more });
const posted = (query, variables) => post(JSON.stringify({ query, variables }));

/**
 * Kinds of requests: how many of a hundred, what is sent, and the answers that are right for it. `anonymous` sends no
 * token; `leaves` hangs up some ms later.
 */
const kinds = {
  "one person": { of: 40, ask: ({ person }) => post(bodyOf("Q1", person)), right: [200] },
  "a conference of 50": { of: 6, ask: ({ conference }) => post(bodyOf("Q2", conference)), right: [200] },
  "by GET": {
    of: 12,
    ask: ({ person }) => ({
      method: "GET",
      path: `/graphql?query=${encodeURIComponent(operations.Q3.text)}&variables=${encodeURIComponent(JSON.stringify({ id: person }))}`,
      headers: {},
    }),
    right: [200],
  },
  "a cold operation": {
    of: 12,
    ask: ({ person, number, random }) =>
      posted(
        `query ($id: ID!) { n${number}: person(id: $id) { id ${PARTS.filter(() => random() < 0.5).join(" ")} } }`,
        {
          id: person,
        },
      ),
    right: [200],
  },
  "an unknown person": { of: 4, ask: () => post(bodyOf("Q1", "nobody")), right: [200] },
  "no token": { of: 3, ask: ({ person }) => post(bodyOf("Q1", person)), right: [401], anonymous: true },
  "a wrong token": {
    of: 3,
    ask: ({ person }) =>
      post(bodyOf("Q1", person), { headers: { ...JSON_TYPE, authorization: "Bearer a.b.c" } }),
    right: [401],
    anonymous: true,
  },
  "no purpose": {
    of: 2,
    ask: ({ person }) => post(bodyOf("Q1", person), { headers: { ...JSON_TYPE, "x-ipvi-purpose": "" } }),
    right: [400],
  },
  "an unknown field": {
    of: 3,
    ask: ({ number }) => posted(`{ person(id: "a") { f${number} } }`),
    right: [200, 400],
  },
  "no GraphQL": { of: 2, ask: ({ number }) => posted(`{ person(${number}`), right: [200, 400] },
  "no JSON": { of: 2, ask: () => post("{"), right: [400] },
  "wrong variables": { of: 3, ask: () => posted(operations.Q3.text, { id: [{}] }), right: [200, 400] },
  "too deep": {
    of: 2,
    ask: () => posted(`${"{ person(id: 1) ".repeat(60)}{ id }${"}".repeat(60)}`),
    right: [200, 400],
  },
  "a client that leaves": {
    of: 6,
    ask: ({ person }) => post(bodyOf("Q1", person)),
    right: [200],
    leaves: 12,
  },
};

/** Requests without end, the same for the same numbers in [0, 1). */
export function* requestsOf({ persons, conferences, tokens, random }) {
  const one = (list) => list[Math.floor(random() * list.length)];
  const drawn = Object.entries(kinds).flatMap(([name, kind]) => Array(kind.of).fill({ name, ...kind }));
  for (let number = 0; ; number += 1) {
    const { name, ask, right, anonymous, leaves } = one(drawn);
    const request = ask({ person: one(persons), conference: one(conferences), number, random });
    const authorization = anonymous ? {} : { authorization: `Bearer ${one(tokens)}` };
    yield {
      name,
      right,
      leavesAfter: leaves === undefined ? undefined : random() * leaves,
      request: {
        ...request,
        headers: { accept: "application/json", ...PURPOSE, ...authorization, ...request.headers },
      },
    };
  }
}

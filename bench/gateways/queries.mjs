// What is asked: the same texts for every contestant.

const person = /* GraphQL */ `
  id
  identity { givenName familyName dateOfBirth phone address }
  level { level asOf confirmedBy }
  reasons { criterion level category }
  charges { title filedOn disposition }
  custody { status facility asOf }
  conditions { kind terms }
  activeWarrantExists`;
const caseOfLaw = "id gate { state asOf } highDanger";
const caseOfAdvocacy =
  "client { registeredAt } clientContact { preferredName phone } outreach { kind outcome madeAt }";
const services =
  "needs { kind statedOn } referrals { service state provider { name phone } } serviceStanding";
const longer = {
  law: "incidents { occurredOn dualParty code }",
  services: "engagement { service attendedOn attended }",
};

/** Selections the hand-written floor sends to each subgraph itself. */
export const selections = { person, caseOfLaw, caseOfAdvocacy, services, longer };

/** The operations of clients; each takes one id. */
export const operations = {
  Q1: {
    what: "one person across three subgraphs",
    ids: "persons",
    text: `query PersonView($id: ID!) { person(id: $id) { ${person} ${services} cases { ${caseOfLaw} ${caseOfAdvocacy} } } }`,
  },
  Q2: {
    what: "a conference list of 50 people across three subgraphs",
    ids: "conferences",
    text: `query ConferenceView($id: ID!) { conference(id: $id) { id heldOn place agenda { position person { ${person} ${longer.law} ${services} ${longer.services} cases { ${caseOfLaw} ${caseOfAdvocacy} } } } } }`,
  },
  Q3: {
    what: "one subgraph, small",
    ids: "persons",
    text: "query LevelView($id: ID!) { person(id: $id) { id identity { givenName familyName } level { level asOf } custody { status } } }",
  },
};

const nameOf = (text) => /query (\w+)/.exec(text)[1];

/** The body of one request. */
export function bodyOf(query, id) {
  const { text } = operations[query];
  return JSON.stringify({ query: text, operationName: nameOf(text), variables: { id } });
}

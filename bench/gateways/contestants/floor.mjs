// The hand-written floor: what a programmer would write for these three operations and no others. Three requests,
// JSON.parse, merge, JSON.stringify. No validation, no completion of results, no errors, no authorization.
import { createServer } from "node:http";
import { Pool } from "undici";
import { selections as s } from "../queries.mjs";
import { announce, given } from "./announce.mjs";

const { addresses } = given;
const pools = Object.fromEntries(
  Object.entries(addresses).map(([name, url]) => [name, new Pool(new URL(url).origin, { connections: 64 })]),
);

const headers = { "content-type": "application/json" };
async function ask(name, query, variables) {
  const { body } = await pools[name].request({
    method: "POST",
    path: "/graphql",
    headers,
    body: JSON.stringify({ query, variables }),
  });
  return JSON.parse(await body.text()).data;
}

const entities = (type, selection) =>
  `query($r:[_Any!]!){_entities(representations:$r){...on ${type}{${selection}}}}`;
const texts = {
  person: `query($id:ID!){person(id:$id){${s.person} cases{${s.caseOfLaw}}}}`,
  conference: `query($id:ID!){conference(id:$id){id heldOn place agenda{position person{${s.person} ${s.longer.law} cases{${s.caseOfLaw}}}}}}`,
  level:
    "query($id:ID!){person(id:$id){id identity{givenName familyName} level{level asOf} custody{status}}}",
  caseEntities: entities("Case", s.caseOfAdvocacy),
  services: entities("Person", s.services),
  servicesLong: entities("Person", `${s.services} ${s.longer.services}`),
};

async function fill(persons, servicesText) {
  const cases = persons.flatMap((person) => person.cases);
  const [ofAdvocacy, ofServices] = await Promise.all([
    ask("advocacy", texts.caseEntities, { r: cases.map(({ id }) => ({ __typename: "Case", id })) }),
    ask("services", servicesText, { r: persons.map(({ id }) => ({ __typename: "Person", id })) }),
  ]);
  cases.forEach((one, n) => Object.assign(one, ofAdvocacy._entities[n]));
  persons.forEach((one, n) => Object.assign(one, ofServices._entities[n]));
}

const operations = {
  PersonView: async (variables) => {
    const data = await ask("law-enforcement", texts.person, variables);
    await fill([data.person], texts.services);
    return data;
  },
  ConferenceView: async (variables) => {
    const data = await ask("law-enforcement", texts.conference, variables);
    await fill(
      data.conference.agenda.map((line) => line.person),
      texts.servicesLong,
    );
    return data;
  },
  LevelView: (variables) => ask("law-enforcement", texts.level, variables),
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const text = JSON.stringify({ data: await operations[operationName](variables) });
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => announce(`http://127.0.0.1:${server.address().port}/graphql`));

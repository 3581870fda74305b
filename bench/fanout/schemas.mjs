// Two subgraphs: one has the alerts, the other adds to the person whom an alert speaks of.
import { parse } from "graphql";

export const SUBGRAPHS = ["alerts", "services"];
/** The scope that the subscription asks for, and the role that has it. */
export const SCOPES = { advocate: ["alerts"] };

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])';

const types = {
  alerts: {
    query: "nothing: Boolean @authenticated",
    rest: `
      scalar Cursor
      type Subscription { arrestAlerts(after: Cursor): ArrestAlert! @requiresScopes(scopes: [["alerts"]]) }
      type ArrestAlert {
        id: ID! @authenticated
        sentAt: String! @authenticated
        level: String! @authenticated
        place: String! @authenticated
        charges: [Charge!]! @authenticated
        person: Person! @authenticated
      }
      type Charge { statute: String! @authenticated title: String! @authenticated }
      type Person @key(fields: "id") { id: ID! @authenticated }`,
  },
  services: {
    query: "greeting: String @authenticated",
    rest: `
      type Person @key(fields: "id") {
        id: ID! @authenticated
        advocate: String @authenticated
        phone: String @authenticated
        safetyPlan: String @authenticated
      }`,
  },
};

/** What every subscriber asks for. */
export const OPERATION =
  "subscription Alerts { arrestAlerts { id sentAt level place charges { statute title } " +
  "person { id advocate phone safetyPlan } } }";

const withoutSecurity = (sdl) => sdl.replace(/ @authenticated| @requiresScopes\(scopes: [^)]*\)/g, "");

/** One subgraph's schema; `secured` keeps the directives of authorization. */
export function schemaOf(name, secured) {
  const { query, rest } = types[name];
  const sdl = `type Query { ${query} } ${rest}`;
  return parse(secured ? `${LINK} ${sdl}` : `${LINK} ${withoutSecurity(sdl)}`);
}

/** The schema in the words of the first federation. */
export function firstFederationSdlOf(name) {
  const { query, rest } = types[name];
  const sdl = withoutSecurity(`extend type Query { ${query} } ${rest}`).replace(
    "type Subscription",
    "extend type Subscription",
  );
  if (name === "alerts") return sdl;
  return sdl.replace("type Person", "extend type Person").replace("id: ID!", "id: ID! @external");
}

/** The schema as the subgraph executes it. */
export function executableSdlOf(name) {
  const { query, rest } = types[name];
  return `${withoutSecurity(`type Query { ${query} _entities(representations: [_Any!]!): [_Entity]! _service: _Service! } ${rest}`).replace(/ @key\([^)]*\)/g, "")}
    scalar _Any
    union _Entity = Person
    type _Service { sdl: String }`;
}

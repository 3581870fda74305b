import { parse, validate, type DocumentNode } from "graphql";
import { verdictOf } from "./verdict";
import { SUBGRAPHS, schemaOf, type Answer, type SubgraphName } from "./hub";
import { mayHave, type Markers } from "./markers";
import { fieldsRead } from "./reading";
import type { Shot } from "./shots";
import type { SentRequest } from "./spy";
import type { Credentials } from "./callers";

const schemas = new Map(SUBGRAPHS.map((name) => [name as string, schemaOf(name)]));

const isRefused = ({ credential, signing, to }: Shot) =>
  credential !== "own" || (to !== "gateway" && signing !== "as the hub");

/** The fields that a document asks of an agency; undefined when it is none that the agency would run. */
function fieldsOf(subgraph: SubgraphName, source: string): Set<string> | undefined {
  const schema = schemas.get(subgraph)!;
  let document: DocumentNode;
  try {
    document = parse(source);
  } catch {
    return undefined;
  }
  return validate(schema, document).length > 0 ? undefined : fieldsRead(schema, document);
}

const HAS_DATA = /"data":\s*\{/;

/** What is wrong with an answer, in words; nothing when it is as the table has it. */
export function faultsOfAnswer(shot: Shot, { status, text }: Answer, markers: Markers): string[] {
  const faults: string[] = [];
  for (const marker of markers.in(text)) {
    if (isRefused(shot) || !mayHave(shot.caller, marker))
      faults.push(`shows ${marker.what} (${marker.value})`);
  }
  if (isRefused(shot) && (status < 400 || HAS_DATA.test(text))) faults.push(`is answered with ${status}`);
  if (/did you mean/i.test(text)) faults.push("is told what it might have meant");
  if (shot.to !== "gateway" && HAS_DATA.test(text)) {
    for (const field of fieldsOf(shot.to, shot.source) ?? []) {
      if (verdictOf(field, shot.caller.role) === "no") faults.push(`has an answer with ${field} in it`);
    }
  }
  return faults;
}

/** What is wrong with a request that the gateway sent: a field that the one who asks may not see. */
export function faultsOfRequest(
  { subgraph, authorization, body }: SentRequest,
  credentials: Credentials,
): string[] {
  const caller = credentials.ownerOf(authorization);
  if (!caller) return [`${subgraph} was asked with a credential that is nobody's`];
  const { query } = JSON.parse(body) as { query: string };
  return [...fieldsRead(schemas.get(subgraph)!, parse(query))]
    .filter((field) => verdictOf(field, caller.role) === "no")
    .map((field) => `${subgraph} was asked for ${field} for ${caller.name}: ${query}`);
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { createPlanner } from "../../gateway/engine/plan";
import { SIGNATURE_HEADER } from "../../platform/hub-signature/message";
import { PROJECT_ROOT } from "../../platform/project-root";
import type { Credentials } from "./callers";
import type { Answer, Hub } from "./hub";
import { faultsOfAnswer, faultsOfRequest } from "./oracle";
import { ASKERS, bodyOf, shots, type Aim, type Shot } from "./shots";
import type { SentRequest } from "./spy";
import type { World } from "./world";

/** Operations at one time, each asked by several callers. */
const VOLLEY = 3;

export interface Fuzz extends Aim {
  readonly operations: number;
  readonly seed: number;
  /** Also hold every request that the gateway sends to the table. */
  readonly watchRequests: boolean;
}

/** What a fuzz has done. */
export interface Fired {
  operations: number;
  /** Answers that hold data. */
  answered: number;
  /** Markers that came to those who may have them. */
  shown: number;
  /** Requests of the gateway that were looked at. */
  requests: number;
}

export class Leak extends Error {
  override readonly name = "Leak";
}

interface Range {
  readonly world: World;
  readonly hub: Hub;
  readonly credentials: Credentials;
}

/** A request of the hub's own, to be sent again by somebody who saw it. */
type Overheard = Map<string, SentRequest>;

async function fire(
  shot: Shot,
  { hub, credentials }: Range,
  overheard: Overheard,
): Promise<Answer | undefined> {
  const { caller, to, credential, signing } = shot;
  const { body, method } = bodyOf(shot);
  const authorization = credential === "own" ? credentials.own(caller) : credentials.bad(caller, credential);
  if (signing === "replayed" || signing === "replayed over another body") {
    const heard = overheard.get(to);
    if (!heard) return undefined;
    const signature = String(heard.headers[SIGNATURE_HEADER]);
    const { body: heardBody, authorization: heardAuthorization } = heard;
    return signing === "replayed"
      ? hub.ask(to, { authorization: heardAuthorization, body: heardBody, signature })
      : hub.ask(to, { authorization, body, method, signature });
  }
  return hub.ask(to, { authorization, body, method, ...(signing === "not" ? { signature: "" } : {}) });
}

function sentence(
  { caller, to, credential, signing, twist, source, variables }: Shot,
  faults: readonly string[],
): string {
  const how = [`credential ${credential}`, `signed ${signing}`, twist ?? "well formed"].join(", ");
  return `${caller.name} asks ${to} (${how}) and ${faults.join("; ")}:\n${source}\n${JSON.stringify(variables)}`;
}

const { apiSchema } = createPlanner(readFileSync(join(PROJECT_ROOT, "schema", "supergraph.graphql"), "utf8"));

/**
 * Fires random operations at a hub, many at one time, and holds each answer, and each request that the gateway sent, to
 * the table.
 *
 * @throws Leak with seed, role and operation.
 */
export async function fuzz(range: Range, { operations, seed, watchRequests, ...aim }: Fuzz): Promise<Fired> {
  const { world, hub, credentials } = range;
  const fired: Fired = { operations: 0, answered: 0, shown: 0, requests: 0 };
  const overheard: Overheard = new Map();
  const one = shots(world, apiSchema, aim);
  hub.sent();
  const volley = async (aimed: readonly Shot[]) => {
    const all = aimed.flatMap((shot) => [shot, ...shot.others.map((caller) => ({ ...shot, caller }))]);
    const answers = await Promise.all(all.map((shot) => fire(shot, range, overheard)));
    const faults = answers.flatMap((answer, index) => {
      if (!answer) return [];
      const shot = all[index]!;
      fired.operations += 1;
      if (answer.text.includes('"data":{')) fired.answered += 1;
      fired.shown += world.markers.in(answer.text).length;
      const found = faultsOfAnswer(shot, answer, world.markers);
      return found.length === 0 ? [] : [sentence(shot, found)];
    });
    for (const sent of hub.sent()) {
      fired.requests += 1;
      overheard.set(sent.subgraph, sent);
      if (watchRequests) faults.push(...faultsOfRequest(sent, credentials));
    }
    if (faults.length > 0) throw new Leak(`seed ${seed}:\n${faults.slice(0, 3).join("\n")}`);
  };
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: VOLLEY, maxLength: VOLLEY }), volley),
      // What failed says all by itself; asking it again by halves would take long.
      { numRuns: Math.ceil(operations / (ASKERS * VOLLEY)), seed, endOnFailure: true },
    );
  } catch (error) {
    const { cause } = error as Error;
    throw cause instanceof Leak ? cause : error;
  }
  return fired;
}

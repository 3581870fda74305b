import { own, type JsonObject } from "./json";
import type { SubgraphAnswer } from "./subgraph-client";

/** Entities asked for in one request at most; one that alone asks for more has its own. */
const MOST_ENTITIES = 64;

type Ask = (representations: readonly string[]) => Promise<SubgraphAnswer>;

interface Waiting {
  readonly representations: readonly string[];
  readonly answered: (answer: SubgraphAnswer) => void;
}

/** Errors of a request's share of entities, as if it had been asked for alone; those of no entity are everybody's. */
function errorsOf(errors: readonly JsonObject[], from: number, to: number): JsonObject[] {
  return errors.flatMap((error) => {
    const path = own(error, "path");
    if (!Array.isArray(path) || path[0] !== "_entities" || typeof path[1] !== "number") return [error];
    const [field, index, ...rest] = path;
    return index >= from && index < to ? [{ ...error, path: [field, index - from, ...rest] }] : [];
  });
}

async function askTogether(group: readonly Waiting[], ask: Ask): Promise<void> {
  const all = group.flatMap(({ representations }) => representations);
  const answer = await ask(all);
  const found = answer.kind === "answered" && answer.data ? own(answer.data, "_entities") : undefined;
  // Of too few or too many nobody knows which is whose.
  const entities = Array.isArray(found) && found.length === all.length ? found : undefined;
  let from = 0;
  for (const { representations, answered } of group) {
    const to = from + representations.length;
    if (answer.kind !== "answered") answered(answer);
    else {
      answered({
        kind: "answered",
        data: entities ? { _entities: entities.slice(from, to) } : null,
        errors: errorsOf(answer.errors, from, to),
      });
    }
    from = to;
  }
}

/**
 * Asks for entities that several events of one reader need at one time in one request, and gives each its own of the answer.
 * What is asked in one round of the event loop is asked together.
 */
export class GatheredAsks {
  private readonly waiting = new Map<string, Waiting[]>();

  /**
   * Resolves with the answer as if these entities had been asked for alone.
   *
   * @param key Names the request: all but its representations.
   */
  ask(key: string, representations: readonly string[], ask: Ask): Promise<SubgraphAnswer> {
    return new Promise((answered) => {
      const one = { representations, answered };
      const others = this.waiting.get(key);
      if (others) return others.push(one);
      this.waiting.set(key, [one]);
      setImmediate(() => this.send(key, ask));
    });
  }

  private send(key: string, ask: Ask): void {
    const all = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    let group: Waiting[] = [];
    let count = 0;
    for (const one of all) {
      if (count > 0 && count + one.representations.length > MOST_ENTITIES) {
        void askTogether(group, ask);
        [group, count] = [[], 0];
      }
      group.push(one);
      count += one.representations.length;
    }
    void askTogether(group, ask);
  }
}

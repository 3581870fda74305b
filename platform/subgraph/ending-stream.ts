import type { ExecutionResult } from "graphql";
import { streamError } from "./stream-error";

/** ms that a timer may run: a token that lives longer is asked for again. */
const LONGEST_TIMER = 2_147_483_647;

export interface EndingStreamOptions<Item> {
  /** Its `return()` ends a `next()` under way. */
  readonly source: AsyncIterableIterator<Item, void>;
  /** What is sent for an item, in order. `ended` tells, while it works, that nobody waits any more. */
  readonly resultsOf: (item: Item, ended: () => boolean) => AsyncIterable<ExecutionResult>;
  /** When the caller's token expires: the stream ends with TOKEN_EXPIRED. */
  readonly expiresAt: Date;
  /** Says why it failed. */
  readonly errorOf: (error: unknown) => Error;
}

/**
 * A stream of results that ends when the caller's token does, and at once when it is returned: a generator alone would
 * wait for its next item before it ends.
 */
export function endingStream<Item>(
  options: EndingStreamOptions<Item>,
): AsyncGenerator<ExecutionResult, void, void> {
  const { source, resultsOf, expiresAt, errorOf } = options;
  let expired = false;
  let left = false;
  const end = () => void source.return?.().catch(() => undefined);
  const lifetime = Math.max(0, Math.min(expiresAt.getTime() - Date.now(), LONGEST_TIMER));
  const expiry = setTimeout(() => {
    expired = true;
    end();
  }, lifetime);
  const ended = () => expired || left;

  async function* run(): AsyncGenerator<ExecutionResult, void, void> {
    try {
      for await (const item of source) {
        if (ended()) break;
        for await (const result of resultsOf(item, ended)) {
          if (ended()) break;
          yield result;
        }
      }
    } catch (error) {
      if (!ended()) throw errorOf(error);
    } finally {
      clearTimeout(expiry);
    }
    if (expired && !left) throw streamError("TOKEN_EXPIRED");
  }

  const results = run();
  const leave = () => {
    left = true;
    clearTimeout(expiry);
    end();
    return results.return();
  };
  return {
    next: () => results.next(),
    return: leave,
    throw: leave,
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await leave()),
  };
}

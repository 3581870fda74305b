/** Nonces seen, each kept while a request with its timestamp could still be accepted. */
export interface Nonces {
  /** False when it was used before, or when the store is full: nothing is forgotten early to make room. */
  use(nonce: string, timestamp: number, now: number): boolean;
}

/**
 * @param window ms that a timestamp may lie before or after now. Nonces are kept by spans of that length, and a whole
 *   span is dropped once every timestamp in it is too old.
 */
export function createNonces(window: number, most: number): Nonces {
  const spans = new Map<number, Set<string>>();
  let size = 0;
  function dropOld(now: number): void {
    for (const [span, nonces] of spans) {
      if ((span + 1) * window > now - window) continue;
      spans.delete(span);
      size -= nonces.size;
    }
  }
  return {
    use: (nonce, timestamp, now) => {
      dropOld(now);
      const span = Math.floor(timestamp / window);
      let nonces = spans.get(span);
      if (nonces?.has(nonce) || size >= most) return false;
      if (!nonces) spans.set(span, (nonces = new Set()));
      nonces.add(nonce);
      size += 1;
      return true;
    },
  };
}

/** Who listens to which topic, in one process. */
export interface Listeners {
  add(topic: string, listener: () => void): () => void;
  wake(topic: string): void;
  wakeAll(): void;
  clear(): void;
}

export function createListeners(): Listeners {
  // By an object of its own each, so that one function may listen twice.
  const listening = new Map<object, { readonly topic: string; readonly listener: () => void }>();
  const wake = (wanted: (topic: string) => boolean) => {
    for (const { topic, listener } of [...listening.values()]) if (wanted(topic)) listener();
  };
  return {
    add(topic, listener) {
      const one = { topic, listener };
      listening.set(one, one);
      return () => listening.delete(one);
    },
    wake: (topic) => wake((one) => one === topic),
    wakeAll: () => wake(() => true),
    clear: () => listening.clear(),
  };
}

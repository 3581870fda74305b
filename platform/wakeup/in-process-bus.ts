import { createListeners } from "./listeners";
import type { WakeUpBus } from "./wake-up-bus";

/** A bus within this process, for one process alone and for tests. */
export function createInProcessBus(): WakeUpBus {
  const listeners = createListeners();
  return {
    publish: (topic) => listeners.wake(topic),
    subscribe: (topic, listener) => listeners.add(topic, listener),
    close: async () => listeners.clear(),
  };
}

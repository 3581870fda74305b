import { backoff } from "./backoff";
import { createListeners } from "./listeners";
import type { BusNotice, WakeUpBus } from "./wake-up-bus";

/** A connection over which wake-ups come and go. */
export interface Link {
  publish(topic: string): Promise<unknown>;
  end(): Promise<unknown>;
}

/**
 * Makes a connection that hears every wake-up by the time it resolves; `attempt` counts from 0 since one held. It calls
 * `gone` when the connection ends for whatever reason, and may do so more than once, or after it has rejected.
 */
export type Connect = (
  on: { readonly wake: (topic: string) => void; readonly gone: () => void },
  attempt: number,
) => Promise<Link>;

/**
 * A bus over a connection that may be lost. It connects by itself, and again after a loss, with a longer and longer
 * pause; then it wakes everybody, for something may have been missed.
 */
export function createConnectedBus(connect: Connect, onNotice: BusNotice): WakeUpBus {
  const listeners = createListeners();
  const ending = new AbortController();
  let link: Link | undefined;
  let lost = false;

  /** One connection, from its making to its end. */
  async function hold(attempt: number): Promise<{ readonly held: boolean }> {
    let leave: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (leave = resolve));
    ending.signal.addEventListener("abort", leave, { once: true });
    try {
      link = await connect({ wake: (topic) => listeners.wake(topic), gone: leave }, attempt);
    } catch {
      return { held: false };
    }
    if (lost) onNotice("back");
    lost = false;
    listeners.wakeAll();
    await gone;
    ending.signal.removeEventListener("abort", leave);
    const last = link;
    link = undefined;
    await last.end().catch(() => undefined);
    return { held: true };
  }

  async function keep(): Promise<void> {
    for (let attempt = 0; !ending.signal.aborted;) {
      const { held } = await hold(attempt);
      if (ending.signal.aborted) return;
      if (!lost) onNotice("lost");
      lost = true;
      attempt = held ? 1 : attempt + 1;
      await pause(backoff(attempt, Math.random()), ending.signal);
    }
  }

  const kept = keep();
  return {
    publish(topic) {
      link?.publish(topic).catch(() => undefined);
    },
    subscribe: (topic, listener) => listeners.add(topic, listener),
    async close() {
      listeners.clear();
      ending.abort();
      await kept;
    },
  };
}

/** Resolves after so many ms, or at once when the signal comes. Keeps no process alive. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    timer.unref();
    signal.addEventListener("abort", done, { once: true });
  });
}

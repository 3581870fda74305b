/**
 * Spares a subgraph that does not answer, and the callers who would wait for it: closed (all pass), open (none pass),
 * half-open (one probe passes; its outcome decides).
 */
export interface CircuitBreaker {
  /** True when a request may be sent now. A true must be followed by `succeeded` or `failed`, or by neither. */
  mayPass(): boolean;
  succeeded(): void;
  failed(): void;
}

/** Failures in a row that open the circuit: one lost connection is an accident, five are a server that is down. */
const FAILURES_TO_OPEN = 5;
/** ms from opening to the first probe, and between probes: alerts wait for it, so it is short. */
const PAUSE = 1_000;

/** `now` is a monotonic clock in ms. */
export function createCircuitBreaker(now: () => number = () => performance.now()): CircuitBreaker {
  let failures = 0;
  let nextProbe = 0;
  return {
    mayPass: () => {
      if (failures < FAILURES_TO_OPEN) return true;
      if (now() < nextProbe) return false;
      // The others wait for this one's outcome, at most another pause long.
      nextProbe = now() + PAUSE;
      return true;
    },
    succeeded: () => {
      failures = 0;
    },
    failed: () => {
      failures += 1;
      if (failures >= FAILURES_TO_OPEN) nextProbe = now() + PAUSE;
    },
  };
}

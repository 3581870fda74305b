import { createCircuitBreaker } from "./circuit-breaker";

describe("the circuit breaker", () => {
  let now = 0;
  const breaker = () => createCircuitBreaker(() => now);
  beforeEach(() => {
    now = 0;
  });

  function opened() {
    const it = breaker();
    for (let failure = 0; failure < 5; failure++) it.failed();
    return it;
  }

  test("stays closed below five failures in a row", () => {
    const it = breaker();
    for (let round = 0; round < 10; round++) {
      for (let failure = 0; failure < 4; failure++) it.failed();
      expect(it.mayPass()).toBe(true);
      it.succeeded();
    }
  });

  test("opens at the fifth, and lets one probe through after a pause", () => {
    const it = opened();
    expect(it.mayPass()).toBe(false);
    now = 1_000;
    expect([it.mayPass(), it.mayPass()]).toEqual([true, false]);
  });

  test("a probe that fails opens it for another pause; one that succeeds closes it", () => {
    const it = opened();
    now = 1_000;
    it.mayPass();
    it.failed();
    expect(it.mayPass()).toBe(false);
    now = 2_000;
    it.mayPass();
    it.succeeded();
    expect([it.mayPass(), it.mayPass()]).toEqual([true, true]);
  });

  test("a probe whose outcome never comes does not keep it open for good", () => {
    const it = opened();
    now = 1_000;
    it.mayPass();
    now = 2_000;
    expect(it.mayPass()).toBe(true);
  });
});

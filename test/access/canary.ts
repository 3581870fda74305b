import { openHub } from "./hub";
import { createCredentials, type Credentials } from "./callers";
import { fuzz, type Fired } from "./volley";
import { createWorld, type World } from "./world";

/**
 * The short form. `.ci/run` asks for 10,000 by `npm run fuzz:access`, which takes any number. The seed is fixed, so that a
 * failure in a pipeline is a failure at the desk.
 */
const RUNS = Number(process.env["ACCESS_RUNS"] ?? 2_000);
const SEED = Number(process.env["ACCESS_SEED"] ?? 20_260_301);
/** ms for one operation, many times what it takes. */
const LONGEST = 200;

type Walls = NonNullable<Parameters<typeof openHub>[2]>;
type Door = "gateway" | "agencies";

/** Half of the run, at one kind of door: the two halves are two files, so that they run side by side. */
export function canary(at: Door): void {
  const operations = Math.ceil(RUNS / 2);
  let world: World;
  let credentials: Credentials;

  beforeAll(async () => {
    [world, credentials] = await Promise.all([createWorld(), createCredentials()]);
  }, 300_000);
  afterAll(() => world?.drop());

  async function fuzzWith(
    walls: Walls,
    more: { operations: number; watchRequests: boolean },
  ): Promise<Fired> {
    const hub = await openHub(world, credentials, walls);
    try {
      const fired = await fuzz({ world, hub, credentials }, { seed: SEED, at, ...more });
      expect(world.markers.in(hub.logs())).toEqual([]);
      return fired;
    } finally {
      await hub.close();
    }
  }

  describe(`random operations of everybody at the ${at}`, () => {
    test(
      `${operations}: not one marker where the table says no, nor a request of the gateway for one`,
      async () => {
        const fired = await fuzzWith({ gateway: true, subgraphs: true }, { operations, watchRequests: true });
        // Else nothing was tried: some are malformed or refused on purpose, and much of the rest is nobody's.
        expect(fired.answered).toBeGreaterThan(operations / 10);
        expect(fired.shown).toBeGreaterThan(operations / 20);
        expect(fired.requests).toBeGreaterThan(operations / 50);
      },
      300_000 + operations * LONGEST,
    );

    const few = { operations: Math.min(operations, 180), watchRequests: false };
    test("with no wall at all this test finds the leak, and says who asked what", async () => {
      await expect(fuzzWith({ gateway: false, subgraphs: false }, few)).rejects.toThrow(
        /seed[^]*asks[^]*(shows|has an answer with)/,
      );
    }, 300_000);

    // Past the gateway there is no first wall to hold.
    if (at === "gateway") {
      test.each([
        { gateway: false, subgraphs: true },
        { gateway: true, subgraphs: false },
      ])(
        "not one either with %j: one wall is enough",
        async (walls) => {
          expect((await fuzzWith(walls, few)).shown).toBeGreaterThan(0);
        },
        300_000,
      );

      test("with the first wall gone this test finds the requests that no gateway may send", async () => {
        const walls = { gateway: false, subgraphs: true };
        await expect(fuzzWith(walls, { ...few, watchRequests: true })).rejects.toThrow(/was asked for/);
      }, 300_000);
    }
  });
}

import fc from "fast-check";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "graphql";
import { refuseUnplannable } from "../../../cli/generate/refuse-unsafe";
import { loadSupergraph } from "../../../gateway/supergraph/load-supergraph";
import { planningHazards } from "../../../gateway/supergraph/planning-hazards";
import { PROJECT_ROOT } from "../../../platform/project-root";
import { federate, type Federation } from "./harness";
import { chained, type Chain } from "./worlds/chains";
import { requires } from "./worlds/requires";

/** size in a, second of size in b, third of second in c: good where the entity comes from a or c. */
const good: Chain = {
  fields: {
    size: { in: "a", of: [] },
    second: { in: "b", of: ["size"] },
    third: { in: "c", of: ["second"] },
  },
  entries: ["a"],
};
const plain = { plain: { in: "b", of: [] } };
const third = "Item.third of c requires Item.second";
const fourth = (subgraph: string) => ({ ...good.fields, fourth: { in: subgraph, of: ["third"] } });

const chains: readonly (readonly [string, Chain, string | undefined])[] = [
  ["the first field's subgraph begins", { ...good, fields: { ...good.fields, ...plain } }, undefined],
  ["the last field's subgraph begins", { ...good, entries: ["c"] }, undefined],
  ["a fourth field, in a subgraph of its own", { fields: fourth("d"), entries: ["a"] }, undefined],
  ["a fourth field, in the first's subgraph", { fields: fourth("a"), entries: ["a"] }, undefined],
  ["the subgraph in the middle begins", { ...good, entries: ["b"] }, third],
  ["the fourth field is in the subgraph of the second", { fields: fourth("b"), entries: ["a"] }, third],
  [
    "the third field's subgraph begins",
    { fields: fourth("d"), entries: ["c"] },
    "Item.fourth of d requires Item.third",
  ],
  ["the middle leads from one key to another", { ...good, keys: { b: ["id", "sku"], c: ["sku"] } }, third],
];

/** The entity's fields from every entry, each alone and all at once, that come out otherwise than in the monolith. */
async function wrongOf(federation: Federation, { fields, entries }: Chain): Promise<string[]> {
  const wrong: string[] = [];
  for (const entry of entries) {
    for (const asked of [...Object.keys(fields), Object.keys(fields).join(" ")]) {
      const source = `{ from_${entry} { ${asked} } }`;
      const { engine, monolith } = await federation.run(source);
      if (engine.text !== monolith.text) wrong.push(source);
    }
  }
  return wrong;
}

/** Each field of earlier ones in other subgraphs; three subgraphs, so that chains come back. */
const randomChain: fc.Arbitrary<Chain> = fc
  .record({
    places: fc.array(fc.constantFrom("a", "b", "c"), { minLength: 3, maxLength: 6 }),
    picks: fc.array(fc.nat({ max: 5 }), { minLength: 6, maxLength: 6 }),
    entries: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 2 }),
  })
  .map(({ places, picks, entries }) => ({
    entries,
    fields: Object.fromEntries(
      places.map((place, n) => {
        const earlier = places.flatMap((other, m) => (m < n && other !== place ? [`f${m}`] : []));
        // The nearest ones make the longest chains.
        return [`f${n}`, { in: place, of: earlier.slice(Math.max(0, earlier.length - (picks[n]! % 3))) }];
      }),
    ),
  }));

/** Each composes a supergraph: a quarter of what random operations get. */
const RUNS = Math.ceil(Number(process.env["FEDERATION_RUNS"] ?? 60) / 4);
const SEED = Number(process.env["FEDERATION_SEED"] ?? 20_260_301);

describe("chains of @requires that the planner gets wrong in silence", () => {
  test.each(chains)("%s: said to be so exactly when it is", async (_, chain, said) => {
    const federation = federate(chained(chain));
    const hazards = planningHazards(parse(federation.supergraph));
    expect(hazards).toEqual(said === undefined ? [] : [expect.stringContaining(said)]);
    expect((await wrongOf(federation, chain)).length > 0).toBe(said !== undefined);
  });

  test("random chains: those it says nothing of are planned well", async () => {
    const check = async (chain: Chain) => {
      const federation = federate(chained(chain));
      fc.pre(planningHazards(parse(federation.supergraph)).length === 0);
      expect(await wrongOf(federation, chain)).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(randomChain, check), { numRuns: RUNS, seed: SEED });
  });

  const supergraphOf = (chain: Chain) => federate(chained(chain)).supergraph;
  const wrong = supergraphOf({ ...good, entries: ["b"] });

  test("generate refuses them with both coordinates; the hub's own schema has none", () => {
    expect(() => refuseUnplannable(wrong)).toThrow(
      "Item.third of c requires Item.second, which b makes of size",
    );
    for (const fine of [
      readFileSync(join(PROJECT_ROOT, "schema/supergraph.graphql"), "utf8"),
      federate(requires).supergraph,
    ])
      expect(() => refuseUnplannable(fine)).not.toThrow();
  });

  test("the gateway warns of them when it starts over a supergraph that was composed elsewhere", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hazards-"));
    const emitWarning = jest.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    try {
      for (const [name, sdl] of [
        ["fine", supergraphOf(good)],
        ["wrong", wrong],
      ] as const) {
        writeFileSync(join(folder, name), sdl);
        await loadSupergraph(join(folder, name));
      }
      expect(emitWarning.mock.calls).toEqual([
        [expect.stringContaining("Item.third of c requires Item.second"), "SupergraphWarning"],
      ]);
    } finally {
      emitWarning.mockRestore();
      rmSync(folder, { recursive: true });
    }
  });
});

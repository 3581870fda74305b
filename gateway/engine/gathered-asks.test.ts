import { GatheredAsks } from "./gathered-asks";
import type { JsonObject } from "./json";
import type { SubgraphAnswer } from "./subgraph-client";

/** An agency that gives each representation back, and refuses those that begin with "no". */
function agency() {
  const asked: (readonly string[])[] = [];
  const ask = async (representations: readonly string[]): Promise<SubgraphAnswer> => {
    asked.push(representations);
    return {
      kind: "answered",
      data: { _entities: representations.map((one) => (one.startsWith("no") ? null : { is: one })) },
      errors: representations.flatMap((one, index): JsonObject[] =>
        one.startsWith("no") ? [{ message: one, path: ["_entities", index, "name"] }] : [],
      ),
    };
  };
  return { asked, ask };
}

const alone = (...representations: string[]) => agency().ask(representations);

test("what is asked in one round goes together, and each has the answer it would have had alone", async () => {
  const { asked, ask } = agency();
  const gathered = new GatheredAsks();
  const answers = await Promise.all([
    gathered.ask("names", ["a", "no b"], ask),
    gathered.ask("names", ["no c"], ask),
    gathered.ask("names", ["d", "e", "no f"], ask),
  ]);
  expect(asked).toEqual([["a", "no b", "no c", "d", "e", "no f"]]);
  expect(answers).toEqual([await alone("a", "no b"), await alone("no c"), await alone("d", "e", "no f")]);
  await gathered.ask("names", ["later"], ask);
  expect(asked).toHaveLength(2);
});

test("other requests go by themselves, and no request asks for more than 64 entities of several", async () => {
  const { asked, ask } = agency();
  const gathered = new GatheredAsks();
  const hundred = Array.from({ length: 100 }, (_, n) => `h${n}`);
  const thirty = Array.from({ length: 30 }, (_, n) => `t${n}`);
  const answers = await Promise.all([
    gathered.ask("names", thirty, ask),
    gathered.ask("names", thirty, ask),
    gathered.ask("names", hundred, ask),
    gathered.ask("names", thirty, ask),
    gathered.ask("orders", ["x"], ask),
  ]);
  expect(asked.map(({ length }) => length)).toEqual([60, 100, 30, 1]);
  expect(answers[2]).toEqual(await alone(...hundred));
});

test.each<[string, SubgraphAnswer]>([
  ["no answer", { kind: "unavailable" }],
  ["an answer that is not GraphQL", { kind: "bad-response" }],
  [
    "an error of the request as a whole",
    { kind: "answered", data: null, errors: [{ message: "No.", extensions: { code: "FORBIDDEN" } }] },
  ],
])("%s is everybody's", async (_what, answer) => {
  const gathered = new GatheredAsks();
  const ask = async () => answer;
  expect(await Promise.all([gathered.ask("n", ["a"], ask), gathered.ask("n", ["b"], ask)])).toEqual([
    answer,
    answer,
  ]);
});

test("too few entities are too few for everybody", async () => {
  const gathered = new GatheredAsks();
  const ask = async (): Promise<SubgraphAnswer> => ({
    kind: "answered",
    data: { _entities: [{ is: "a" }] },
    errors: [],
  });
  const [one, other] = await Promise.all([gathered.ask("n", ["a"], ask), gathered.ask("n", ["b"], ask)]);
  expect([one, other]).toEqual([
    { kind: "answered", data: null, errors: [] },
    { kind: "answered", data: null, errors: [] },
  ]);
});

import { inItemOrder } from "./risk-assessment";

test("answers come in the order of their items, numbers as numbers", () => {
  const answers = { "10": "no", "2": "yes", "10a": "not asked", "1": "unknown" } as const;
  expect(inItemOrder(answers).map(({ item }) => item)).toEqual(["1", "2", "10", "10a"]);
  expect(inItemOrder(answers)[1]).toEqual({ item: "2", answer: "yes" });
});

import { hubSignersOf } from "./hub-signers";

const ONE = "the-secret-of-the-hub-and-one-agency";
const TWO = "the-secret-of-the-hub-and-another-agency";

describe("H5: the hub shares a secret with each agency alone", () => {
  test("each subgraph has its own signature", () => {
    expect([...hubSignersOf({ one: ONE, two: TWO }, ["one", "two"]).keys()]).toEqual(["one", "two"]);
  });

  test.each([
    ["a subgraph without a secret", { one: ONE }, "The hub shares no secret with the subgraph two."],
    ["two with the same", { one: ONE, two: ONE }, "The subgraph two has the hub secret of another."],
    ["one that is short", { one: ONE, two: "short" }, "A hub secret has at least 32 bytes."],
  ])("%s stops the start", (_title, secrets, message) => {
    expect(() => hubSignersOf(secrets as Record<string, string>, ["one", "two"])).toThrow(message);
  });
});

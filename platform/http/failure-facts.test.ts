import { failureFacts } from "./failure-facts";

test("A16: a failure is told by its name, its code and where it was", () => {
  const failure = Object.assign(new TypeError("her name"), { code: "XX001" });
  const { error: name, code, at } = failureFacts(failure);
  expect([name, code]).toEqual(["TypeError", "XX001"]);
  expect(at[0]).toMatch(/^at .*failure-facts\.test\.ts:\d+:\d+\)?$/);
});

test.each([
  ["in lines that look like frames", "no\n    at secret (/secret:1:1)\nat secret\n    at /secret.ts:1:1"],
  ["over several lines", "no\nsecret\n  secret"],
])("A16: nothing of its message is told: %s", (_what, message) => {
  expect(JSON.stringify(failureFacts(new Error(message)))).not.toContain("secret");
});

test("A16: of a message that was changed later neither is told, and no stack that cannot be told from it", () => {
  const failure = new Error("no\n    at secret (/secret:1:1)");
  // Written once, here or when it was made.
  expect(failure.stack).toContain("secret");
  failure.message = "another";
  expect(failureFacts(failure)).toEqual({ error: "Error", code: undefined, at: [] });
});

test.each([undefined, null, "secret", 7])("A16: what is no error is told as nothing: %s", (thrown) => {
  expect(failureFacts(thrown)).toEqual({ error: undefined, code: undefined, at: [] });
});

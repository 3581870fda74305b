import { askAdvocacy } from "./advocacy-holds";

test.each([
  ['{"hold":false}', "clear"],
  ['{"hold":true}', "held"],
  [null, null],
  ["", null],
  ["{}", null],
  ['{"hold":"no"}', null],
  ['{"hold":false,"why":"x"}', null],
  ["false", null],
  ["[]", null],
])("L24: the answer %j of the advocacy side reads %j", async (text, read) => {
  const asked: [string, number][] = [];
  const holds = askAdvocacy((body, deadline) => {
    asked.push([body, deadline]);
    return Promise.resolve(text);
  });
  expect(await holds.ask("some contact", 50)).toBe(read);
  expect(asked).toEqual([['{"contactId":"some contact"}', 50]]);
});

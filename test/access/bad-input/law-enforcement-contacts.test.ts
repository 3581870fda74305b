import { openSwept, type Swept } from "./law-enforcement.fixture";

let swept: Swept;
beforeAll(async () => {
  swept = await openSwept();
}, 60_000);
afterAll(() => swept?.close());

test("L96: every bad input of every mutation of contacts, call-ins and letters is refused with a problem and changes nothing; not yours is answered as not there", async () => {
  expect(await swept.contacts()).toEqual({});
}, 240_000);

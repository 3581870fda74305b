import { newestFirst, type Position } from "./newest-first";

const idOf = (digit: number) => `${digit}0000000-0000-4000-8000-000000000000`;
/** A list of rows that all came in one microsecond. */
const listOf = (ids: string[]) => async (after: Position | null, limit: number) =>
  ids
    .filter((id) => after === null || id > after.id)
    .slice(0, limit)
    .map((id) => ({ row: id, position: { micros: "1763700000000001", id } }));
const ids = [1, 2, 3, 4].map(idOf);

test("a last page that is exactly full has no page after it", async () => {
  const first = await newestFirst({ first: 2 }, listOf(ids));
  expect(first).toMatchObject({ rows: ids.slice(0, 2), hasNextPage: true });
  const second = await newestFirst({ first: 2, after: first.endCursor }, listOf(ids));
  expect(second).toMatchObject({ rows: ids.slice(2), hasNextPage: false });
  expect(await newestFirst({ first: 2, after: second.endCursor }, listOf(ids))).toEqual({
    rows: [],
    endCursor: null,
    hasNextPage: false,
  });
});

test("the cursor gives back the position to the microsecond", async () => {
  const { endCursor } = await newestFirst({ first: 1 }, listOf(ids));
  const read = jest.fn(listOf(ids));
  await newestFirst({ first: 1, after: endCursor }, read);
  expect(read).toHaveBeenCalledWith({ micros: "1763700000000001", id: ids[0] }, 2);
});

const written = (text: string) => Buffer.from(text).toString("base64url");
test.each([
  { first: 0 },
  { first: -1 },
  { first: 201 },
  { first: 2, after: "" },
  { first: 2, after: "no cursor" },
  { first: 2, after: idOf(1) },
  { first: 2, after: written("1 no-uuid") },
  { first: 2, after: written(`1.5 ${idOf(1)}`) },
  { first: 2, after: written(`12345678901234567 ${idOf(1)}`) },
  { first: 2, after: written(`1 ${idOf(1)} 1`) },
])("%j is refused before anything is read", async (page) => {
  const read = jest.fn(listOf(ids));
  await expect(newestFirst(page, read)).rejects.toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  expect(read).not.toHaveBeenCalled();
});

import { BY_ID, readPage } from "./pages";

const ids = [1, 2, 3, 4].map((digit) => `${digit}0000000-0000-4000-8000-000000000000`);
const read = async (after: readonly string[] | null, limit: number) =>
  ids
    .filter((id) => after === null || id > after[0]!)
    .slice(0, limit)
    .map((id) => ({ id }));

test("a last page that is exactly full has no page after it", async () => {
  const first = await readPage({ first: 2, after: null }, BY_ID, read);
  expect(first).toMatchObject({ rows: [{ id: ids[0] }, { id: ids[1] }], hasNextPage: true });
  const second = await readPage({ first: 2, after: first.endCursor }, BY_ID, read);
  expect(second).toMatchObject({ rows: [{ id: ids[2] }, { id: ids[3] }], hasNextPage: false });
  expect(await readPage({ first: 2, after: second.endCursor }, BY_ID, read)).toEqual({
    rows: [],
    endCursor: null,
    hasNextPage: false,
  });
});

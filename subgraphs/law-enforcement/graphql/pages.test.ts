import { readPage } from "./pages";

const ids = [1, 2, 3, 4].map((digit) => `${digit}0000000-0000-4000-8000-000000000000`);
const read = async (afterId: string | null, limit: number) =>
  ids
    .filter((id) => afterId === null || id > afterId)
    .slice(0, limit)
    .map((id) => ({ id }));

test("a last page that is exactly full has no page after it", async () => {
  const first = await readPage({ first: 2, after: null }, read);
  expect(first).toMatchObject({ rows: [{ id: ids[0] }, { id: ids[1] }], hasNextPage: true });
  const second = await readPage({ first: 2, after: first.endCursor }, read);
  expect(second).toMatchObject({ rows: [{ id: ids[2] }, { id: ids[3] }], hasNextPage: false });
  expect(await readPage({ first: 2, after: second.endCursor }, read)).toEqual({
    rows: [],
    endCursor: null,
    hasNextPage: false,
  });
});

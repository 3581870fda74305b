import type { DataSource } from "typeorm";
import { loaderOf } from "./loader";

class Row {
  id!: string;
  parent!: string;
}

test("all keys of a moment are read in one statement, each with its own rows and in their order", async () => {
  const find = jest.fn(() =>
    Promise.resolve([
      { id: "3", parent: "b" },
      { id: "2", parent: "a" },
      { id: "1", parent: "b" },
    ]),
  );
  const database = { getRepository: () => ({ find }) } as unknown as DataSource;
  const loader = loaderOf(database, Row, "parent", { id: "DESC" });
  const found = await Promise.all(["a", "b", "none", "b"].map((key) => loader.load(key)));
  expect(found.map((rows) => rows.map(({ id }) => id))).toEqual([["2"], ["3", "1"], [], ["3", "1"]]);
  expect(find).toHaveBeenCalledTimes(1);
  expect(find).toHaveBeenCalledWith({
    where: { parent: expect.objectContaining({ value: ["a", "b", "none"] }) as unknown },
    order: { id: "DESC" },
  });
});

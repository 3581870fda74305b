import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/setup/databases";
import { Batch } from "./batch";
import { copyBatch } from "./copy";

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase({ key: "seed copy" });
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query("CREATE TABLE thing (id integer, words text, list text[], told jsonb, yes boolean)");
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test("what is written comes back as it was", async () => {
  const batch = new Batch({ thing: ["id", "words", "list", "told", "yes"] } as const);
  const rows = [
    {
      id: 1,
      words: "tab\tline\nback\\slash\rreturn \\N",
      list: ['a "quoted" \\ one', "a,b", ""],
      told: { a: '\t"\\' },
      yes: true,
    },
    { id: 2, words: "", list: [], told: {}, yes: false },
    { id: 3, words: null, list: null, told: null, yes: null },
    ...Array.from({ length: 1200 }, (_, index) => ({
      id: index + 4,
      words: "Ä",
      list: ["NULL"],
      told: null,
      yes: true,
    })),
  ];
  for (const row of rows) batch.add("thing", row);
  await copyBatch(client, batch);
  expect((await client.query("SELECT * FROM thing ORDER BY id")).rows).toEqual(rows);
});

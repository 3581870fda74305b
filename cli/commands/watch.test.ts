import { Command } from "commander";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerWatch } from "./watch";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "watch-"));
});
afterEach(() => rm(folder, { recursive: true }));

test.each([
  ["query ($id: ID!) { person(id: $id) { id } }", "holds a query, not a subscription"],
  ["mutation { acknowledgeAlert { problem } }", "holds a mutation, not a subscription"],
  ["subscription A { arrestAlerts { id } } query B { me { id } }", "holds 2 operations"],
  ["fragment F on Person { id }", "holds 0 operations"],
  ["subscription {", "is no GraphQL document"],
])("watch, of a file with '%s', says that it %s", async (source, said) => {
  const file = join(folder, "it.graphql");
  await writeFile(file, source);
  const program = new Command("hub").exitOverride();
  registerWatch(program);
  await expect(program.parseAsync(["watch", file, "--as", "advocate"], { from: "user" })).rejects.toThrow(
    `${file} ${said}`,
  );
});

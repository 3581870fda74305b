import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, validate, type GraphQLSchema } from "graphql";
import { loadSupergraph } from "../../gateway/supergraph/load-supergraph";
import { PROJECT_ROOT } from "../../platform/project-root";

const folder = join(PROJECT_ROOT, "docs", "queries");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".graphql"),
);

let api: GraphQLSchema;
beforeAll(async () => {
  const { planner } = await loadSupergraph(join(PROJECT_ROOT, "schema", "supergraph.graphql"));
  api = planner.apiSchema;
});

test.each(files)("docs/queries/%s asks for what there is", (file) => {
  const wrong = validate(api, parse(readFileSync(join(folder, file), "utf8")));
  expect(wrong.map(({ message }) => message)).toEqual([]);
});

test("each subscription of the API has its file, for hub watch", () => {
  const subscriptions = Object.keys(api.getSubscriptionType()!.getFields());
  const written = readdirSync(join(folder, "subscriptions")).map((file) => file.replace(/\.graphql$/, ""));
  expect(written.sort()).toEqual(subscriptions.sort());
});

import { visit } from "graphql";
import { buildSubgraph } from "../../../platform/subgraph/subgraph-schema";
import { servicesDefinition } from "./definition";

test("SV11: the schema builds without a database, twice to the same text", async () => {
  const first = await buildSubgraph(servicesDefinition());
  const second = await buildSubgraph(servicesDefinition());
  expect(first.sdl).toContain('type Person @key(fields: "id")');
  expect(second.sdl).toBe(first.sdl);
});

test("SV11: everything in the schema says what it is", async () => {
  const { typeDefs } = await buildSubgraph(servicesDefinition());
  const silent: string[] = [];
  const check = (node: { name: { value: string }; description?: unknown }) => {
    if (!node.description && !["Query", "Mutation", "Subscription"].includes(node.name.value))
      silent.push(node.name.value);
  };
  visit(typeDefs, {
    ObjectTypeDefinition: check,
    EnumTypeDefinition: check,
    ScalarTypeDefinition: check,
    InputObjectTypeDefinition: check,
    FieldDefinition: check,
    InputValueDefinition: check,
  });
  expect(silent).toEqual([]);
});

import { visit } from "graphql";
import { buildSubgraph } from "../../../platform/subgraph/subgraph-schema";
import { advocacyDefinition } from "./definition";

test("AV11: the schema builds without a database, twice to the same text", async () => {
  const first = await buildSubgraph(advocacyDefinition());
  const second = await buildSubgraph(advocacyDefinition());
  expect(first.sdl).toContain("assignedAgency: String @external");
  expect(first.sdl).toContain('@requires(fields: "assignedAgency")');
  expect(second.sdl).toBe(first.sdl);
});

test("AV11: everything in the schema says what it is", async () => {
  const { typeDefs } = await buildSubgraph(advocacyDefinition());
  const silent: string[] = [];
  const check = (node: { name: { value: string }; description?: unknown }) => {
    if (!node.description && !["Query", "Mutation"].includes(node.name.value)) silent.push(node.name.value);
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

import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { createPlanner } from "../../gateway/engine/plan";
import { PROJECT_ROOT } from "../../platform/project-root";
import { SUBGRAPHS, schemaOf } from "../access/hub";

const supergraph = readFileSync(join(PROJECT_ROOT, "schema", "supergraph.graphql"), "utf8");
const mutations = createPlanner(supergraph).apiSchema.getMutationType()!.getFields();

test.each(Object.values(mutations))(
  "M1: $name takes one input with a key, and answers with the record or one problem",
  (mutation) => {
    const [argument, ...others] = mutation.args;
    expect([argument!.name, others]).toEqual(["input", []]);
    const input = getNamedType(argument!.type);
    expect(isNonNullType(argument!.type) && isInputObjectType(input)).toBe(true);
    expect(isInputObjectType(input) && String(input.getFields()["key"]?.type)).toBe("ID!");

    const result = getNamedType(mutation.type);
    expect(result.name).toMatch(/Result$/);
    const fields = isObjectType(result) ? Object.values(result.getFields()) : [];
    // Of what comes of it, one is there and the others are not.
    expect(fields.filter(({ type }) => isNonNullType(type))).toEqual([]);
    const problem = fields.find(({ name }) => name === "problem")!.type;
    if (!isEnumType(problem)) throw new Error("A problem is one word of a closed list.");
    const codes = problem.getValues().map(({ name }) => name);
    expect(codes).toEqual(expect.arrayContaining(["KEY_IS_NO_UUID", "KEY_USED_OTHERWISE"]));
    const records = fields.filter(({ type }) => isObjectType(getNamedType(type)) && !isListType(type));
    expect(records.length + fields.filter(({ type }) => isListType(type)).length).toBeGreaterThan(0);
  },
);

test("M2: the composed mutations are those of the agencies, each of which has its table of bad inputs", () => {
  const theirs = SUBGRAPHS.flatMap((name) => Object.keys(schemaOf(name).getMutationType()!.getFields()));
  expect(Object.keys(mutations).sort()).toEqual(theirs.sort());
});

import { getNamedType, isObjectType } from "graphql";
import { MATRIX, type Element } from "../../policy/matrix";
import { FIELDS } from "./fields";
import { verdictOf } from "./verdict";
import { SUBGRAPHS, schemaOf } from "./hub";
import { TABLE } from "./table";

/** Every field that holds aggregates, and every field below one. */
function figureFields() {
  return SUBGRAPHS.flatMap((subgraph) => {
    const schema = schemaOf(subgraph);
    return Object.entries(FIELDS).flatMap(([typeName, fields]) => {
      const type = schema.getType(typeName);
      if (!isObjectType(type)) return [];
      return Object.values(type.getFields()).flatMap((field) => {
        const holds = fields[field.name] ?? fields["*"];
        const inFigures = Array.isArray(holds) && holds.every((one: string) => one.endsWith(":A"));
        return inFigures
          ? [{ coordinate: `${typeName}.${field.name}`, field, holds: holds as string[] }]
          : [];
      });
    });
  });
}

test("whatever the table gives as aggregates only, there is a figure of", () => {
  const told = new Set(figureFields().flatMap(({ holds }) => (holds.length === 1 ? holds : [])));
  const elements = (Object.keys(MATRIX) as Element[]).filter((one) => TABLE.evaluator[one] === "A");
  expect(elements.filter((one) => !told.has(`${one}:A`))).toEqual([]);
  expect(elements.length).toBeGreaterThan(10);
});

test("no figure takes an argument, so that no two of them can be held against each other", () => {
  expect(figureFields().filter(({ field }) => field.args.length > 0)).toEqual([]);
});

test("from a figure nothing leads on to a record", () => {
  const leading = figureFields().filter(({ field }) => {
    const type = getNamedType(field.type);
    return isObjectType(type) && Object.keys(type.getFields()).some((name) => verdictOf(`${type.name}.${name}`, "evaluator") !== "yes"); // prettier-ignore
  });
  expect(leading.map(({ coordinate }) => coordinate)).toEqual([]);
});

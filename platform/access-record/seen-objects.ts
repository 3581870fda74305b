import {
  isAbstractType,
  isNonNullType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import type { Path } from "graphql/jsutils/Path";
import type { PolicyTable } from "../policy/policy-table";
import { isUuid } from "../store/uuid";
import type { AccessedRecord } from "./access";
import { representationKey } from "./asked";

function isRecord(type: GraphQLObjectType, policy: PolicyTable): boolean {
  const { id } = type.getFields();
  if (!id || !isNonNullType(id.type) || id.type.ofType.toString() !== "ID") return false;
  return Object.keys(type.getFields()).some((field) => {
    const requirement = policy[`${type.name}.${field}`];
    return requirement !== undefined && requirement !== "authenticated";
  });
}

/** The key of the representation that a value hangs on; null when it hangs on no list at the root. */
function representationAt(path: Path): string | null {
  let below: Path = path;
  let root: Path = path;
  while (root.prev) {
    below = root;
    root = root.prev;
  }
  return typeof below.key === "number" ? representationKey(String(root.key), below.key) : null;
}

/**
 * Makes a schema tell of every record that an answer goes into: the objects of a type with an id and protected fields,
 * whether or not the id is selected, under whatever alias, fragment or list they stand. A request's own go into the list
 * that `listOf` has for its context.
 *
 * Asked through `isTypeOf`, which graphql-js calls once for each object it completes: the response itself would not do,
 * since it holds an id only where one was selected.
 *
 * @throws Error naming an abstract type that says by `isTypeOf` alone what its values are: the answer "yes" would decide it.
 */
export function tellSeenObjects(
  schema: GraphQLSchema,
  policy: PolicyTable,
  listOf: (context: object) => AccessedRecord[] | undefined,
): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type) && !type.resolveType) throw new Error(`${type.name} needs a resolveType.`);
    if (!isObjectType(type) || !isRecord(type, policy)) continue;
    const inner = type.isTypeOf;
    type.isTypeOf = (value, context, info) => {
      const list = listOf(context as object);
      const { id, provenance } = value as { id?: unknown; provenance?: unknown };
      if (list && typeof id === "string" && isUuid(id)) {
        list.push({
          type: type.name,
          id: id.toLowerCase(),
          representation: representationAt(info.path),
          provenance: typeof provenance === "string" ? provenance : null,
        });
      }
      return inner ? inner(value, context, info) : true;
    };
  }
}

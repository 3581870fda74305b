import { isObject, own, setOwn, type JsonObject, type JsonValue } from "./json";
import type { Rewrite } from "./plan-nodes";

type Step = { readonly on: ReadonlySet<string> } | { readonly key: string };

/** A path element is a key, or "... on Type", which keeps only objects of the type or of one that is of it. */
function stepsOf(path: readonly string[], typesOf: TypesOf): Step[] {
  return path.map((element) =>
    element.startsWith("... on ") ? { on: typesOf(element.slice(7)) } : { key: element },
  );
}

/** The concrete types of a type's name: itself for an object type, its implementers or members otherwise. */
export type TypesOf = (typeName: string) => ReadonlySet<string>;

function apply(value: JsonValue | undefined, steps: readonly Step[], at: number, rewrite: Rewrite): void {
  if (Array.isArray(value)) {
    for (const element of value) apply(element, steps, at, rewrite);
    return;
  }
  const step = steps[at];
  if (!isObject(value) || !step) return;
  if ("on" in step) {
    const typename = own(value, "__typename");
    if (typeof typename === "string" && step.on.has(typename)) apply(value, steps, at + 1, rewrite);
    return;
  }
  if (at < steps.length - 1) return apply(own(value, step.key), steps, at + 1, rewrite);
  if (!Object.hasOwn(value, step.key)) return;
  if (rewrite.kind === "ValueSetter") return setOwn(value, step.key, rewrite.setValueTo as JsonValue);
  const moved = value[step.key]!;
  delete value[step.key];
  setOwn(value, rewrite.renameKeyTo, moved);
}

/** Compiles the rewrites of one fetch into one function that changes an object in place. */
export function compileRewrites(
  rewrites: readonly Rewrite[],
  typesOf: TypesOf,
): ((root: JsonObject) => void) | undefined {
  if (rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite) => ({ rewrite, steps: stepsOf(rewrite.path, typesOf) }));
  return (root) => {
    for (const { rewrite, steps } of compiled) apply(root, steps, 0, rewrite);
  };
}

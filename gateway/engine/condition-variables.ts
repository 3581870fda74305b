import { Kind, visit, type DocumentNode } from "graphql";

/** The names of the variables that @skip and @include read anywhere in a document, in order. */
export function conditionVariablesOf(document: DocumentNode): string[] {
  const found = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      if (directive.name.value !== "skip" && directive.name.value !== "include") return;
      const value = directive.arguments?.[0]?.value;
      if (value?.kind === Kind.VARIABLE) found.add(value.name.value);
    },
  });
  return [...found].sort();
}

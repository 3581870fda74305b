import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from "graphql";

const SPECS = "https://specs.apollo.dev/";

interface Link {
  readonly spec: string;
  /** What begins the names of what is not imported. */
  readonly prefix: string;
  /** Imported name, with its "@", to the name it is used under. */
  readonly imported: ReadonlyMap<string, string>;
}

function textOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

/** A directive's argument of this name. */
export function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((one) => one.name.value === name)?.value;
}

/** A directive's argument as text; undefined when it is not there or is no text. */
export function textArgumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  return textOf(argumentOf(directive, name));
}

function importsOf(value: ConstValueNode | undefined): Map<string, string> {
  const imported = new Map<string, string>();
  if (value?.kind !== Kind.LIST) return imported;
  for (const one of value.values) {
    if (one.kind === Kind.STRING) imported.set(one.value, one.value);
    if (one.kind !== Kind.OBJECT) continue;
    const field = (name: string) => textOf(one.fields.find((f) => f.name.value === name)?.value);
    const name = field("name");
    if (name !== undefined) imported.set(name, field("as") ?? name);
  }
  return imported;
}

function linksOf(document: DocumentNode): Link[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) return [];
    // The directive that links may be renamed itself; nothing else has such an address.
    return (definition.directives ?? []).flatMap((directive): Link[] => {
      const url = textArgumentOf(directive, "url") ?? textArgumentOf(directive, "feature");
      const spec = url?.startsWith(SPECS) ? url.slice(SPECS.length).split("/")[0] : undefined;
      if (!spec) return [];
      const prefix = textArgumentOf(directive, "as") ?? spec;
      return [{ spec, prefix, imported: importsOf(argumentOf(directive, "import")) }];
    });
  });
}

/**
 * Every name under which a supergraph may use a directive of a specification: as imported, or begun with the
 * specification's name there. The name it is known by is always one of them: a directive that nobody linked protects
 * nevertheless.
 */
export function namesOf(document: DocumentNode, spec: string, directive: string): ReadonlySet<string> {
  const names = new Set([spec === directive ? directive : `${spec}__${directive}`]);
  for (const link of linksOf(document)) {
    if (link.spec !== spec && link.spec !== "federation") continue;
    const imported = link.imported.get(`@${directive}`);
    if (imported !== undefined) names.add(imported.replace(/^@/, ""));
    names.add(link.spec === directive ? link.prefix : `${link.prefix}__${directive}`);
  }
  return names;
}

import type { DocumentNode } from "graphql";
import { accessDirectivesOf, type ReadAccess } from "./access-directives";
import { hiddenReads } from "./hidden-reads";
import { KNOWN_CALLER, NOBODY, allOf, implies, meets, type ScopeAlternatives } from "./scope-alternatives";
import { typesOf, type SupergraphType } from "./supergraph-types";

/**
 * What each coordinate (`Type.field`) of the supergraph asks, each of the alternatives to be met. A coordinate that is not
 * here is open to nobody. `Type.__typename` is here for a type that asks for something itself.
 */
export type Requirements = ReadonlyMap<string, readonly ScopeAlternatives[]>;

/** True when the scopes meet what the coordinate asks. No entry: not met. */
export function mayRead(
  requirements: Requirements,
  coordinate: string,
  scopes: ReadonlySet<string>,
): boolean {
  return requirements.get(coordinate)?.every((one) => meets(one, scopes)) ?? false;
}

type Types = ReadonlyMap<string, SupergraphType>;

/**
 * What an interface, or a field of one, asks of its implementers besides what they ask themselves. Composers write on it
 * what the implementers ask together: that says nothing new, and held against each of them would deny all what one of
 * them denies. Anything else was meant by somebody, and holds for each.
 */
function addedBy(
  own: ScopeAlternatives | undefined,
  ofImplementers: readonly (ScopeAlternatives | undefined)[],
): ScopeAlternatives | undefined {
  if (!own) return undefined;
  const isCopied =
    ofImplementers.every((one) => implies(own, one ?? KNOWN_CALLER)) &&
    ofImplementers.some((one) => one !== undefined) &&
    implies(allOf(ofImplementers) ?? KNOWN_CALLER, own);
  return isCopied ? undefined : own;
}

/** What types and fields ask, with what their interfaces ask of them. */
function createAsked(types: Types, read: ReadAccess) {
  const implementersOf = (type: SupergraphType) => type.concrete.flatMap((name) => types.get(name) ?? []);
  const interfacesOf = (type: SupergraphType) => type.interfaces.flatMap((name) => types.get(name) ?? []);
  const fieldOf = (type: SupergraphType, field: string) => read(type.fields.get(field)?.directives);

  /** What a type asks of whoever reads anything of it. */
  function ofType(name: string): ScopeAlternatives | undefined {
    const type = types.get(name);
    if (!type) return undefined;
    const own = (one: SupergraphType) => read(one.directives);
    const added = (one: SupergraphType) => addedBy(own(one), implementersOf(one).map(own));
    const above = interfacesOf(type).map(added);
    return type.kind === "interface" ? allOf([added(type), ...above]) : allOf([own(type), ...above]);
  }

  /** What a field of an object asks; undefined: nothing, which is a gap. */
  function ofField(type: SupergraphType, name: string): ScopeAlternatives | undefined {
    const added = interfacesOf(type).map((above) =>
      addedBy(
        fieldOf(above, name),
        implementersOf(above).map((one) => fieldOf(one, name)),
      ),
    );
    const returned = type.fields.get(name)!.returns;
    return allOf([fieldOf(type, name), ...added, ofType(type.name), ofType(returned)]);
  }

  /** What a field of an interface that nothing implements asks. */
  function ofUnimplemented(type: SupergraphType, name: string): ScopeAlternatives | undefined {
    return allOf([fieldOf(type, name), read(type.directives), ofType(type.fields.get(name)!.returns)]);
  }

  return { ofType, ofField, ofUnimplemented };
}

/**
 * Derives what every field asks from the supergraph's own directives, whoever composed it: what the field asks, its
 * interfaces' field, its type and the type that it returns. A field of an interface asks what each of its implementers'
 * asks, so that directives on implementers count there even where a composer left them out.
 *
 * @throws Error naming every field of a query, mutation or entity type that carries no requirement, and every field that
 * is made of, or found by, one that asks for more than itself, with that one: the gateway does not start on a gap.
 */
export function requirementsOf(supergraph: DocumentNode): Requirements {
  const types = typesOf(supergraph);
  const asked = createAsked(types, accessDirectivesOf(supergraph));
  const requirements = new Map<string, readonly ScopeAlternatives[]>();
  const gaps: string[] = [];
  const put = (coordinate: string, one: ScopeAlternatives | undefined) => {
    if (one) requirements.set(coordinate, [one]);
    else gaps.push(coordinate);
  };
  for (const type of types.values()) {
    const ofType = asked.ofType(type.name);
    if (ofType) requirements.set(`${type.name}.__typename`, [ofType]);
    for (const field of type.kind === "object" ? type.fields.keys() : [])
      put(`${type.name}.${field}`, asked.ofField(type, field));
  }
  for (const type of types.values()) {
    for (const field of type.kind === "interface" ? type.fields.keys() : []) {
      const at = `${type.name}.${field}`;
      if (type.concrete.length === 0) put(at, asked.ofUnimplemented(type, field));
      else
        requirements.set(
          at,
          type.concrete.flatMap((one) => requirements.get(`${one}.${field}`) ?? [NOBODY]),
        );
    }
  }
  const told = gaps.length > 0 ? [`leaves these fields without a requirement: ${gaps.join(", ")}`] : [];
  told.push(...hiddenReads(supergraph, types, requirements));
  if (told.length > 0) throw new Error(`The supergraph ${told.join("; ")}.`);
  return requirements;
}

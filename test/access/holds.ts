import type { Role } from "../../policy/matrix";
import type { Sight } from "./table";
import type { World } from "./world";

/** What a field holds: elements in some form (any one opens it), an action's own outcome, or nothing protected. */
export type Holds = "nothing protected" | "whatever is in it" | readonly (Sight | `may ${string}`)[];

export const OPAQUE = "nothing protected";
/** A way to other fields: open to whoever may see one of those. */
export const WAY = "whatever is in it";

/** What an action shows of its own outcome: to those who may do it. */
export const outcomeOf = (mutation: string) => [`may Mutation.${mutation}`] as const;

/** What the fields of some types hold: by type, "*" for the fields that are not named. */
export type FieldTable = Readonly<Record<string, Readonly<Record<string, Holds>>>>;

/** What one area of the API adds to the tables, in a file of its own. */
export interface Area {
  /** Who may do, or ask for, what no element of the table decides. */
  readonly doers: Readonly<Record<string, readonly Role[]>>;
  readonly fields: FieldTable;
  /** Where its ways lead: by coordinate or type, the types at the end. */
  readonly ends?: Readonly<Record<string, readonly string[]>>;
  /** Fields that another agency than the type's own adds: they do not open a way of law enforcement. */
  readonly elsewhere?: readonly string[];
  /** What no mutation's answer fills, though it is the caller's to see; why is said with each. */
  readonly notByMutation?: readonly string[];
  /** The same of one role. */
  readonly notByMutationOf?: Partial<Record<Role, readonly string[]>>;
  /** What is never filled for a role, though it may see it; why is said with each. */
  readonly neverFilled?: Partial<Record<Role, readonly string[]>>;
  /** What to give for the arguments of its root fields, by coordinate: well, and so that nothing comes of it. */
  readonly given?: (world: World, role: Role, well: boolean) => Readonly<Record<string, string>>;
}

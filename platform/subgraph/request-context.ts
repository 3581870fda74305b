import type { BrokenGlass } from "../break-glass/break-glass";
import type { Purpose } from "../caller/purpose";

/** What a request says of itself, beside who asks; verified. */
export interface Stated {
  readonly purpose: Purpose;
  /** What this person has opened in an emergency, for fields alone; which rows he sees does not change. */
  readonly breakGlass: BrokenGlass | null;
}

/** What every agency's context of a request holds. */
export interface RequestContext extends Stated {
  /** What the caller's role may see and do, and what he has opened. */
  readonly scopes: ReadonlySet<string>;
}

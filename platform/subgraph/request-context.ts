import type { Purpose } from "../caller/purpose";

/** What a request says of itself, beside who asks; verified. */
export interface Stated {
  readonly purpose: Purpose;
}

/** What every agency's context of a request holds. */
export interface RequestContext extends Stated {
  /** The union of what the caller's roles may see and do. */
  readonly scopes: ReadonlySet<string>;
}

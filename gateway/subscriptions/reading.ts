import type { EventSource } from "../engine/engine";
import type { OpenUpstream } from "./upstream";

/** How a group reads. */
export interface Reading {
  readonly source: EventSource;
  readonly open: OpenUpstream;
  /** Agencies that are not asked now, since it is not known whether all still see the same of them. */
  readonly withheld: () => ReadonlySet<string> | undefined;
  /** False while that is not known of the agency whose events they are. */
  readonly mayOpen: () => boolean;
  readonly onFailure: (error: unknown) => void;
}

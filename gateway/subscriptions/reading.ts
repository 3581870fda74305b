import type { EventSource } from "../engine/engine";
import type { Headers } from "./feed";
import type { OpenUpstream } from "./upstream";

/** How a group reads. */
export interface Reading {
  /** What an agency is told of those for whom it is read, beside who reads. */
  readonly sharedBy: Headers;
  readonly source: EventSource;
  readonly open: OpenUpstream;
  /** Agencies that are not asked now, since it is not known whether all still see the same of them. */
  readonly withheld: () => ReadonlySet<string> | undefined;
  /** False while that is not known of the agency whose events they are. */
  readonly mayOpen: () => boolean;
  readonly onFailure: (error: unknown) => void;
}

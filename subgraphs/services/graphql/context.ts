import type { FeedReading } from "../../../platform/outbox/feed-reading";
import type { RequestContext } from "../../../platform/subgraph/request-context";
import type { Reader } from "../domain/standpoint";
import type { RowAccess } from "../policy/row-access";

/** Everything a resolver may know of one request. */
export interface ServicesContext extends RequestContext {
  readonly reader: Reader;
  readonly rows: RowAccess;
  /** Counts below this are withheld from figures. */
  readonly smallestShown: number;
  readonly now: () => Date;
  /** Where the agency's feed stands. */
  readonly feedStatus: () => Promise<FeedReading>;
}

import type { RequestContext } from "../../../platform/subgraph/request-context";
import type { Reader } from "../domain/release";
import type { HoldTerms } from "../domain/hold";
import type { ReleaseTerms } from "../domain/told-release";
import type { RowAccess } from "../policy/row-access";
import type { AgencyDatabases } from "../store/agency-databases";

/** Everything a resolver may know of one request. */
export interface AdvocacyContext extends RequestContext {
  readonly reader: Reader;
  readonly rows: RowAccess;
  readonly databases: AgencyDatabases;
  readonly releaseTerms: ReleaseTerms;
  /** Counts below this are withheld from figures. */
  readonly smallestShown: number;
  readonly holdTerms: HoldTerms;
  readonly now: () => Date;
}

import type { RequestContext } from "../../../platform/subgraph/request-context";
import type DataLoader from "dataloader";
import type { Caller } from "../../../platform/caller/caller";
import type { Instrument } from "../domain/instrument";
import type { PoliceAddresses } from "../offender-addresses";
import type { Reader } from "../domain/release";
import type { HoldTerms } from "../domain/hold";
import type { ReleaseTerms } from "../domain/told-release";
import type { OutreachTerms } from "../outreach-file";
import type { RowAccess } from "../policy/row-access";
import type { VictimLetters } from "../store/victim-letters";
import type { AgencyDatabases } from "../store/agency-databases";

/** Everything a resolver may know of one request. */
export interface AdvocacyContext extends RequestContext {
  readonly caller: Caller;
  readonly reader: Reader;
  readonly rows: RowAccess;
  readonly databases: AgencyDatabases;
  readonly releaseTerms: ReleaseTerms;
  /** Counts below this are withheld from figures. */
  readonly smallestShown: number;
  readonly holdTerms: HoldTerms;
  readonly outreachTerms: OutreachTerms;
  /** By which advocates of the site assess risk. */
  readonly instruments: readonly Instrument[];
  /** What law enforcement knows of the addresses of a case; asked once a request, and shown to nobody. */
  readonly policeAddresses: DataLoader<string, PoliceAddresses | null>;
  /** Whether a hold of any agency stands on a contact; asked once a request for all of its contacts. */
  readonly standingHolds: DataLoader<string, boolean>;
  /** The site's letters to victims. */
  readonly letters: VictimLetters;
  readonly now: () => Date;
}

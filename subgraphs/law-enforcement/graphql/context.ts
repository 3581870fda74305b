import type { RequestContext } from "../../../platform/subgraph/request-context";
import type { DataSource } from "typeorm";
import type { Grant } from "../../../platform/break-glass/grant";
import type { Caller } from "../../../platform/caller/caller";
import type { FeedReading } from "../../../platform/outbox/feed-reading";
import type { AdvocacyHolds } from "../advocacy-holds";
import type { TierRuleSet } from "../domain/tier-rules";
import type { Protocol } from "../domain/protocol";
import type { OffenderLetters } from "../store/letters";
import type { Loaders } from "./loaders";

/** What a resolver may read in one request; there is nothing else. */
export interface LawEnforcementContext extends RequestContext {
  readonly caller: Caller;
  readonly loaders: Loaders;
  readonly database: DataSource;
  /** Signs what an opening grants, with the secret that the agency shares with the hub. */
  readonly signGrant: (grant: Grant) => Promise<string>;
  /** Counts below this are withheld from figures. */
  readonly smallestShown: number;
  /** Where the agency's feed stands. */
  readonly feedStatus: () => Promise<FeedReading>;
  /** The partners of the site, by id. */
  readonly agencies: ReadonlySet<string>;
  /** The rules by which levels are proposed. */
  readonly tierRules: TierRuleSet;
  /** What the site does about each level. */
  readonly protocol: Protocol;
  readonly advocacyHolds: AdvocacyHolds;
  /** The site's letters to abusive partners. */
  readonly letters: OffenderLetters;
  /** The community agencies that a case may be assigned to. */
  readonly advocacyAgencies: ReadonlySet<string>;
  /** What is the time, for a decision that somebody was asked about first. */
  readonly clock: () => Date;
  /** The instant at which the request arrived: everything in one answer is judged at it. */
  readonly now: Date;
}

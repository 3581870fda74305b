import type { RequestContext } from "../../../platform/subgraph/request-context";
import type { DataSource } from "typeorm";
import type { Caller } from "../../../platform/caller/caller";
import type { Loaders } from "./loaders";

/** What a resolver may read in one request; there is nothing else. */
export interface LawEnforcementContext extends RequestContext {
  readonly caller: Caller;
  readonly loaders: Loaders;
  readonly database: DataSource;
  /** The instant at which the request arrived: everything in one answer is judged at it. */
  readonly now: Date;
}

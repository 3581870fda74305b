import { SHARED_HEADER, sharedBy } from "../../platform/subgraph/shared-reading";
import type { EventSource } from "../engine/engine";
import { Group } from "./group";
import type { Upstream } from "./upstream";

/** The groups of one gateway, by all that decides what a member is shown. */
export class Groups {
  private readonly byKey = new Map<string, Group>();

  constructor(
    private readonly upstreams: ReadonlyMap<string, Upstream>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /**
   * The group of those who see the same; made when it is the first.
   *
   * @param key Everything that can change what a member of it sees.
   * @param audiences Those of its members at the agencies that are read; undefined for a group of one person, which reads with
   * that person's own eyes, and where everybody sees everything.
   */
  of(key: string, source: EventSource, audiences: readonly string[] | undefined): Group {
    let group = this.byKey.get(key);
    if (!group) {
      const upstream = this.upstreams.get(source.subgraph);
      if (!upstream) throw new Error(`The subgraph ${source.subgraph} has no address.`);
      const isShared = audiences !== undefined;
      const reading = {
        sharedBy: audiences ? { [SHARED_HEADER]: sharedBy(audiences) } : {},
        source,
        open: upstream.open,
        withheld: () => (isShared ? this.withheld(source) : undefined),
        mayOpen: () => !isShared || upstream.unsure.size === 0,
        onFailure: this.onFailure,
      };
      group = new Group(key, reading, () => {
        if (this.byKey.get(key) === group) this.byKey.delete(key);
      });
      this.byKey.set(key, group);
    }
    return group;
  }

  /**
   * Agencies that could not say just now that one of several may see less. What they would add is left out of the event
   * until they can; the event itself comes.
   */
  private withheld({ subgraph, subgraphs }: EventSource): ReadonlySet<string> | undefined {
    const silent = subgraphs.filter((name) => {
      const upstream = name === subgraph ? undefined : this.upstreams.get(name);
      return upstream && (!upstream.isConnected() || upstream.unsure.size > 0);
    });
    return silent.length === 0 ? undefined : new Set(silent);
  }
}

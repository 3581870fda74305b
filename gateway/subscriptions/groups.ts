import type { EventSource } from "../engine/engine";
import { Group } from "./group";
import type { OpenUpstream } from "./upstream";

/** The groups of one gateway, by all that decides what a member is shown. */
export class Groups {
  private readonly byKey = new Map<string, Group>();

  constructor(private readonly upstreams: ReadonlyMap<string, OpenUpstream>) {}

  /** Streams being read. */
  get size(): number {
    return this.byKey.size;
  }

  /**
   * The group of those who see the same; made when it is the first.
   *
   * @param key Everything that can change what a member of it sees.
   */
  of(key: string, source: EventSource): Group {
    let group = this.byKey.get(key);
    if (!group) {
      const open = this.upstreams.get(source.subgraph);
      if (!open) throw new Error(`The subgraph ${source.subgraph} has no address.`);
      group = new Group(source, open, () => {
        if (this.byKey.get(key) === group) this.byKey.delete(key);
      });
      this.byKey.set(key, group);
    }
    return group;
  }

  all(): Group[] {
    return [...this.byKey.values()];
  }
}

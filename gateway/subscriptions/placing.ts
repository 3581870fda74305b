import type { EventSource } from "../engine/engine";
import type { Identity } from "../identity/identify";
import type { Audiences } from "./audience";
import type { Group } from "./group";
import type { Groups } from "./groups";
import type { Member } from "./member";

/** One client connection: who it is may be renewed, never changed. */
export interface Session {
  readonly identity: () => Identity;
  readonly audiences: Audiences;
  /** Aborted when the connection is gone: nobody waits for an answer any more. Asked for where an answer is awaited. */
  readonly departure: () => AbortSignal;
}

/** ms that a stream waits to learn with whom it is shared, before it begins alone. */
const PATIENCE = 1_000;

function afterAWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE).unref());
}

export interface Placing {
  readonly asked: readonly unknown[];
  /** Undefined where anybody may see everything. */
  readonly person: string | undefined;
  readonly source: EventSource;
  readonly session: Session;
  readonly groups: Groups;
}

/** Keeps a member in the group of those who see the same, for as long as its stream lasts. */
export function placeOf(
  member: Member,
  { asked, person, source: own, session, groups }: Placing,
): { leave(): void } {
  let source = own;
  let group: Group | undefined;
  let hasLeft = false;
  function settle(): void {
    if (hasLeft) return;
    const audiences = person === undefined ? undefined : session.audiences.of(source.subgraphs);
    const shared = JSON.stringify([...asked, audiences ? { audiences } : { person }]);
    if (shared === group?.key) return;
    group?.left(member);
    group = groups.of(shared, source, audiences);
    // It is the same, and one is enough for some thousand members.
    source = group.source;
    group.join(member);
  }
  let stopWatching: (() => void) | undefined;
  if (person === undefined) settle();
  else {
    const { settled, stop } = session.audiences.watch(source.subgraphs, settle);
    stopWatching = stop;
    void Promise.race([settled, afterAWhile()]).then(settle);
  }
  return {
    leave: () => {
      hasLeft = true;
      stopWatching?.();
      group?.left(member);
    },
  };
}

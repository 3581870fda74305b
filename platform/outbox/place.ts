/** Where an event stands in an outbox; see `schema.ts`. */
export interface Place {
  readonly epoch: number;
  readonly xid: bigint;
  readonly position: bigint;
}

/** Negative when `one` stands before `other`, 0 when they are the same place. */
export function comparePlaces(one: Place, other: Place): number {
  if (one.epoch !== other.epoch) return one.epoch - other.epoch;
  if (one.xid !== other.xid) return one.xid < other.xid ? -1 : 1;
  if (one.position !== other.position) return one.position < other.position ? -1 : 1;
  return 0;
}

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

/** A place as text that sorts as places do, by plain comparison. Between the hub's servers only: it tells how much was written. */
export function sortKeyOf({ epoch, xid, position }: Place): string {
  return [epoch.toString(16).padStart(8, "0"), hex(xid), hex(position)].join("");
}

const hex = (number: bigint) => number.toString(16).padStart(16, "0");

import type { Place } from "./upstream";

/**
 * ms. An agency says within a second that a caller sees less than before; until it has said so, what is read with that
 * caller's eyes may leave out what the others in the group may see.
 */
const UNSURE_FOR = 3_000;
/** Places kept, whatever comes. Beyond, events are told twice rather than left out. */
const MOST_KEPT = 10_000;

/** Where a group has been of late, so that what a reader was not told can be read again, and nothing else is told twice. */
export class Trail {
  private places: { readonly at: number; readonly place: Place }[] = [];
  private known = new Set<string>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Notes that everything up to a place was sent, or that one event of the past was. */
  sent(place: Place | undefined): void {
    if (!place) return;
    this.places.push({ at: this.now(), place });
    this.known.add(place.position);
    if (this.places.length > 2 * MOST_KEPT || this.isStale()) this.forget();
  }

  /** Whether an event was sent of late. */
  has({ position }: Place): boolean {
    return this.known.has(position);
  }

  /** The cursor after which nothing is sure; undefined: nothing was sent yet. */
  get start(): string | undefined {
    const sure = this.now() - UNSURE_FOR;
    const last = this.places.filter(({ at }) => at <= sure).at(-1) ?? this.places[0];
    return last?.place.cursor;
  }

  /** True when the second place is old enough to begin with: the first is needed no more. */
  private isStale(): boolean {
    const half = this.places[this.places.length >> 1];
    return half !== undefined && this.places.length > 64 && half.at <= this.now() - UNSURE_FOR;
  }

  /** Keeps the last place that is sure, and what came after it. */
  private forget(): void {
    const sure = this.now() - UNSURE_FOR;
    const first = this.places.findLastIndex(({ at }) => at <= sure);
    this.places = this.places.slice(Math.max(first, this.places.length - MOST_KEPT, 0));
    this.known = new Set(this.places.map(({ place }) => place.position));
  }
}

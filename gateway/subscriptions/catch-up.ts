import { Feed } from "./feed";
import type { Member } from "./member";
import { isOfTheReader } from "./reader-ending";
import type { Reading } from "./reading";
import type { CompletedEvent } from "./subscriber";
import type { Place } from "./upstream";

/** Events of the group that may wait for one member. */
const MOST_WAITING = 1_000;

interface Turns {
  /** Every event of the group after it waits for the member; undefined: not known yet. */
  readonly groupStart: () => Place | undefined;
  /** The group is further ahead than was kept: once more, from where the member now stands. */
  readonly again: () => void;
  /** The member has all that the group has. */
  readonly done: () => void;
}

/**
 * Brings one member from its cursor to where its group is, with a feed of its own: what happened in between comes from
 * the agency's log while the group's new events wait. No gap, nothing twice, nothing out of order: members drop what lies
 * before the last event they were sent.
 */
export class CatchUp {
  private readonly feed: Feed;
  private readonly waiting: CompletedEvent[] = [];
  private hasLost = false;
  private isLevel = false;

  constructor(
    private readonly member: Member,
    reading: Reading,
    private readonly turns: Turns,
  ) {
    const headers = member.headersNow();
    this.feed = new Feed({
      ...reading,
      headers,
      after: member.cursor,
      // It is read with the member's own eyes.
      withheld: () => undefined,
      mayOpen: () => true,
      listener: {
        events: (events) => member.send(events),
        live: (place) => this.live(place),
        interrupted: () => member.interrupted(),
        ended: ([error]) => {
          // A renewed token reads on.
          if (error && isOfTheReader(error) && member.headersNow() !== headers) this.restart();
          else member.end(error);
        },
      },
    });
  }

  /** Keeps events of the group until the member may have them. */
  wait(events: readonly CompletedEvent[]): void {
    if (this.waiting.length + events.length <= MOST_WAITING) this.waiting.push(...events);
    else this.hasLost = true;
  }

  groupIsLive(): void {
    if (this.isLevel) this.restart();
  }

  close(): void {
    this.feed.close();
  }

  private live(place: Place): void {
    this.member.goesOn();
    this.member.reached(place);
    const start = this.turns.groupStart();
    // Until the group's stream has begun, this one goes on by itself.
    if (start === undefined) {
      this.isLevel = true;
    } else if (this.hasLost || start.position > place.position) {
      this.restart();
    } else {
      this.feed.close();
      this.turns.done();
      // One by one: together they may be more than a client may leave unread.
      for (const one of this.waiting) this.member.send([one]);
    }
  }

  private restart(): void {
    this.feed.close();
    this.turns.again();
  }
}

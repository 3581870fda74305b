import type { GraphQLFormattedError } from "graphql";
import type { EventSource } from "../engine/engine";
import { CatchUp } from "./catch-up";
import { Feed, type Headers } from "./feed";
import type { Member } from "./member";
import { INTERRUPTION } from "./subscriber";
import type { OpenUpstream, Place } from "./upstream";

/** What an agency says of the one whose eyes it was asked with; anything else holds for all who asked the same. */
const PERSONAL: ReadonlySet<unknown> = new Set([
  "TOKEN_EXPIRED",
  "UNAUTHENTICATED",
  "UNAUTHORIZED_FIELD_OR_TYPE",
  "AUDIENCE_CHANGED",
]);

/**
 * Those who may see exactly the same, and asked for the same: one stream of the agency, each event completed once and
 * written once. It is read with the eyes of one of them; when that one leaves, with another's, from where it stood.
 */
export class Group {
  private readonly members = new Set<Member>();
  private readonly catchingUp = new Map<Member, CatchUp>();
  private feed: Feed | undefined;
  private reader: { readonly member: Member; readonly headers: Headers } | undefined;
  /** Every event after it is the group's to send; undefined until the agency has said where the stream begins. */
  private start: Place | undefined;
  /** Of the last event sent. */
  private place: Place | undefined;

  constructor(
    readonly source: EventSource,
    private readonly open: OpenUpstream,
    private readonly withheld: () => ReadonlySet<string> | undefined,
    private readonly emptied: () => void,
  ) {}

  get size(): number {
    return this.members.size + this.catchingUp.size;
  }

  join(member: Member): void {
    if (member.cursor === undefined) {
      this.members.add(member);
      member.reached(this.place);
    } else this.catchUp(member);
    if (!this.feed) this.readAs(member, undefined);
  }

  /** Called when a member's stream has ended, or goes on in another group. */
  left(member: Member): void {
    this.members.delete(member);
    this.catchingUp.get(member)?.close();
    this.catchingUp.delete(member);
    if (this.size === 0) {
      this.feed?.close();
      this.emptied();
    } else if (this.reader?.member === member) this.readOn();
  }

  /** Ends every stream of the group. */
  end(error: GraphQLFormattedError | undefined): void {
    for (const member of this.everyone()) member.end(error);
  }

  everyone(): Member[] {
    return [...this.members, ...this.catchingUp.keys()];
  }

  private readAs(member: Member, after: string | undefined): void {
    const headers = member.headersNow();
    this.reader = { member, headers };
    this.feed = new Feed({
      source: this.source,
      open: this.open,
      headers,
      after,
      withheld: this.withheld,
      listener: {
        event: (payload, place) => {
          this.place = place ?? this.place;
          for (const one of this.catchingUp.values()) one.wait(payload, place);
          for (const one of this.members) one.send(payload, place);
        },
        live: (place) => {
          this.start ??= place;
          this.place ??= place;
          for (const one of this.members) if (one.cursor === undefined) one.reached(place);
          for (const one of this.catchingUp.values()) one.groupIsLive();
        },
        interrupted: () => {
          for (const one of this.members) one.notify(INTERRUPTION);
        },
        ended: (errors) => this.feedEnded(errors),
      },
    });
  }

  /** The reader is gone or may no longer read: another takes its place. */
  private readOn(): void {
    const cursor = this.feed?.cursor;
    this.feed?.close();
    this.feed = undefined;
    this.reader = undefined;
    const [next] = this.everyone();
    if (next) this.readAs(next, cursor);
  }

  private feedEnded(errors: readonly GraphQLFormattedError[]): void {
    const [error] = errors;
    const { reader } = this;
    if (!error || !PERSONAL.has(error.extensions?.["code"]) || !reader) return this.end(error);
    // A renewed token reads on.
    if (reader.member.headersNow() !== reader.headers) this.readOn();
    else reader.member.end(error);
  }

  private catchUp(member: Member): void {
    const begin = () =>
      new CatchUp(member, this.source, this.open, {
        groupStart: () => this.start,
        again: () => this.catchingUp.set(member, begin()),
        done: () => {
          this.catchingUp.delete(member);
          this.members.add(member);
        },
      });
    this.catchingUp.set(member, begin());
  }
}

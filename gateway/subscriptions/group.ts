import type { GraphQLFormattedError } from "graphql";
import type { EventSource } from "../engine/engine";
import { CatchUp } from "./catch-up";
import { Feed, type Headers } from "./feed";
import type { Member } from "./member";
import { isOfTheAudience, isOfTheReader } from "./reader-ending";
import type { Reading } from "./reading";
import type { Place } from "./upstream";

/** ms: who reads alone, and sees too much, is not asked again at once. */
const BETWEEN_READERS = 50;

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
  private isInterrupted = false;
  private rereading: NodeJS.Timeout | undefined;

  /** @param key What its members have in common. */
  constructor(
    readonly key: string,
    private readonly reading: Reading,
    private readonly emptied: () => void,
  ) {}

  get source(): EventSource {
    return this.reading.source;
  }

  join(member: Member): void {
    if (member.cursor === undefined) {
      this.members.add(member);
      member.reached(this.place);
      if (this.isInterrupted) member.interrupted();
    } else this.catchUp(member);
    if (!this.feed) this.readAs(member, undefined);
  }

  /** Called when a member's stream has ended, or goes on in another group. */
  left(member: Member): void {
    this.members.delete(member);
    this.catchingUp.get(member)?.close();
    this.catchingUp.delete(member);
    if (this.members.size + this.catchingUp.size === 0) {
      clearTimeout(this.rereading);
      this.feed?.close();
      this.emptied();
    } else if (this.reader?.member === member) this.readOn();
  }

  private everyone(): Member[] {
    return [...this.members, ...this.catchingUp.keys()];
  }

  private readAs(member: Member, after: string | undefined): void {
    const headers = member.headersNow();
    this.reader = { member, headers };
    this.feed = new Feed({
      ...this.reading,
      headers: { ...headers, ...this.reading.sharedBy },
      after,
      listener: {
        events: (events) => {
          this.isInterrupted = false;
          this.place = events.at(-1)?.place ?? this.place;
          for (const one of this.catchingUp.values()) one.wait(events);
          for (const one of this.members) one.send(events);
        },
        live: (place) => {
          this.start ??= place;
          this.place ??= place;
          this.isInterrupted = false;
          for (const one of this.members) {
            one.goesOn();
            if (one.cursor === undefined) one.reached(place);
          }
          for (const one of this.catchingUp.values()) one.groupIsLive();
        },
        interrupted: () => {
          this.isInterrupted = true;
          for (const one of this.members) one.interrupted();
        },
        ended: (errors) => this.feedEnded(errors),
      },
    });
  }

  /** The reader is gone or may no longer read: another takes its place, from where it stood. */
  private readOn(): void {
    clearTimeout(this.rereading);
    const cursor = this.feed?.cursor;
    this.feed?.close();
    this.feed = undefined;
    this.reader = undefined;
    const [next] = this.everyone();
    if (next) this.readAs(next, cursor);
  }

  private feedEnded([error]: readonly GraphQLFormattedError[]): void {
    const { reader } = this;
    if (!reader || !error || !isOfTheReader(error)) {
      for (const member of this.everyone()) member.end(error);
    } else if (isOfTheAudience(error)) {
      this.passOn(reader.member);
    } else if (reader.member.headersNow() !== reader.headers) {
      // A renewed token reads on.
      this.readOn();
    } else reader.member.end(error);
  }

  /** The reader will be told that he belongs elsewhere. Until then another reads, or nobody: what is missed is read then. */
  private passOn(reader: Member): void {
    if (this.members.delete(reader)) this.members.add(reader);
    this.rereading = setTimeout(() => this.readOn(), BETWEEN_READERS);
  }

  private catchUp(member: Member): void {
    const begin = () => {
      const sentBefore = this.place;
      return new CatchUp(member, this.reading, {
        // What the group sent before this began did not wait for the member.
        groupStart: () => sentBefore ?? this.start,
        again: () => this.catchingUp.set(member, begin()),
        done: () => {
          this.catchingUp.delete(member);
          this.members.add(member);
        },
      });
    };
    this.catchingUp.set(member, begin());
  }
}

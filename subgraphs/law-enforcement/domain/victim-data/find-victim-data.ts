import { addressesIn } from "./addresses";
import { birthDatesIn } from "./birth-dates";
import { namesIn, type Addressee, type NameLeak } from "./names";
import { phonesIn } from "./phones";
import { readText } from "./words";
import { accept, refuse, type Result } from "../result";

/** What is known of one victim: all of it stays out of what he reads. */
export interface VictimData {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly aliases: readonly string[];
  readonly addresses: readonly string[];
  readonly phones: readonly string[];
  readonly dateOfBirth: string | null;
}

/** He whose letter it is. What is his own may stand in it, though it is hers too. */
export interface LetterAddressee extends Addressee {
  readonly address: string | null;
}

export const LEAK_KINDS = [
  "NAME",
  "GIVEN_NAME",
  "FAMILY_NAME",
  "INITIALS",
  "ADDRESS",
  "PHONE",
  "DATE_OF_BIRTH",
  "UNREADABLE",
] as const;
/** What of a victim a text says. UNREADABLE: letters of a script that the check cannot read, so that it may say anything. */
export type LeakKind = (typeof LEAK_KINDS)[number];

/** What is wrong at which place of a text. It does not say what stands there: that would be told on. */
export interface Leak {
  readonly kind: LeakKind;
  /** Characters before it. */
  readonly at: number;
  /** Of whom; null: of nobody in particular. */
  readonly victimId: string | null;
}

/** A text that was searched for every victim of his and found clean; nothing else is printed for him. */
export type OffenderFacingText = string & { readonly [searched]: true };
declare const searched: unique symbol;

/** Where a text that he will read says anything of a victim of his (L50), in the order of the text. */
export function findVictimData(
  text: string,
  victims: readonly VictimData[],
  addressee: LetterAddressee,
): readonly Leak[] {
  const { words, unreadable } = readText(text);
  const leaks = victims.flatMap((victim): Leak[] => {
    const of = (kind: LeakKind) => (at: number) => ({ kind, at, victimId: victim.id });
    const alias = (name: string) => namesIn(words, { givenName: name, familyName: "" }, addressee);
    const names: readonly { readonly kind: NameLeak; readonly at: number }[] = [
      ...namesIn(words, victim, addressee),
      ...victim.aliases.flatMap(alias),
    ];
    return [
      ...names.map(({ kind, at }) => of(kind)(at)),
      ...victim.addresses.flatMap((one) => addressesIn(words, one, addressee.address)).map(of("ADDRESS")),
      ...victim.phones.flatMap((one) => phonesIn(words, one)).map(of("PHONE")),
      ...(victim.dateOfBirth === null
        ? []
        : birthDatesIn(words, victim.dateOfBirth).map(of("DATE_OF_BIRTH"))),
    ];
  });
  const unread = unreadable.slice(0, 1).map((at) => ({ kind: "UNREADABLE" as const, at, victimId: null }));
  return [...leaks, ...unread].sort((one, other) => one.at - other.at);
}

/** Why a text is not for him. */
export interface VictimDataRefusal {
  readonly code: "LETTER_NAMES_VICTIM";
  readonly leaks: readonly Leak[];
  /** What was searched. */
  readonly text: string;
}

/** The only way to an `OffenderFacingText`: a text with nothing of any victim of his in it (L50). */
export function offenderFacing(
  text: string,
  victims: readonly VictimData[],
  addressee: LetterAddressee,
): Result<OffenderFacingText, VictimDataRefusal> {
  const leaks = findVictimData(text, victims, addressee);
  return leaks.length === 0
    ? accept(text as OffenderFacingText)
    : refuse({ code: "LETTER_NAMES_VICTIM", leaks, text });
}

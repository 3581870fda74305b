/*
 * How letters of other scripts are read as Latin ones: by sound (transliteration) and by look (a Cyrillic letter that is
 * drawn as a Latin one). A modest table: Cyrillic, Greek, Arabic with its Persian letters, Hebrew, and the Latin letters
 * that do not decompose. Sources: BGN/PCGN romanisation, simplified to one reading a letter; Unicode confusables.txt for
 * what looks alike. What is in no table is not read, and a text with such letters is not found clean.
 */

function tableOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .trim()
      .split(/\s+/)
      .map((pair) => [pair.slice(0, 1), pair.slice(2)] as const),
  );
}

const LATIN = tableOf("ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ı=i ħ=h ŧ=t ŋ=n ĸ=k ſ=s ə=e ɑ=a ɡ=g");

const CYRILLIC = tableOf(`
  а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch
  ъ= ы=y ь= э=e ю=yu я=ya і=i ї=i є=e ґ=g ў=u ј=j љ=l њ=n ћ=c ђ=d џ=dzh ѕ=dz қ=k ғ=g ң=n ө=o ү=u ұ=u һ=h ә=a`);

const GREEK = tableOf(
  "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=u φ=f χ=kh ψ=ps ω=o",
);

/** Scripts that mostly write consonants: their words are compared by these. */
const CONSONANTAL = tableOf(`
  ا=a ب=b ت=t ث=th ج=j ح=h خ=kh د=d ذ=d ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع=a غ=g ف=f ق=k ك=k ل=l م=m ن=n ه=h و=w
  ي=y ى=a ة=a ء= پ=p چ=ch ژ=zh گ=g ک=k ی=y ـ=
  א=a ב=b ג=g ד=d ה=h ו=w ז=z ח=h ט=t י=y כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע=a פ=p ף=p צ=ts ץ=ts ק=k ר=r ש=sh ת=t`);

/** Letters and digits that are drawn as a Latin letter. */
const LOOKS_LIKE = tableOf(`
  а=a в=b е=e ё=e з=e к=k м=m н=h о=o р=p с=c т=t у=y х=x і=i ї=i ј=j ѕ=s ԁ=d ԛ=q ԝ=w һ=h ь=b
  α=a β=b ε=e η=n ι=i κ=k μ=u ν=v ο=o ρ=p τ=t υ=u χ=x ω=w γ=y
  0=o 1=l 3=e 5=s 4=a`);

/** Of a capital, which may look like another letter than its small form. */
const CAPITAL_LOOKS_LIKE = tableOf("Н=h Η=h Ν=n Μ=m Υ=y Ζ=z Τ=t Β=b Ε=e Ρ=p Χ=x Κ=k Ι=i Ѕ=s Ԁ=d");

const DIGIT_ZEROS = ["٠", "۰", "०", "০", "๐"].map((zero) => zero.codePointAt(0)!);

/** The digit that another script's digit is; null: it is none. */
export function digitOf(character: string): string | null {
  const code = character.codePointAt(0)!;
  const zero = DIGIT_ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? null : String(code - zero);
}

/** How one decomposed letter is read; null: it is in no table. */
export interface Letter {
  readonly sound: string;
  readonly look: string;
  readonly script: "latin" | "other" | "consonantal";
}

export function letterOf(character: string): Letter | null {
  const small = character.toLowerCase();
  if (/^[a-z0-9]$/.test(small))
    return { sound: small, look: LOOKS_LIKE.get(small) ?? small, script: "latin" };
  const latin = LATIN.get(small);
  if (latin !== undefined) return { sound: latin, look: latin, script: "latin" };
  const written = CONSONANTAL.get(small);
  if (written !== undefined) return { sound: written, look: written, script: "consonantal" };
  const sound = CYRILLIC.get(small) ?? GREEK.get(small);
  const look = CAPITAL_LOOKS_LIKE.get(character) ?? LOOKS_LIKE.get(small);
  if (sound === undefined && look === undefined) return null;
  return { sound: sound ?? look!, look: look ?? sound!, script: "other" };
}

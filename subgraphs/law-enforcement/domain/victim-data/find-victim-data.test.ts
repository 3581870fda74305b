import fc from "fast-check";
import { readFileSync } from "node:fs";
import {
  findVictimData,
  offenderFacing,
  type LeakKind,
  type LetterAddressee,
  type VictimData,
} from "./find-victim-data";

const MARIA: VictimData = {
  id: "00000000-0000-4000-8000-000000000001",
  givenName: "Maria",
  familyName: "Lopez",
  aliases: [],
  addresses: ["123 N Main St Apt 4, Springfield, EX 01234"],
  phones: ["(595) 555-0102"],
  dateOfBirth: "1990-03-12",
};
const CARLOS: LetterAddressee = {
  givenName: "Carlos",
  familyName: "Example",
  sex: "M",
  address: "9 Elm Street, Springfield, EX 01234",
};
/** The same man, married to her, at home with her. */
const HUSBAND: LetterAddressee = { ...CARLOS, familyName: "Lopez", address: MARIA.addresses[0]! };

const victim = (more: Partial<VictimData>): VictimData => ({ ...MARIA, ...more });
const kindsIn = (text: string, hers = MARIA, his = CARLOS) => [
  ...new Set(findVictimData(text, [hers], his).map(({ kind }) => kind)),
];
const inLetter = (plant: string) =>
  `5 April 2026\n\nDear Carlos Example,\n\nwe know of ${plant} and go on.\n`;

describe("L50: what a letter says of a victim is found", () => {
  test.each<[what: string, plant: string, kind: LeakKind]>([
    ["her name", "Maria Lopez", "NAME"],
    ["in capitals", "MARIA LOPEZ", "NAME"],
    ["in small letters", "maria lopez", "NAME"],
    ["the other way round", "Lopez, Maria", "NAME"],
    ["with a middle name", "Maria Elena Lopez", "NAME"],
    ["with a middle initial", "Maria E. Lopez", "NAME"],
    ["with marks", "María López", "NAME"],
    ["with marks as characters of their own", "Mari\u0301a Lo\u0301pez", "NAME"],
    ["over two lines", "Maria\nLopez", "NAME"],
    ["broken at the end of a line", "Maria Lo-\npez", "NAME"],
    ["in Cyrillic letters", "Мария Лопес", "NAME"],
    ["in Cyrillic letters, otherwise", "Марія Лопез", "NAME"],
    ["in Greek letters", "Μαρία Λόπεζ", "NAME"],
    ["in Arabic letters", "ماريا لوبيز", "NAME"],
    ["in Hebrew letters", "מריה לופז", "NAME"],
    ["with Cyrillic letters that look Latin", "Mаriа Lореz", "NAME"],
    ["with Greek letters that look Latin", "Μaria Lορez", "NAME"],
    ["in letters of full width", "Ｍａｒｉａ Ｌｏｐｅｚ", "NAME"],
    ["in letters of mathematics", "𝐌𝐚𝐫𝐢𝐚 𝐋𝐨𝐩𝐞𝐳", "NAME"],
    ["with digits for letters", "Mar1a L0pez", "NAME"],
    ["with characters that nobody sees", "Ma\u200bria Lo\u00adpez", "NAME"],
    ["spaced", "M a r i a  L o p e z", "NAME"],
    ["dotted", "M.a.r.i.a L.o.p.e.z", "NAME"],
    ["as one word", "MariaLopez", "NAME"],
    ["in an address of mail", "marialopez@mail.example", "NAME"],
    ["with an initial in an address of mail", "mlopez@mail.example", "NAME"],
    ["heard and written down", "Mariya Lopes", "NAME"],
    ["by her initial and surname", "M. Lopez", "INITIALS"],
    ["without the point", "M Lopez", "INITIALS"],
    ["with two initials", "M. E. Lopez", "INITIALS"],
    ["behind", "Lopez, M.", "INITIALS"],
    ["her surname alone", "Ms. Lopez", "FAMILY_NAME"],
    ["her surname as a possessor", "Lopez's", "FAMILY_NAME"],
    ["her surname in Cyrillic alone", "Лопес", "FAMILY_NAME"],
    ["her surname in Arabic alone", "لوبيز", "FAMILY_NAME"],
    ["her first name alone", "Maria", "GIVEN_NAME"],
    ["her first name as a possessor", "María’s", "GIVEN_NAME"],
    ["her first name and the initial of the other", "Maria L.", "INITIALS"],
    ["her first name in Greek alone", "Μαρία", "GIVEN_NAME"],
  ])("a name: %s", (_what, plant, kind) => {
    expect(kindsIn(inLetter(plant))).toContain(kind);
  });

  test.each<[what: string, name: Partial<VictimData>, plant: string, kind: LeakKind]>([
    ["marks in the records", { givenName: "José", familyName: "Núñez" }, "Jose Nunez", "NAME"],
    ["an umlaut written out", { familyName: "Müller" }, "Maria Mueller", "NAME"],
    ["an umlaut not written out", { familyName: "Mueller" }, "Maria Müller", "NAME"],
    ["letters that do not decompose", { familyName: "Łęcka" }, "Lecka", "FAMILY_NAME"],
    ["half of a double surname", { familyName: "Smith-Jones" }, "Jones", "FAMILY_NAME"],
    ["a double surname as one", { familyName: "Smith-Jones" }, "Smithjones", "FAMILY_NAME"],
    ["a double surname without its hyphen", { familyName: "Smith-Jones" }, "M. Smith Jones", "INITIALS"],
    ["a surname with a particle", { familyName: "de la Cruz" }, "Maria Cruz", "NAME"],
    ["a surname that is one particle", { familyName: "Van" }, "Maria Van", "NAME"],
    ["an apostrophe left out", { familyName: "O'Brien" }, "Obrien", "FAMILY_NAME"],
    ["another apostrophe", { familyName: "O'Brien" }, "O’Brien", "FAMILY_NAME"],
    ["half of a double first name", { givenName: "Ana Sofía" }, "Sofia", "GIVEN_NAME"],
    ["the second initial", { givenName: "Ana Sofía" }, "S. Lopez", "INITIALS"],
    ["a Greek capital that looks like another letter", { givenName: "Yara" }, "Υara", "GIVEN_NAME"],
    ["an alias", { aliases: ["Mimi"] }, "Mimi", "GIVEN_NAME"],
    ["an alias of two words", { aliases: ["Red Sonya"] }, "Sonya", "GIVEN_NAME"],
    ["a name that is a word, with a capital", { givenName: "Hope" }, "Hope", "GIVEN_NAME"],
    ["a name that is a word, with its surname", { givenName: "hope" }, "hope Lopez", "NAME"],
    ["a name of two letters", { givenName: "Jo" }, "Jo", "GIVEN_NAME"],
    ["a name that is a small word", { familyName: "Do" }, "Ms Do", "FAMILY_NAME"],
    ["a name that is a month, no date beside it", { givenName: "April" }, "April", "GIVEN_NAME"],
    ["records in Cyrillic", { givenName: "Мария", familyName: "Лопес" }, "Maria Lopez", "NAME"],
  ])("a name with %s", (_what, name, plant, kind) => {
    expect(kindsIn(`We know of ${plant}; and go on.`, victim(name))).toContain(kind);
  });

  test.each<[what: string, plant: string, address?: string]>([
    ["as recorded", "123 N Main St Apt 4, Springfield, EX 01234"],
    ["written out", "123 North Main Street, Apartment 4"],
    ["without its direction", "123 Main Street"],
    ["without its kind", "the house at 123 Main"],
    ["with a number sign", "123 N. Main St. #4"],
    ["over lines", "123 North\nMain Street\n#4"],
    ["in capitals", "123 N MAIN ST"],
    ["the street alone", "your visits to North Main Street"],
    ["with the number behind", "Main Street 123"],
    ["with the number behind a comma, in Spanish", "Calle Mayor, 12", "Calle Mayor 12"],
    ["of an avenue", "4 Ocean Avenue", "4 Ocean Ave."],
    ["of a numbered street", "77 Fifth Ave", "77 5th Avenue"],
    ["of a numbered street, the reverse", "77 5th Ave", "77 Fifth Avenue"],
    ["of an avenue with a letter", "77 Avenue B", "77 Ave B"],
    ["of two words", "8 Old Mill Rd", "8 Old Mill Road, Unit 2"],
    ["a box", "P.O. Box 55", "PO Box 55, Springfield"],
    ["a box, shortly", "Box 55", "P.O. Box 55"],
    ["without a number", "the Old Mill Farm", "Old Mill Farm, Springfield"],
    ["with a street in Cyrillic", "123 Майн", "123 Main St"],
    ["with digits of another script", "١٢٣ Main St"],
  ])("an address %s", (_what, plant, address = MARIA.addresses[0]!) => {
    expect(kindsIn(inLetter(plant), victim({ addresses: [address] }))).toEqual(["ADDRESS"]);
  });

  test.each([
    "(595) 555-0102", "+1 (595) 555-0102", "+15955550102", "5955550102", "595.555.0102", "595 555 01 02", "555-0102", "5550102",
    "5 5 5 0 1 0 2", "5-5-5-0-1-0-2", "555\n0102", "five five five, zero one zero two", "five five five oh one oh two",
    "cinco cinco cinco cero uno cero dos", "٥٥٥٠١٠٢", "５５５０１０２", "001 595 5550102",
  ])("a telephone number: %s", (plant) => {
    expect(kindsIn(inLetter(plant))).toEqual(["PHONE"]);
  }); // prettier-ignore

  test.each(["555 0102 ext. 7", "+1 595 555 0102", "595/5550102 x12"])(
    "a telephone number that the records have as %s",
    (phone) => {
      expect(kindsIn(inLetter("call 555-0102"), victim({ phones: [phone] }))).toEqual(["PHONE"]);
    },
  );

  test.each([
    "1990-03-12", "03/12/1990", "12/03/1990", "3/12/90", "12.3.1990", "12 March 1990", "March 12, 1990", "Mar 12th 1990",
    "the 12th of March, 1990", "12 de marzo de 1990", "12. märz 1990".replace("märz", "mar"), "19900312", "12031990",
  ])("a day of birth: %s", (plant) => {
    expect(kindsIn(inLetter(`who was born ${plant}`))).toEqual(["DATE_OF_BIRTH"]);
  }); // prettier-ignore

  test("a text in letters that the check cannot read is not found clean", () => {
    expect(kindsIn(inLetter("玛丽亚"))).toEqual(["UNREADABLE"]);
  });

  test("each kind is told with its place and with whose it is, and with nothing of hers", () => {
    const other = victim({ id: "2", givenName: "Ann", familyName: "Sample", phones: [], addresses: [] });
    const text = "Ann has 555-0102.";
    const found = offenderFacing(text, [MARIA, other], CARLOS);
    const leaks = [
      { kind: "GIVEN_NAME", at: 0, victimId: "2" },
      { kind: "PHONE", at: 8, victimId: MARIA.id },
    ];
    expect(found).toEqual({ ok: false, refusal: { code: "LETTER_NAMES_VICTIM", leaks, text } });
  });

  /** A name as it may be disguised without the help of another name. */
  const DISGUISES: readonly ((name: string) => string)[] = [
    (name) => name,
    (name) => name.toUpperCase(),
    (name) => name.toLowerCase(),
    (name) => name.normalize("NFD").replace(/[aeiou]/g, (vowel) => `${vowel}\u0301`),
    (name) => [...name].join("\u200b"),
    (name) => [...name].join("."),
    (name) => name.replaceAll("o", "0"),
    (name) => name.replaceAll("a", "а").replaceAll("e", "е").replaceAll("o", "о"),
    (name) => [...name].map((letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)).join(""),
    (name) => `${name.slice(0, 2)}-\n${name.slice(2)}`,
    (name) => `${name}'s`,
  ];
  const NAMES = ["Delia", "Tamar", "Zora", "Petra", "Kestadale", "Wexlumbel", "Garrimarsh", "Lormoquist"];
  const LETTERS = ["letter.en", "letter.es", "custom-notification.en", "custom-notification.es"].map((id) =>
    readFileSync(`site/letters/${id}.txt`, "utf8")
      .replace("{{name}}", "Carlos Example")
      .replace("{{date}}", ""),
  );

  test("whatever the name, the disguise, the letter and the place in it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.constantFrom(...DISGUISES),
        fc.constantFrom(...LETTERS),
        fc.nat(),
        (name, disguise, letter, where) => {
          const spaces = [...letter.matchAll(/\s/g)].map((match) => match.index);
          const at = spaces[where % spaces.length]!;
          const text = `${letter.slice(0, at)} ${disguise(name)} ${letter.slice(at)}`;
          const [leak] = findVictimData(text, [victim({ givenName: "Qwerta", familyName: name })], CARLOS);
          expect(leak).toEqual({ kind: "FAMILY_NAME", at: at + 1, victimId: MARIA.id });
        },
      ),
      { numRuns: 500 },
    );
  });

  test("whatever the grouping of a telephone number", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("", " ", "-", ".", ") ", " / ", "\n", " - "), {
          minLength: 9,
          maxLength: 9,
        }),
        fc.constantFrom("", "+1 ", "(", "tel. ", "00 1 "),
        (gaps, before) => {
          const grouped = [..."5955550102"].map((digit, index) => digit + (gaps[index] ?? "")).join("");
          expect(kindsIn(inLetter(before + grouped))).toEqual(["PHONE"]);
        },
      ),
    );
  });

  test("the site's letters, in every language, name nobody of any such name", () => {
    for (const letter of LETTERS) {
      for (const name of NAMES)
        expect(findVictimData(letter, [victim({ givenName: name })], CARLOS)).toEqual([]);
    }
  });
});

describe("L122: what is hers in the forms in which people write it is found", () => {
  test.each<[what: string, plant: string, kind: LeakKind, name?: Partial<VictimData>]>([
    ["her initial and surname, with a year", "mlopez90@mail.example", "NAME"],
    ["her surname, with a year", "lopez1990@mail.example", "FAMILY_NAME"],
    ["her first name, with a year", "maria85@mail.example", "GIVEN_NAME"],
    ["her surname and initial", "lopezm@mail.example", "NAME"],
    ["her first name and the initial of the other", "marial@mail.example", "NAME"],
    ["a name that is a word, small", "rosa@mail.example", "GIVEN_NAME", { givenName: "Rosa" }],
    ["a name that is a word, with a year", "hope77@mail.example", "GIVEN_NAME", { givenName: "Hope" }],
    ["the same, as others are called in public", "@hope", "GIVEN_NAME", { givenName: "Hope" }],
  ])("in an address of mail: %s", (_what, plant, kind, name = {}) => {
    expect(kindsIn(inLetter(plant), victim(name))).toEqual([kind]);
  });

  test.each<[recorded: Partial<VictimData>, plant: string, kind: LeakKind]>([
    [{ familyName: "McDonald" }, "Ms. Mc Donald", "FAMILY_NAME"],
    [{ familyName: "MacDonald" }, "Maria Mac Donald", "NAME"],
    [{ familyName: "Delacruz" }, "Ms. De La Cruz", "FAMILY_NAME"],
    [{ familyName: "Delacruz" }, "Ms. de la Cruz", "FAMILY_NAME"],
    [{ familyName: "VanDyke" }, "M. Van Dyke", "INITIALS"],
    [{ familyName: "StClair" }, "St. Clair", "FAMILY_NAME"],
    [{ familyName: "Alhassan" }, "al Hassan", "FAMILY_NAME"],
    [{ familyName: "Obrien" }, "O Brien", "FAMILY_NAME"],
    [{ givenName: "Annemarie" }, "Anne Marie", "GIVEN_NAME"],
    [{}, "Lo-\n  pez", "FAMILY_NAME"],
    [{ familyName: "Haaland" }, "Håland", "FAMILY_NAME"],
    [{ familyName: "Garcia" }, "the Garcias", "FAMILY_NAME"],
    [{}, "the Lopezes", "FAMILY_NAME"],
  ])("of %j: %s", (recorded, plant, kind) => {
    expect(kindsIn(inLetter(plant), victim(recorded))).toEqual([kind]);
  });

  test.each<[recorded: string, plant: string]>([
    ["Cell: (595) 555-0102", "555-0102"],
    ["595-555-0102 or 595-555-0199", "555-0199"],
    ["595-555-0102 / 595-555-0199", "555-0102"],
    ["(595) 555-0102, 555-0199", "555-0102"],
    ["home 595 555 0102 x7; work 555 0199", "555 0199"],
    ["(595) 555-0102", "555-O1O2"],
    ["(595) 555-0102", "595.555.o1o2"],
    ["(595) 555-0102", "555-0I02"],
  ])("a telephone number that the records have as %s: %s", (phone, plant) => {
    expect(kindsIn(inLetter(`call ${plant}.`), victim({ phones: [phone] }))).toEqual(["PHONE"]);
  });

  test.each(["120390", "031290", "900312"])("a day of birth: %s", (plant) => {
    expect(kindsIn(inLetter(`who was born ${plant}`))).toEqual(["DATE_OF_BIRTH"]);
  });

  test.each<[text: string, hers?: Partial<VictimData>]>([
    ["You came just in time. Just in case, call. It may be hard in winter.", { givenName: "Justin", familyName: "Hardin" }],
    ["Her man is a good man.", { familyName: "Herman" }],
    ["We have hopes, and go on.", { givenName: "Hope", familyName: "Smith" }],
    ["Write to hopes@mail.example.", { givenName: "Hope", familyName: "Lopez" }],
    ["The hills, and 5 hills", { familyName: "Hill" }],
    ["Call 595-555-0199 by 5 pm, room 102.", {}],
    ["Docket 555010, of 12 May 1990", {}],
    ["the 4th of June", { givenName: "Th" }],
  ])("and words that only look like it are let pass: %s", (text, hers = {}) => {
    expect(kindsIn(text, victim(hers))).toEqual([]);
  }); // prettier-ignore
});

test.each(["a ", "1 ", "a.", "lo-"])(
  "L125: a page of %j is searched as any other, and does not keep the server from everything else",
  (unit) => {
    expect(kindsIn(`${unit.repeat(4_000 / unit.length)}; M a r i a L o p e z`)).toContain("NAME");
  },
);

describe("L51: what is his own is no leak, and what is not is", () => {
  test.each<[what: string, text: string, kinds: readonly LeakKind[]]>([
    ["his full name", "Dear Carlos Lopez,", []],
    ["his full name the other way round", "Lopez, Carlos", []],
    ["his full name in capitals", "CARLOS LOPEZ", []],
    ["his surname", "Mr. Lopez, this is for you.", []],
    ["his surname alone", "Lopez", []],
    ["his address", "Carlos Lopez, 123 N Main St Apt 4", []],
    ["his house", "you live at 123 North Main Street", []],
    ["his street", "on Main Street", []],
    ["her name", "Maria Lopez", ["NAME"]],
    ["both of them", "Carlos and Maria Lopez", ["NAME"]],
    ["both of them, her name first", "Maria and Carlos Lopez", ["GIVEN_NAME"]],
    ["her initial", "M. Lopez", ["INITIALS"]],
    ["her title", "Mrs. Lopez", ["FAMILY_NAME"]],
    ["her title in Spanish", "la señora Lopez", ["FAMILY_NAME"]],
    ["her first name", "Maria", ["GIVEN_NAME"]],
  ])("a husband of the same surname and home: %s", (_what, text, kinds) => {
    expect(kindsIn(text, MARIA, HUSBAND)).toEqual(kinds);
  });

  test("another part of the house is hers alone", () => {
    const neighbour = { ...CARLOS, address: "123 N Main St Apt 3" };
    expect(kindsIn("you live at 123 N Main St Apt 3", MARIA, neighbour)).toEqual([]);
    expect(kindsIn("123 Main Street #4", MARIA, neighbour)).toEqual(["ADDRESS"]);
    expect(kindsIn("123 Main Street", MARIA, { ...CARLOS, address: "125 N Main St" })).toEqual(["ADDRESS"]);
    expect(kindsIn("another house: 125 Main Street", MARIA, { ...CARLOS, address: "125 N Main St" })).toEqual(
      [],
    );
  });

  test("a first name that both have", () => {
    const alex = { ...CARLOS, givenName: "Maria" };
    expect(kindsIn("Dear Maria Example, dear Maria,", MARIA, alex)).toEqual([]);
    expect(kindsIn("Maria L.", MARIA, alex)).toEqual(["INITIALS"]);
    expect(kindsIn("Maria Lopez", MARIA, alex)).toEqual(["NAME"]);
  });

  test("his names turned round are hers", () => {
    const thomas = victim({ givenName: "Thomas", familyName: "James" });
    const james = { ...CARLOS, givenName: "James", familyName: "Thomas" };
    expect(kindsIn("James Thomas", thomas, james)).toEqual([]);
    expect(kindsIn("Thomas, James", thomas, james)).toEqual([]);
    expect(kindsIn("Thomas James", thomas, james)).toEqual(["NAME"]);
  });

  test("a title that is not his own points to another", () => {
    const wife: LetterAddressee = { ...HUSBAND, givenName: "Rosa", sex: "F" };
    expect(kindsIn("Mrs. Lopez", MARIA, wife)).toEqual([]);
    expect(kindsIn("Mr. Lopez", MARIA, wife)).toEqual(["FAMILY_NAME"]);
    expect(kindsIn("Mr. Lopez", MARIA, { ...wife, sex: "U" })).toEqual(["FAMILY_NAME"]);
    expect(kindsIn("Mr. Maria Example", MARIA, { ...CARLOS, givenName: "Maria", sex: "U" })).toEqual([]);
  });
});

describe("L50: words that only look like her are let pass", () => {
  test.each<[what: string, text: string, hers?: Partial<VictimData>]>([
    ["a word that is a name, written small", "We hope you may choose, and will help.", { givenName: "Hope", familyName: "Will" }],
    ["a small word at the beginning of a sentence", "Call us. Do it now.", { familyName: "Do" }],
    ["a month in a date", "On 5 May 2026, and May 7", { givenName: "May" }],
    ["a word that her name is part of", "marianne loped", {}],
    ["another house in her street", "Come to 400 Main Street.", {}],
    ["her number in another street", "Come to 123 Elm Street.", {}],
    ["another telephone number", "Call 211 or 555-0199.", {}],
    ["another day", "On March 12, 2026, and 12/13/1990", {}],
    ["her city", "Springfield, EX 01234", {}],
    ["a number that nobody is known by", "Room 55", { phones: ["55"] }],
    ["no surname in the records", "Carlos", { familyName: "" }],
    ["no address in the records", "Main Street", { addresses: ["  "] }],
  ])("%s", (_what, text, hers = {}) => {
    expect(kindsIn(text, victim(hers))).toEqual([]);
  }); // prettier-ignore
});

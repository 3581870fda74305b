/** The synthetic city: no such streets in no such place, and telephone numbers kept free for fiction. */
export const CITY = "Exampleton, Example County";

const STREETS = [
  ..."Amberfall Ashquill Barrowmint Bellfrost Brindlewick Candlemoss Copperfern Cresselby Dapplegate".split(
    " ",
  ),
  ..."Driftholm Duskwater Embervale Fableford Feldspar Finchmere Gallowfern Glimmerton Greysedge Halfmoon".split(
    " ",
  ),
  ..."Hazelthorn Inkwell Ivorybridge Juniperholt Kettlebrook Lanternby Larkspindle Mallowmead Marblewick".split(
    " ",
  ),
  ..."Mistlegrove Nettlecombe Oldmarrow Opalstone Orchidmoor Paperbark Pennywhistle Plumefield Quarrelstone".split(
    " ",
  ),
  ..."Quincebury Ravelling Rushlight Saltwhistle Seventhorn Silverpine Sparrowend Tallowmere Thimbledown".split(
    " ",
  ),
  ..."Umberhill Underlark Velvetmarsh Violetford Wandering Whistledown Willowash Yarrowby Zephyrstead".split(
    " ",
  ),
];
const KINDS = ["Street", "Avenue", "Lane", "Court", "Road", "Terrace"];

/** The address with this number: a whole number from 0 on. Two numbers never give the same address. */
export function addressAt(number: number): string {
  const street = number % STREETS.length;
  const house = 100 + Math.floor(number / STREETS.length);
  return `${house} ${STREETS[street]} ${KINDS[street % KINDS.length]}, ${CITY}`;
}

/** The post office box of the address confidentiality programme that stands for a real address. */
export function substituteAddressAt(number: number): string {
  return `P.O. Box ${7000 + number}, Address Confidentiality Programme, ${CITY}`;
}

/**
 * The telephone number with this number. 555-0100 to 555-0199 are kept free for fiction in every area, and area codes
 * with a 9 in the middle (392, 491) are given to no area at all.
 */
export function phoneAt(number: number): string {
  const area = `${2 + (Math.floor(number / 100) % 8)}9${Math.floor(number / 800) % 10}`;
  return `(${area}) 555-01${String(number % 100).padStart(2, "0")}`;
}

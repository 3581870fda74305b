/*
 * Words of letters that are also names. Written small they are words; with a capital they are taken for the name, at the
 * beginning of a sentence too: a letter that must be worded anew costs less than one that names her.
 */
const NAMES = new Set(
  `able ace amber angel april art asher august autumn bail banks bay beach bell berry best bill bishop black blue bond booker
  bow bright brook brown buck bud burden burns bush butler carol carpenter carter case cash chance charity chase child church
  clay close cole constant cook cooper court craft cross day dawn dean drew early earl east english faith fall farmer field
  fields finch fish fisher flowers ford forest fox frank free french friend gale gay gene glen gold good goode grace grant
  grave graves gray green grey guard guy hand hardy harmony heart hill holiday holly home honor hope hunt hunter iris ivy jay
  jewel joy judge june justice keen key king knight lake lane law laws lee liberty light lily little long love low luck major
  may march marsh mark mason may melody mercy merry mild miles mill miller moody moon moore moral more mount neal new noble
  north novel page paid park parks parole patience peace pearl penny pierce pool poor pope post potter power powers price
  priest prince prior prosper queen rain ray read reason reed rice rich rise river rivers rob robin rock rose royal ruby rush
  sage sales sands savage school service sharp short singer sky small smart snow southern spring star start states steel
  stern stone strange street strong sue summer summers sweet swift temple term terry trial trust van virtue walker walk wall
  ward ware warden warrant waters way weeks well wells west white wild will wills winter wise witness wolf wood woods word
  worth young
  abril alba alma amada amado amor angeles asunción bella blanca blanco bueno calle camino campo campos casa casas castillo
  cielo clara claro consuelo corte cruz delgado dolores domingo encarnacion esperanza estrella fuentes gracia guerra hierro
  iglesia ley leyes linda luna luz mar marte marques mayo mercedes milagros molina montes moreno nieves norte olivares
  palacios palma paz pena penas perla piedad pilar plaza prado puerta quinta reina rey reyes rico rio rios rocio rojo rosa
  rosario rubio salud santa santo santos serena serrano sol soledad soto tierra torre torres vega verde vera vida victoria
  virtudes`
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/\s+/),
);

/** Words that begin sentences: alone they are a name only with a capital inside one. */
const SMALL_WORDS = new Set(
  `a al am an and as at be but by da de del der di do don dos du el en for from go he her him his how i if in is it its la las
  le les lo los me my ng no o of off on one or our out san she so su sus te the they to tu un una up us van von was we who y
  you`.split(/\s+/),
);

/** Words of a name that say nothing of it: nobody is known by "de la". */
export const PARTICLES: ReadonlySet<string> = new Set(
  "al bin da das de del della den der di dos du el ibn la las le los of san santa st ten ter the van von y".split(
    " ",
  ),
);

export const isCommonName = (word: string): boolean => NAMES.has(word);
export const isSmallWord = (word: string): boolean => SMALL_WORDS.has(word);

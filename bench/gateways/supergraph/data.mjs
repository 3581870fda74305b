// Synthetic records, the same at every run.

export const PERSONS = 200;
export const CONFERENCES = 40;
export const PERSONS_A_CONFERENCE = 50;

/** Numbers in [0, 1) from a seed (mulberry32): repeatable, nothing more is asked of them. */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const given = ["Ada", "Ben", "Carl", "Dora", "Emil", "Fay", "Gus", "Hana"];
const family = ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Oak"];
const titles = ["Simple assault", "Stalking", "Violation of order", "Intimidation"];
const terms = ["No contact", "Stay 500 ft away", "Report weekly", "No firearms"];

/** Everything the three subgraphs hold: objects as their schemas name them, each by id. */
export function makeData() {
  const random = randomFrom(20_240_917);
  const one = (list) => list[Math.floor(random() * list.length)];
  const digits = (n) => String(Math.floor(random() * 10 ** n)).padStart(n, "0");
  const day = () => `20${one(["22", "23", "24"])}-0${1 + Math.floor(random() * 9)}-1${digits(1)}`;
  const instant = () => `${day()}T1${digits(1)}:30:00Z`;
  const phone = () => `+1555${digits(7)}`;
  const hex = (n) => Array.from({ length: n }, () => "0123456789abcdef"[Math.floor(random() * 16)]).join("");
  const id = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const many = (n, make) => Array.from({ length: n }, make);

  const law = { Person: new Map(), Case: new Map(), Conference: new Map() };
  const advocacy = { Case: new Map() };
  const services = { Person: new Map() };
  const put = (map, __typename, record) => map.set(record.id, { __typename, ...record }).get(record.id);

  for (let n = 0; n < PERSONS; n += 1) {
    const personId = id();
    const caseId = id();
    const ofLaw = put(law.Case, "Case", {
      id: caseId,
      gate: { state: one(["OPEN", "CLOSED"]), asOf: instant() },
      highDanger: random() < 0.3,
    });
    put(law.Person, "Person", {
      id: personId,
      identity: {
        givenName: one(given),
        familyName: one(family),
        dateOfBirth: day(),
        phone: phone(),
        address: `${digits(3)} ${one(family)} Street`,
      },
      level: { level: one(["A", "B", "C", "D"]), asOf: instant(), confirmedBy: `detective-${digits(2)}` },
      reasons: many(3, () => ({
        criterion: `c${digits(2)}`,
        level: one(["B", "C"]),
        category: one(["recent offence", "history", null]),
      })),
      charges: many(3, () => ({
        title: one(titles),
        filedOn: day(),
        disposition: one(["PENDING", "CONVICTED", "DISMISSED"]),
      })),
      incidents: many(7, () => ({
        occurredOn: day(),
        dualParty: random() < 0.1,
        code: one(["13A", "13B", "13C"]),
      })),
      custody: { status: one(["BOOKED", "BAILED", "RELEASED"]), facility: "County jail", asOf: instant() },
      conditions: many(2, () => ({ kind: one(["BAIL", "PROBATION"]), terms: one(terms) })),
      activeWarrantExists: random() < 0.2,
      cases: [ofLaw],
    });
    put(advocacy.Case, "Case", {
      id: caseId,
      client: { registeredAt: instant() },
      clientContact: { preferredName: one(given), phone: phone() },
      outreach: many(2, () => ({
        kind: one(["LETTER", "VISIT", "CALL"]),
        outcome: one(["REACHED", "NOT_REACHED", "SENT"]),
        madeAt: instant(),
      })),
    });
    put(services.Person, "Person", {
      id: personId,
      needs: many(2, () => ({ kind: one(["HOUSING", "WORK", "TREATMENT"]), statedOn: day() })),
      referrals: many(2, () => ({
        service: one(["BIP", "JOBS", "RECOVERY"]),
        state: one(["OPEN", "TAKEN_UP", "REFUSED"]),
        provider: { name: `${one(family)} House`, phone: phone() },
      })),
      engagement: many(5, () => ({
        service: one(["BIP", "JOBS", "RECOVERY"]),
        attendedOn: day(),
        attended: random() < 0.7,
      })),
      serviceStanding: one(["ENGAGED", "LAPSED", "NONE"]),
    });
  }
  const persons = [...law.Person.values()];
  for (let n = 0; n < CONFERENCES; n += 1) {
    put(law.Conference, "Conference", {
      id: id(),
      heldOn: day(),
      place: "Room 2",
      agenda: many(PERSONS_A_CONFERENCE, (_, position) => ({
        position,
        person: persons[(n * 37 + position * 3) % PERSONS],
      })),
    });
  }
  return {
    "law-enforcement": {
      entities: law,
      root: {
        person: ({ id }) => law.Person.get(id) ?? null,
        conference: ({ id }) => law.Conference.get(id) ?? null,
      },
    },
    advocacy: { entities: advocacy, root: { outreachOpen: 3 } },
    services: { entities: services, root: { providersTaking: 7 } },
  };
}

import { type Miniature } from "../../subgraphs/law-enforcement/store/miniature.fixture";
import type { Markers } from "./markers";
import { placeOf, type Man } from "./man";

/** Charges, priors, warrants and intelligence of a man; answers his open warrant. */
export async function writeCourt(
  write: Miniature,
  markers: Markers,
  man: Man,
  personId: string,
  incidentId: string,
) {
  const mark = markers.at(placeOf(man));
  await write.charge({
    id: mark.id("charge id", "charges:F"),
    personId,
    incidentId,
    offenceCode: mark.text("charge's offence code", "charges:F"),
    title: mark.text("charge title", "charges:F", "charges:L6"),
    weaponCodes: [mark.text("weapon code of the charge", "charges:F")],
    docket: mark.text("charge docket", "charges:F"),
    filedOn: mark.day("charge filed", "charges:F"),
    courtDate: mark.dayAhead("court date", "charges:F", "charges:L6"),
    disposition: "convicted",
    dispositionOn: mark.day("disposition", "charges:F"),
  });
  await write.priorRecord({
    id: mark.id("prior record id", "criminal-history:F"),
    personId,
    offenceCode: mark.text("prior offence code", "criminal-history:F"),
    title: mark.text("prior offence", "criminal-history:F"),
    occurredOn: mark.day("prior offence's day", "criminal-history:F"),
  });
  const { id: warrantId } = await write.warrant({
    id: mark.id("warrant id", "warrants:F"),
    personId,
    number: mark.text("warrant number", "warrants:F"),
    offenceTitle: mark.text("warrant's offence", "warrants:F"),
    issuedOn: mark.day("warrant issued", "warrants:F"),
  });
  await write.warrant({
    id: mark.id("cleared warrant id", "warrants:F"),
    personId,
    number: mark.text("cleared warrant number", "warrants:F"),
    offenceTitle: mark.text("cleared warrant's offence", "warrants:F"),
    issuedOn: mark.day("cleared warrant issued", "warrants:F"),
    clearedOn: mark.day("warrant cleared", "warrants:F"),
  });
  await write.intelligence({
    id: mark.id("intelligence id", "intelligence:F"),
    personId,
    groupNexus: mark.text("group nexus", "intelligence:F"),
    suspicionBasis: `field interview ${mark.text("suspicion basis", "intelligence:F")}`,
  });
  return warrantId;
}

/** Where he is held, and on what conditions he is free. */
export async function writeCustody(write: Miniature, markers: Markers, man: Man, personId: string) {
  const mark = markers.at(placeOf(man));
  await write.custodyEvent({
    personId,
    facility: mark.text("facility", "custody:F"),
    occurredAt: mark.instant("in custody since", "custody:F"),
    releaseExpectedAt: mark.instantAhead("release expected", "custody:F"),
  });
  await write.condition({
    id: mark.id("condition id", "conditions:F"),
    personId,
    kind: man.supervised ? "probation" : "bail",
    terms: mark.text("condition", "conditions:F"),
    termsForProvider: mark.text("condition for providers", "conditions:L7"),
    effectiveFrom: mark.day("condition from", "conditions:F"),
    effectiveUntil: mark.dayAhead("condition until", "conditions:F"),
    supervisingOfficer: mark.text("supervising officer", "conditions:F"),
    recordedAt: mark.instant("condition recorded", "conditions:F"),
  });
  await write.breach({ personId, description: mark.text("breach") });
}

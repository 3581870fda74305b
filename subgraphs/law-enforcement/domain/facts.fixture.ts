import type { ChargeFact, IncidentFact, OffenderFacts, OrderViolationFact } from "./offender-facts";
import type { PriorRecordFact, ProhibitedBehaviourFact } from "./offender-facts";

/* Facts for tests: each builder gives the plainest fact that counts, dated 2024-03-10; a test says what differs. */

const DATE = "2024-03-10";

export const noFacts: OffenderFacts = {
  incidents: [],
  charges: [],
  orderViolations: [],
  prohibitedBehaviour: [],
  priorRecords: [],
};

export const incident = (id: string, differs: Partial<IncidentFact> = {}): IncidentFact => ({
  id,
  occurredOn: DATE,
  intimatePartner: true,
  probableCause: false,
  dualParty: false,
  ...differs,
});

export const charge = (id: string, differs: Partial<ChargeFact> = {}): ChargeFact => ({
  id,
  incidentId: null,
  offenceCode: "13B",
  ipv: true,
  orderViolation: false,
  weaponCodes: ["40"],
  filedOn: DATE,
  disposition: "pending",
  dispositionOn: null,
  dualParty: false,
  ...differs,
});

export const orderViolation = (
  id: string,
  differs: Partial<OrderViolationFact> = {},
): OrderViolationFact => ({
  id,
  incidentId: null,
  occurredOn: DATE,
  unfounded: false,
  dualParty: false,
  ...differs,
});

export const prohibited = (
  id: string,
  differs: Partial<ProhibitedBehaviourFact> = {},
): ProhibitedBehaviourFact => ({
  id,
  incidentId: null,
  rule: "release-condition",
  occurredOn: DATE,
  unfounded: false,
  dualParty: false,
  ...differs,
});

export const priorRecord = (id: string, differs: Partial<PriorRecordFact> = {}): PriorRecordFact => ({
  id,
  offenceCode: "23C",
  violent: false,
  ipv: false,
  occurredOn: DATE,
  disposition: "convicted",
  dispositionOn: null,
  provenance: "local",
  ...differs,
});

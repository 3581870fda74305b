import { BREACHES } from "./areas/breaches";
import { CALL_INS } from "./areas/call-ins";
import { CONFERENCE } from "./areas/conference";
import { CORRECTIONS } from "./areas/corrections";
import { EXPUNGEMENTS } from "./areas/expungements";
import { HELP } from "./areas/help";
import { LETTERS } from "./areas/letters";
import { LEVEL_REVIEWS } from "./areas/level-reviews";
import { LEVERS } from "./areas/levers";
import { OUTREACH } from "./areas/outreach";
import { RISK_ASSESSMENTS } from "./areas/risk-assessments";
import { VICTIM_LETTERS } from "./areas/victim-letters";
import { PROMISES } from "./areas/promises";
import type { Area } from "./holds";

/** The areas whose tables stand in files of their own. */
// prettier-ignore
export const AREAS: readonly Area[] = [
  BREACHES,
  CALL_INS,
  CONFERENCE,
  CORRECTIONS,
  EXPUNGEMENTS,
  HELP,
  LETTERS,
  LEVEL_REVIEWS,
  LEVERS,
  OUTREACH,
  RISK_ASSESSMENTS,
  VICTIM_LETTERS,
  PROMISES,
];

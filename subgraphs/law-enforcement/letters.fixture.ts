import { readLetters } from "../../platform/letters/letter-files";
import { OFFENDER_LETTERS } from "./domain/offender-letter";

/** The example site's letters to abusive partners. */
export const TEST_LETTERS = readLetters("site/letters", OFFENDER_LETTERS);

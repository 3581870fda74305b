import { readLetters } from "../../platform/letters/letter-files";
import { VICTIM_LETTERS } from "./domain/victim-letter";

/** The example site's letters to victims. */
export const TEST_VICTIM_LETTERS = readLetters("site/letters", VICTIM_LETTERS);

/**
 * Everything below a space but tab and line breaks, and delete; what turns the direction of the text around it; and halves
 * of characters, which a database writes as something else.
 */
const CONTROL_CHARACTERS =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\p{Cs}]/u;

/** True for text that holds characters which are no text: they could hide or alter what a person reads. */
export function hasControlCharacters(text: string): boolean {
  return CONTROL_CHARACTERS.test(text);
}

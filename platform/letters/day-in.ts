/** The day of an instant (UTC), written out as a language writes it, e.g. "5 de marzo de 2026". */
export function dayIn(language: string, instant: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(instant);
}

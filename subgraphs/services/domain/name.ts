/** The agency in the name of who did something, `subject@agency`. */
export function agencyOf(name: string): string {
  return name.slice(name.lastIndexOf("@") + 1);
}

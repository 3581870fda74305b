const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a UUID. An id that is none names nothing, and is never sent to the database, which would complain of it. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Waits for the migration of an agency's database. @throws Error in one sentence, naming the agency, when it failed. */
export async function broughtUpToDate(agency: string, migration: Promise<unknown>): Promise<void> {
  try {
    await migration;
  } catch (error) {
    // Node gives no message where a name has several addresses and none answers.
    const reason = (error as Error).message || (error as { code?: string }).code;
    throw new Error(`The database of ${agency} could not be brought up to date: ${reason}`, {
      cause: error,
    });
  }
}

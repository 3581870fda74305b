/** Why no city was made, in one sentence; nothing was written. */
export class SeedError extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = "SeedError";
  }
}

/** What may be logged of a failure: never its message or detail, which can quote a row, a name or a token. */
export interface FailureFacts {
  readonly name: string | undefined;
  readonly code: string | undefined;
  /** The innermost frames of its stack. */
  readonly at: readonly string[];
}

const FRAMES = 5;

export function failureFacts(error: unknown): FailureFacts {
  const { name, code, stack } = (error ?? {}) as { name?: string; code?: string; stack?: string };
  const frames = (stack ?? "")
    .split("\n")
    .map((line) => line.trim())
    // The lines before the first frame repeat the message.
    .filter((line) => line.startsWith("at "));
  return { name, code, at: frames.slice(0, FRAMES) };
}

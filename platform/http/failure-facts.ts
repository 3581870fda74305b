/** What may be logged of a failure: never its message or detail, which can quote a row, a name or a token. */
export interface FailureFacts {
  /** Its class. Not `name`: a line of the log has the process under that. */
  readonly error: string | undefined;
  readonly code: string | undefined;
  /** The innermost frames of its stack. */
  readonly at: readonly string[];
}

const FRAMES = 5;
/** As V8 writes one: a place in a file, after the name of the function if it has one. */
const FRAME = /^at (?:[^()]+ )?\(?(?:\/|[A-Za-z]:\\|file:|node:)[^()]*:\d+:\d+\)?$/;

/** The stack after the message that it repeats, whose lines may look like frames; none where the message is not found. */
function framesOf(stack: string, message: string): string[] {
  const start = stack.indexOf(message);
  if (start < 0) return [];
  return stack
    .slice(start + message.length)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => FRAME.test(line));
}

export function failureFacts(error: unknown): FailureFacts {
  const { name, code, stack = "", message = "" } = (error ?? {}) as Partial<Error> & { code?: string };
  return { error: name, code, at: framesOf(stack, message).slice(0, FRAMES) };
}

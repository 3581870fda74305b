/** Everything that can keep an embedded cluster from running; the message is the sentence for a person. */
export type ClusterErrorCode =
  | "BINARIES_MISSING"
  | "NO_SYSTEM_USER"
  | "FOLDER_NOT_USABLE"
  | "ALREADY_RUNNING"
  | "PORT_IN_USE"
  | "DATA_BROKEN"
  | "WRONG_PASSWORD"
  | "START_FAILED"
  | "STOPPED_UNEXPECTEDLY";

/** A failure of the embedded cluster: `code` for programs, `message` one sentence a person can act on. */
export class ClusterError extends Error {
  constructor(
    readonly code: ClusterErrorCode,
    message: string,
  ) {
    super(message);
    this.name = "ClusterError";
  }
}

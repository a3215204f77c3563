/** A fault of the command, not of its input: shown with a hint, and the process exits with 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

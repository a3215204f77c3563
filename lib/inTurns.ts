/** How long work may go on without a pause, and who measures and pauses. */
export interface Turns {
  /** Milliseconds since any moment. */
  readonly now: () => number;
  /** Settles when others had their turn: true to go on, false when nobody wants the result any more. */
  readonly pause: () => Promise<boolean>;
  /** Milliseconds of work between two pauses, about. */
  readonly span: number;
}

/**
 * Does the work of a range piece by piece, in order, with a pause after each: small pieces first, then as large as the
 * time for one allows. False when it was stopped before the end.
 */
export async function inTurns(
  {from, to}: {from: number; to: number},
  {now, pause, span}: Turns,
  work: (from: number, to: number) => void,
  first = 1
): Promise<boolean> {
  let size = first;
  for (let at = from; at < to; ) {
    const end = Math.min(to, at + size);
    const start = now();
    work(at, end);
    const pace = span / Math.max(0.01, now() - start);
    size = Math.max(1, Math.floor(Math.min(8 * size, (end - at) * pace)));
    at = end;
    if (!(await pause())) return false;
  }
  return true;
}

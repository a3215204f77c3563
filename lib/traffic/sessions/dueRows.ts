/**
 * When open sessions are due for a row: with 2, 3, 4, 5, 7, 9, 12, 15, 19 … requests, each time a quarter more than at its
 * last row, and with a request ten seconds or more after that. So it depends on a session’s own requests alone.
 */
export class DueRows {
  private values: Float64Array = new Float64Array(1024 * stride);
  private sessions = 0;

  /** Makes room for the session of this number. */
  reserve(session: number): void {
    if ((session + 1) * stride <= this.values.length) return;
    const larger = new Float64Array(2 * this.values.length);
    larger.set(this.values);
    this.values = larger;
  }

  /** Begins a session, before its first request. */
  begin(session: number): void {
    const o = session * stride;
    this.values[o + subject] = ++this.sessions;
    this.values[o + due] = 2;
    this.values[o + rowTime] = Number.POSITIVE_INFINITY;
  }

  /** Takes a request, with which the session has so many, the last at this time; returns whether a row is due. */
  add(session: number, requests: number, time: number, ofLine: number, ofFile: number): boolean {
    const {values} = this;
    const o = session * stride;
    values[o + line] = ofLine;
    values[o + file] = ofFile;
    if (requests < values[o + due]! && !(time - values[o + rowTime]! >= longestSilence)) return false;
    values[o + due] = Math.ceil(1.25 * requests);
    values[o + rowTime] = time;
    return true;
  }

  /** A serial number of the session, from 1. */
  subject(session: number): number {
    return this.values[session * stride + subject]!;
  }

  /** Where its request stands that came last. */
  line(session: number): number {
    return this.values[session * stride + line]!;
  }

  file(session: number): number {
    return this.values[session * stride + file]!;
  }
}

const [subject, due, rowTime, line, file] = [0, 1, 2, 3, 4];
const stride = 5;

/** Milliseconds between a row and a request that brings the next. */
const longestSilence = 10_000;

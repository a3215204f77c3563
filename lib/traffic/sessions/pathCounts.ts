/**
 * How often each open session has asked for each path, by the paths’ 32-bit hashes: one hash table for all sessions, from
 * which a session leaves when it closes. Where a session or all together have too many paths, further ones are not
 * remembered: each counts as new, so that distinct paths and entropy are upper bounds from there on.
 */
export class PathCounts {
  private capacity = 1024;
  private path: Int32Array = new Int32Array(this.capacity);
  private session: Int32Array = new Int32Array(this.capacity);
  private count: Int32Array = new Int32Array(this.capacity);
  /** The next entry in the same place of the table, and the next of the same session; −1 is the last. */
  private nextInPlace: Int32Array = new Int32Array(this.capacity);
  private nextOfSession: Int32Array = new Int32Array(this.capacity);
  private places: Int32Array = new Int32Array(this.capacity).fill(-1);
  private free = -1;
  private used = 0;
  private size = 0;
  /** The first entry of each session, and how many it has. */
  private first: Int32Array = new Int32Array(1024).fill(-1);
  private paths: Int32Array = new Int32Array(1024);
  /** Of each session the sum of c log2 c over the counts c of its paths. */
  private logs: Float64Array = new Float64Array(1024);

  /** Counts a request, and returns whether the session had asked for the path before. */
  add(session: number, path: number): boolean {
    if (session >= this.first.length) this.growSessions(session);
    let place = this.placeOf(session, path);
    for (let entry = this.places[place]!; entry >= 0; entry = this.nextInPlace[entry]!) {
      if (this.path[entry] !== path || this.session[entry] !== session) continue;
      this.logs[session]! += logStep(++this.count[entry]!);
      return true;
    }
    if (this.size === mostPaths || this.paths[session] === mostPathsOfSession) return false;
    if (this.size === this.capacity) {
      this.grow();
      place = this.placeOf(session, path);
    }
    let entry = this.free;
    if (entry < 0) entry = this.used++;
    else this.free = this.nextInPlace[entry]!;
    this.path[entry] = path;
    this.session[entry] = session;
    this.count[entry] = 1;
    this.nextInPlace[entry] = this.places[place]!;
    this.places[place] = entry;
    this.nextOfSession[entry] = this.first[session]!;
    this.first[session] = entry;
    ++this.paths[session]!;
    ++this.size;
    return false;
  }

  /** Shannon entropy in bits of the paths of a session with so many counted requests; 0 for none. */
  entropy(session: number, requests: number): number {
    if (requests === 0 || session >= this.first.length) return 0;
    let sum = 0;
    for (let entry = this.first[session]!; entry >= 0; entry = this.nextOfSession[entry]!) {
      const count = this.count[entry]!;
      if (count > 1) sum += count * Math.log2(count);
    }
    return Math.max(0, Math.log2(requests) - sum / requests);
  }

  /** The same in constant time, to within the errors of its steps: some 10⁻⁹ after a million. */
  entropySoFar(session: number, requests: number): number {
    if (requests === 0 || session >= this.first.length) return 0;
    return Math.max(0, Math.log2(requests) - this.logs[session]! / requests);
  }

  /** Forgets a session. */
  remove(session: number): void {
    if (session >= this.first.length) return;
    for (let entry = this.first[session]!; entry >= 0; entry = this.nextOfSession[entry]!) {
      this.unlink(entry);
      this.nextInPlace[entry] = this.free;
      this.free = entry;
      --this.size;
    }
    this.first[session] = -1;
    this.paths[session] = this.logs[session] = 0;
  }

  private placeOf(session: number, path: number): number {
    return (path ^ Math.imul(session, 0x9e3779b1)) & (this.places.length - 1);
  }

  private unlink(entry: number): void {
    const place = this.placeOf(this.session[entry]!, this.path[entry]!);
    if (this.places[place] === entry) {
      this.places[place] = this.nextInPlace[entry]!;
      return;
    }
    let before = this.places[place]!;
    while (this.nextInPlace[before] !== entry) before = this.nextInPlace[before]!;
    this.nextInPlace[before] = this.nextInPlace[entry]!;
  }

  private growSessions(session: number): void {
    const length = Math.max(2 * this.first.length, session + 1);
    const first = new Int32Array(length).fill(-1);
    first.set(this.first);
    this.first = first;
    this.paths = longer(this.paths, length);
    const logs = new Float64Array(length);
    logs.set(this.logs);
    this.logs = logs;
  }

  private grow(): void {
    this.capacity *= 2;
    this.path = longer(this.path, this.capacity);
    this.session = longer(this.session, this.capacity);
    this.count = longer(this.count, this.capacity);
    this.nextInPlace = longer(this.nextInPlace, this.capacity);
    this.nextOfSession = longer(this.nextOfSession, this.capacity);
    this.places = new Int32Array(this.capacity).fill(-1);
    // All entries are in use: the table grows only then.
    for (let entry = 0; entry < this.used; ++entry) {
      const place = this.placeOf(this.session[entry]!, this.path[entry]!);
      this.nextInPlace[entry] = this.places[place]!;
      this.places[place] = entry;
    }
  }
}

/** Paths that one session remembers at most: 65,536. */
export const mostPathsOfSession = 2 ** 16;

/** Paths that all open sessions together remember at most: about 2 million. */
const mostPaths = 2 ** 21;

// c log2 c less the same of c − 1
function logStep(count: number): number {
  return count < logSteps.length ? logSteps[count]! : countLog(count) - countLog(count - 1);
}

function countLog(count: number): number {
  return count > 1 ? count * Math.log2(count) : 0;
}

const logSteps = Float64Array.from({length: 1024}, (_, count) => countLog(count) - countLog(count - 1));

function longer(values: Int32Array, length: number): Int32Array {
  const copy = new Int32Array(length);
  copy.set(values);
  return copy;
}

/** Most pauses that a rhythm remembers. */
export const rememberedPauses = 16;

/** Fewest pauses that say anything of a rhythm. */
export const fewestPauses = 4;

/** Starts less than this many milliseconds after the last are one occasion with it: a client’s two look-ups, a browser’s six connections. */
export const occasion = 1000;

/** How evenly the flows of each place follow one another, and how alike their sizes are, over its last few. */
export class Rhythm {
  private latest = new Float64Array();
  private counts = new Int32Array();
  private sized = new Int32Array();
  private pauses = new Float32Array();
  private sizes = new Float32Array();

  /** Makes room for places up to before `places`. */
  reserve(places: number): void {
    if (places <= this.latest.length) return;
    this.latest = larger(this.latest, new Float64Array(places));
    this.counts = larger(this.counts, new Int32Array(places));
    this.sized = larger(this.sized, new Int32Array(places));
    this.pauses = larger(this.pauses, new Float32Array(places * rememberedPauses));
    this.sizes = larger(this.sizes, new Float32Array(places * rememberedPauses));
  }

  /** Forgets what a place did. */
  restart(place: number): void {
    this.latest[place] = Number.NaN;
    this.counts[place] = this.sized[place] = 0;
  }

  /** Adds a flow that starts at `time`, in milliseconds. One that starts before the last adds no pause. */
  add(place: number, time: number, size: number): void {
    const pause = time - this.latest[place]!;
    if (!(pause < 0)) this.latest[place] = time;
    if (pause >= occasion) {
      this.pauses[place * rememberedPauses + (this.counts[place]! % rememberedPauses)] = pause;
      this.counts[place] = counted(this.counts[place]! + 1);
    }
    if (Number.isNaN(size)) return;
    this.sizes[place * rememberedPauses + (this.sized[place]! % rememberedPauses)] = size;
    this.sized[place] = counted(this.sized[place]! + 1);
  }

  /** Mean pause in seconds; NaN where there are fewer than four. */
  meanPause(place: number): number {
    const count = this.counts[place]!;
    return count < fewestPauses ? Number.NaN : meanOf(this.pauses, place, count) / 1000;
  }

  /** Standard deviation of the pauses over their mean; NaN where there are fewer than four. */
  pauseVariation(place: number): number {
    const count = this.counts[place]!;
    return count < fewestPauses ? Number.NaN : variationOf(this.pauses, place, count);
  }

  /** Standard deviation of the sizes over their mean, 0 where all are 0; NaN where there are fewer than five. */
  sizeVariation(place: number): number {
    const count = this.sized[place]!;
    return count <= fewestPauses ? Number.NaN : variationOf(this.sizes, place, count);
  }
}

// a count that never overflows and keeps its place in the ring
function counted(count: number): number {
  return count < 2 * rememberedPauses ? count : count - rememberedPauses;
}

function meanOf(values: Float32Array, place: number, count: number): number {
  const n = Math.min(count, rememberedPauses);
  const from = place * rememberedPauses;
  let sum = 0;
  for (let i = from; i < from + n; ++i) sum += values[i]!;
  return sum / n;
}

function variationOf(values: Float32Array, place: number, count: number): number {
  const n = Math.min(count, rememberedPauses);
  const from = place * rememberedPauses;
  const mean = meanOf(values, place, count);
  let squares = 0;
  for (let i = from; i < from + n; ++i) squares += (values[i]! - mean) ** 2;
  return squares > 0 ? Math.sqrt(squares / (n - 1)) / mean : 0;
}

function larger<A extends Float64Array | Float32Array | Int32Array>(values: A, room: A): A {
  room.set(values);
  return room;
}

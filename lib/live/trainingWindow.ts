import {concatTables} from "../traffic/concatTables.js";
import type {Table} from "../traffic/table.js";
import {networkShare} from "./budgetThreshold.js";
import {drawOf} from "./drawOf.js";
import {binOf, type DriftReference} from "./drift.js";
import {type PeakPlace, type PeakRows, Peaks, type SavedPeaks} from "./peaks.js";
import {RowStore} from "./rowStore.js";

/** Why a row does not teach. */
export type LeftOut = (typeof reasonsLeftOut)[number];

/** In the order in which they are told. */
const reasonsLeftOut = ["alerts", "far from the first models", "too much of one network"] as const;

/**
 * What happened lately, in bounded memory: the rows that teach the next model, the peaks that its threshold is found from,
 * and how rows fall into the bins of a reference. Time is cut into 24 buckets; where traffic is so thin that all of them
 * would not hold the rows of a first model, buckets last longer. Each keeps an even sample of up to 1,024 of its rows
 * (reservoir sampling, Vitter’s algorithm R) and counts all, so that much traffic does not shorten the window. Draws
 * follow from the seed and the counts, so that the same rows give the same window, also after it was saved and restored.
 */
export class TrainingWindow {
  private readonly buckets: Bucket[] = [];
  private begun = 0;

  /** Of so many milliseconds; at least `needed` rows stay. */
  constructor(
    private readonly columns: readonly string[],
    private readonly length: number,
    private readonly needed: number,
    private readonly seed: number
  ) {}

  /** How many rows taught, also those that the samples do not hold. */
  get rows(): number {
    return this.buckets.reduce((sum, {seen}) => sum + seen, 0);
  }

  /** The clock of the first row; null without rows. */
  get from(): number | null {
    return this.buckets[0]?.from ?? null;
  }

  leftOut(): {reason: LeftOut; count: number}[] {
    return reasonsLeftOut
      .map((reason, i) => ({reason, count: this.buckets.reduce((sum, {leftOut}) => sum + leftOut[i]!, 0)}))
      .filter(({count}) => count > 0);
  }

  /** Takes a row’s place among the peaks; rows come by a clock that never falls. */
  peak(table: Table, row: number, place: PeakPlace): void {
    this.bucketAt(place.clock).peaks.add(table, row, place);
  }

  /** Takes a row that may teach; of a network that has more than its share it does not. */
  teach(table: Table, row: number, network: number, clock: number): void {
    const bucket = this.bucketAt(clock);
    const counter = network % networkCounters;
    const taught = bucket.networks[counter]!;
    const most = Math.max(mostOfNetwork, networkShare(bucket.distinct + (taught === 0 ? 1 : 0)) * (bucket.seen + 1));
    if (taught >= most) {
      this.leaveOut("too much of one network", clock);
      return;
    }
    if (taught === 0) ++bucket.distinct;
    bucket.networks[counter] = taught + 1;
    const slot =
      bucket.seen < mostRows
        ? bucket.seen
        : Math.floor(drawOf(this.seed, bucket.number, bucket.seen) * (bucket.seen + 1));
    ++bucket.seen;
    if (slot < mostRows) bucket.rows.put(slot, table, row);
  }

  leaveOut(reason: LeftOut, clock: number): void {
    ++this.bucketAt(clock).leftOut[reasonsLeftOut.indexOf(reason)]!;
  }

  /** Counts the bins that a row falls into. */
  count(reference: DriftReference, table: Table, row: number, clock: number): void {
    const bucket = this.bucketAt(clock);
    if (bucket.bins.length === 0) bucket.bins = reference.columns.map(({shares}) => new Float64Array(shares.length));
    for (const [i, {name, edges}] of reference.columns.entries()) {
      ++bucket.bins[i]![binOf(edges, table.columns[name], row)]!;
    }
  }

  /** The counts of all buckets, a list a column, in the bins of that reference. */
  counts(reference: DriftReference): Float64Array[] {
    return reference.columns.map(({shares}, i) => {
      const sum = new Float64Array(shares.length);
      for (const {bins} of this.buckets) for (const [bin, count] of bins[i]?.entries() ?? []) sum[bin]! += count;
      return sum;
    });
  }

  /** Forgets the counts, as those of another reference follow. */
  clearCounts(): void {
    for (const bucket of this.buckets) bucket.bins = [];
  }

  /** The rows that teach, and how many each stands for. */
  sample(): {rows: Table; weight: Float64Array} {
    const tables = this.buckets.map(({rows}) => rows.table());
    const weight = new Float64Array(tables.reduce((sum, {rows}) => sum + rows, 0));
    let at = 0;
    for (const [i, {rows}] of tables.entries()) {
      weight.fill(this.buckets[i]!.seen / rows, at, at + rows);
      at += rows;
    }
    return {rows: concatTables(tables), weight};
  }

  peaks(): PeakRows {
    const saved = this.buckets.map(({peaks}) => peaks.save());
    const join = (key: "score" | "subject" | "network" | "clock" | "weight") =>
      concatenated(saved.map((peaks) => peaks[key]));
    return {
      table: concatTables(saved.map(({table}) => table)),
      score: join("score"),
      subject: join("subject"),
      network: join("network"),
      clock: join("clock"),
      weight: join("weight")
    };
  }

  /** Gives the peaks, which nothing had scored, their scores, and begins a new bucket with the next row. */
  rescore(score: Float64Array): void {
    let at = 0;
    for (const {peaks} of this.buckets) {
      const next = at + peaks.size;
      peaks.rescore(score.subarray(at, next));
      at = next;
    }
    const last = this.buckets.at(-1);
    if (last !== undefined) last.isClosed = true;
  }

  save(): SavedWindow {
    return {
      begun: this.begun,
      buckets: this.buckets.map(({rows, peaks, networks, leftOut, bins, ...bucket}) => ({
        ...bucket,
        rows: rows.table(),
        peaks: peaks.save(),
        networks: networks.slice(),
        leftOut: [...leftOut],
        bins: bins.map((counts) => counts.slice())
      }))
    };
  }

  restore({begun, buckets}: SavedWindow): void {
    this.begun = begun;
    this.buckets.length = 0;
    for (const saved of buckets) {
      const bucket = this.bucketOf(saved.number, saved.from);
      Object.assign(bucket, {
        until: saved.until,
        seen: saved.seen,
        distinct: saved.distinct,
        isClosed: saved.isClosed,
        networks: saved.networks.slice(),
        leftOut: [...saved.leftOut],
        bins: saved.bins.map((counts) => counts.slice())
      });
      bucket.rows.restore(saved.rows);
      bucket.peaks.restore(saved.peaks);
      this.buckets.push(bucket);
    }
  }

  private bucketAt(clock: number): Bucket {
    const {buckets, length, needed} = this;
    let last = buckets.at(-1);
    const isOver = (bucket: Bucket) =>
      bucket.isClosed || (clock >= bucket.from + length / mostBuckets && bucket.seen >= needed / mostBuckets);
    if (last === undefined || isOver(last)) {
      last = this.bucketOf(this.begun++, clock);
      buckets.push(last);
      const isOld = ({until, seen}: Bucket) => until < clock - length && this.rows - seen >= needed;
      while (buckets.length > mostBuckets + 1 || isOld(buckets[0]!)) buckets.shift();
    }
    last.until = clock;
    return last;
  }

  private bucketOf(number: number, from: number): Bucket {
    return {
      number,
      from,
      until: from,
      seen: 0,
      distinct: 0,
      isClosed: false,
      networks: new Uint32Array(networkCounters),
      leftOut: reasonsLeftOut.map(() => 0),
      bins: [],
      rows: new RowStore(this.columns),
      peaks: new Peaks(this.columns, number === 0 ? mostFirstPeaks : mostPeaks, this.seed)
    };
  }
}

interface Bucket extends BucketFacts {
  until: number;
  seen: number;
  distinct: number;
  isClosed: boolean;
  networks: Uint32Array;
  leftOut: number[];
  bins: Float64Array[];
  readonly rows: RowStore;
  readonly peaks: Peaks;
}

interface BucketFacts {
  readonly number: number;
  readonly from: number;
  readonly until: number;
  /** Rows that taught, of which `rows` is a sample. */
  readonly seen: number;
  /** Rows that taught by the hash of their network, and how many of these counters are not 0; networks may share one. */
  readonly networks: Uint32Array;
  readonly distinct: number;
  readonly isClosed: boolean;
  readonly leftOut: readonly number[];
  readonly bins: readonly Float64Array[];
}

/** A window as plain data. */
export interface SavedWindow {
  readonly begun: number;
  readonly buckets: readonly (BucketFacts & {readonly rows: Table; readonly peaks: SavedPeaks})[];
}

const mostBuckets = 24;
const mostRows = 1024;
const mostPeaks = 512;

// Rows that grow are kept one and all until there is a model, as nothing tells which of them is a peak.
const mostFirstPeaks = 8192;

const networkCounters = 1024;
const mostOfNetwork = 10;

function concatenated(parts: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const all = new Float64Array(parts.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

import type {Table} from "../traffic/table.js";
import {drawOf} from "./drawOf.js";
import {RowStore} from "./rowStore.js";

/** Rows at which subjects, sessions or hosts, scored highest, as plain data: what a threshold is found from. */
export interface PeakRows {
  readonly table: Table;
  /** For each row: what it scored then, NaN where nothing did; its subject, the hash of its network, and its clock. */
  readonly score: Float64Array;
  readonly subject: Float64Array;
  readonly network: Float64Array;
  readonly clock: Float64Array;
  /** How many subjects it stands for, at least 1. */
  readonly weight: Float64Array;
}

/** The same with what is needed to go on. */
export interface SavedPeaks extends PeakRows {
  readonly share: number;
  readonly topFrom: number;
}

/**
 * The row of each subject that scored highest, in bounded memory: when there are too many, those of a quarter of the places
 * that scored highest stay, and an even sample of all other subjects, drawn by a hash of their number; this sample knows
 * nothing of rows, so that subjects with many rows are in it no more often than others. Rows that nothing has scored yet
 * are kept one and all, of the subjects of that sample, and of each only the latest, a 64th of the places, when there are too
 * many; after `rescore` no more may be added.
 */
export class Peaks {
  private share = 1;
  private topFrom = Number.POSITIVE_INFINITY;
  private readonly rows: RowStore;
  private score: number[] = [];
  private subject: number[] = [];
  private network: number[] = [];
  private clock: number[] = [];
  private readonly slotOf = new Map<number, number>();

  constructor(
    columns: readonly string[],
    private readonly capacity: number,
    private readonly seed: number
  ) {
    this.rows = new RowStore(columns);
  }

  /** Rows kept. */
  get size(): number {
    return this.score.length;
  }

  add(table: Table, row: number, {score, subject, network, clock}: PeakPlace): void {
    const known = score === null ? undefined : this.slotOf.get(subject);
    if (known !== undefined) {
      if (score! > this.score[known]!) this.put(known, table, row, {score, subject, network, clock});
      return;
    }
    const isTop = score !== null && score >= this.topFrom;
    if (!isTop && !this.isDrawn(subject)) return;
    if (this.score.length >= this.capacity) {
      this.thin();
      this.add(table, row, {score, subject, network, clock});
      return;
    }
    this.put(this.score.length, table, row, {score, subject, network, clock});
  }

  /** The rows as plain data that is nobody else’s. */
  save(): SavedPeaks {
    const {share, topFrom, score, subject, network, clock} = this;
    return {
      table: this.rows.table(),
      score: Float64Array.from(score),
      subject: Float64Array.from(subject),
      network: Float64Array.from(network),
      clock: Float64Array.from(clock),
      weight: Float64Array.from(score, (s) => (s >= topFrom ? 1 : 1 / share)),
      share,
      topFrom
    };
  }

  restore(saved: SavedPeaks): void {
    this.share = saved.share;
    this.topFrom = saved.topFrom;
    this.rows.restore(saved.table);
    this.score = Array.from(saved.score);
    this.subject = Array.from(saved.subject);
    this.network = Array.from(saved.network);
    this.clock = Array.from(saved.clock);
    this.index();
  }

  /** Gives rows that were kept unscored their scores, one for each row of `save`, and keeps the highest of each subject. */
  rescore(score: Float64Array): void {
    this.score = Array.from(score);
    const highest = new Map<number, number>();
    for (const [slot, subject] of this.subject.entries()) {
      const other = highest.get(subject);
      if (other === undefined || score[slot]! > score[other]!) highest.set(subject, slot);
    }
    this.keep([...highest.values()].sort((a, b) => a - b));
  }

  private isDrawn(subject: number): boolean {
    return this.share === 1 || drawOf(this.seed, subject) < this.share;
  }

  private put(slot: number, table: Table, row: number, {score, subject, network, clock}: PeakPlace): void {
    this.rows.put(slot, table, row);
    this.score[slot] = score ?? Number.NaN;
    this.subject[slot] = subject;
    this.network[slot] = network;
    this.clock[slot] = clock;
    if (score !== null) this.slotOf.set(subject, slot);
  }

  private thin(): void {
    const {capacity} = this;
    const scored = this.score.filter((score) => !Number.isNaN(score)).sort((a, b) => b - a);
    // Strictly above, as scores that tie could be all; never lower than before, when some of those below were left out.
    const topFrom = (scored[capacity >> 2] ?? Number.POSITIVE_INFINITY) * (1 + Number.EPSILON);
    this.topFrom = this.topFrom === Number.POSITIVE_INFINITY ? topFrom : Math.max(this.topFrom, topFrom);
    const all = Array.from(this.score.keys());
    const isTop = (slot: number) => this.score[slot]! >= this.topFrom;
    let left = this.latestOfEach(
      all.filter((slot) => !isTop(slot)),
      Math.max(1, capacity >> 6)
    );
    while (left.length > capacity >> 1) {
      this.share /= 2;
      left = left.filter((slot) => this.isDrawn(this.subject[slot]!));
    }
    const stays = new Set(left);
    this.keep(all.filter((slot) => isTop(slot) || stays.has(slot)));
  }

  // Otherwise one subject with most of the rows would decide how many others go before it does.
  private latestOfEach(slots: readonly number[], most: number): number[] {
    const counts = new Map<number, number>();
    const kept = slots.toReversed().filter((slot) => {
      const count = (counts.get(this.subject[slot]!) ?? 0) + 1;
      counts.set(this.subject[slot]!, count);
      return count <= most;
    });
    return kept.reverse();
  }

  private keep(slots: readonly number[]): void {
    const take = (values: readonly number[]) => slots.map((slot) => values[slot]!);
    this.rows.keep(slots);
    this.score = take(this.score);
    this.subject = take(this.subject);
    this.network = take(this.network);
    this.clock = take(this.clock);
    this.index();
  }

  private index(): void {
    this.slotOf.clear();
    for (const [slot, subject] of this.subject.entries()) {
      if (!Number.isNaN(this.score[slot]!)) this.slotOf.set(subject, slot);
    }
  }
}

/** Of a row: its score, null while nothing scores, its subject, the hash of its network, and its clock. */
export interface PeakPlace {
  readonly score: number | null;
  readonly subject: number;
  readonly network: number;
  readonly clock: number;
}

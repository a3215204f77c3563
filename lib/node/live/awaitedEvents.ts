import {type AlertChanged, changeKey} from "../../live/alert.js";

/** Events that were written after a checkpoint and come again as the watch goes on from there: their sequences by key. */
export class AwaitedEvents {
  private readonly keys = new Map<number, string>();
  private readonly times = new Map<number, number>();
  private readonly sequences = new Map<string, number[]>();

  /** The lowest sequence that is awaited; null if none is. */
  get first(): number | null {
    for (const sequence of this.keys.keys()) return sequence;
    return null;
  }

  /** Sequences must ascend. */
  add(sequence: number, change: AlertChanged): void {
    const key = changeKey(change);
    this.keys.set(sequence, key);
    this.times.set(sequence, change.alert.changed);
    const sequences = this.sequences.get(key);
    if (sequences === undefined) this.sequences.set(key, [sequence]);
    else sequences.push(sequence);
  }

  /** The changes that are not awaited, and the sequences of those that are; each awaited event stands for one change. */
  tell<T extends AlertChanged>(changes: readonly T[]): {fresh: T[]; known: number[]} {
    if (this.keys.size === 0) return {fresh: [...changes], known: []};
    const fresh: T[] = [];
    const known: number[] = [];
    const used = new Map<string, number>();
    for (const change of changes) {
      const key = changeKey(change);
      const count = used.get(key) ?? 0;
      const sequence = this.sequences.get(key)?.[count];
      if (sequence === undefined) fresh.push(change);
      else known.push(sequence);
      used.set(key, count + 1);
    }
    return {fresh, known};
  }

  /** They have come. */
  remove(sequences: Iterable<number>): void {
    for (const sequence of sequences) {
      const key = this.keys.get(sequence);
      if (key === undefined) continue;
      this.keys.delete(sequence);
      this.times.delete(sequence);
      const left = this.sequences.get(key)!.filter((other) => other !== sequence);
      if (left.length === 0) this.sequences.delete(key);
      else this.sequences.set(key, left);
    }
  }

  /** Those up to this sequence will not come. */
  removeTo(sequence: number): void {
    this.removeWhile((awaited) => awaited <= sequence);
  }

  /**
   * Nor will those that the traffic has left an hour behind: their source could not go back, as of flows that came while nobody
   * listened.
   */
  removeBefore(change: AlertChanged): void {
    this.removeWhile((awaited) => this.times.get(awaited)! < change.alert.changed - hour);
  }

  private removeWhile(isGone: (sequence: number) => boolean): void {
    const gone: number[] = [];
    for (const awaited of this.keys.keys()) {
      if (!isGone(awaited)) break;
      gone.push(awaited);
    }
    this.remove(gone);
  }
}

const hour = 3_600_000;

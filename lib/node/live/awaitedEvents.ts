import {type AlertChanged, changeKey} from "../../live/alert.js";

/** Events that were written after a checkpoint and come again as the watch goes on from there: their sequences by key. */
export class AwaitedEvents {
  private readonly keys = new Map<number, string>();
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
      const left = this.sequences.get(key)!.filter((other) => other !== sequence);
      if (left.length === 0) this.sequences.delete(key);
      else this.sequences.set(key, left);
    }
  }

  /** Those up to this sequence will not come. */
  removeTo(sequence: number): void {
    const gone: number[] = [];
    for (const awaited of this.keys.keys()) {
      if (awaited > sequence) break;
      gone.push(awaited);
    }
    this.remove(gone);
  }
}

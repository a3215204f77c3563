/**
 * Counts what was lost on the way from an exporter by the numbers in its messages. What comes late after all is taken back; a
 * number that begins anew or leaps is no loss.
 */
export class Sequence {
  /** What the next message should say, −1 where it is not known. */
  private next = -1;
  /** What the last message said. */
  private last = 0;
  /** Lost since the numbers last began, less what came late. */
  private missing = 0;

  /**
   * Takes a message’s number and by how much it raises the next, NaN where that is not known. `others` are by how much the
   * number itself may be above the last where the exporter counts differently. Returns by how much the count of losses
   * changes.
   */
  take(sequence: number, step: number, others: readonly number[] = []): number {
    const {next, last} = this;
    const ahead = next < 0 ? 0 : (sequence - next) | 0;
    this.last = sequence;
    if (next < 0 || ahead === 0 || others.includes((sequence - last) >>> 0)) {
      this.goOn(sequence, step);
      return 0;
    }
    if (ahead < 0 && -ahead <= latest && step <= this.missing) {
      this.last = last;
      this.missing -= step;
      return -step;
    }
    this.goOn(sequence, step);
    if (ahead < 0 || ahead > longestGap) {
      this.missing = 0;
      return 0;
    }
    this.missing += ahead;
    return ahead;
  }

  /** Forgets where the numbers stand, as after a restart of the exporter. */
  forget(): void {
    this.next = -1;
    this.missing = 0;
  }

  private goOn(sequence: number, step: number): void {
    this.next = Number.isNaN(step) ? -1 : (sequence + step) >>> 0;
  }

  save(): readonly number[] {
    return [this.next, this.last, this.missing];
  }

  restore([next = -1, last = 0, missing = 0]: readonly number[]): void {
    this.next = next;
    this.last = last;
    this.missing = missing;
  }
}

// Messages overtake each other by a few; what is farther back began anew. A larger gap is no loss that anyone could count.
const latest = 4096;
const longestGap = 2 ** 24;

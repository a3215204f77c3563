/** A record of a CSV file as it stands in bytes of UTF-8: where each cell begins and ends. It holds until the next is cut. */
export class CsvRecord {
  bytes: Buffer = Buffer.alloc(0);
  /** How many cells there are. */
  length = 0;
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  cells(): string[] {
    return Array.from({length: this.length}, (_, i) => this.bytes.toString("utf8", this.starts[i], this.ends[i]));
  }

  setCells(cells: readonly string[]): void {
    this.bytes = Buffer.from(cells.join(""));
    this.length = cells.length;
    let end = 0;
    for (let i = 0; i < cells.length; ++i) {
      this.starts[i] = end;
      end += Buffer.byteLength(cells[i]!);
      this.ends[i] = end;
    }
  }
}

/** Receives the records of a CSV file, each with the line on which it begins, and what is no record. */
export interface CsvReceiver {
  record(record: CsvRecord, line: number): void;
  /**
   * A misplaced quote with its line, or a quote that stays open with the line on which its record begins. What follows a
   * closing quote that is none is lost up to the next that is one, what follows a quote that stays open to the end.
   */
  fault(reason: string, line: number): void;
  /** A record behind which none can be taken. */
  stop(reason: string, line: number): never;
}

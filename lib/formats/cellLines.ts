import {Cells} from "./cells.js";
import {isBlank} from "./isBlank.js";
import {LineReader} from "./lineReader.js";
import {lineText} from "./lineText.js";
import type {RecordReader, RecordReceiver} from "./recordReader.js";

/** Takes the cells of a line; tells why it is a reject, or undefined where it has handed it over. */
export type OnCells = (cells: Cells, line: number) => string | undefined;

/** Cuts each line into cells at a separator, in spaces into words, and hands them over; blank lines are passed over. */
export class CellLines implements RecordReader {
  readonly cells = new Cells();
  private readonly lines: LineReader;

  constructor(
    receiver: RecordReceiver,
    public separator: number,
    onCells: OnCells
  ) {
    const {cells} = this;
    this.lines = new LineReader(
      (bytes, start, end, line) => {
        if (isBlank(bytes, start, end)) {
          receiver.passOver("blank line");
          return;
        }
        if (this.separator === space) cells.cutWords(bytes, start, end, space);
        else cells.cut(bytes, start, end, this.separator);
        const reason = onCells(cells, line);
        if (reason !== undefined) receiver.reject(line, reason, lineText(bytes, start, end));
      },
      (line) => receiver.reject(line, "too long", "")
    );
  }

  push(bytes: Uint8Array): void {
    this.lines.push(bytes);
  }

  end(): void {
    this.lines.end();
  }
}

/** Whether a line lacks one of the cells up to `last`, or may have been cut within that one: it has fewer than its header. */
export function isCutShort(cells: Cells, last: number, headerCount: number): boolean {
  return cells.count <= last || (cells.count === last + 1 && cells.count < headerCount);
}

const space = 32;

import {Cells} from "./cells.js";
import {hexIn} from "./flagsIn.js";

/** The cells of a row of Zeek. What the header calls unset or empty states nothing. */
export class ZeekCells extends Cells {
  override unset: Uint8Array = utf8("-");
  empty: Uint8Array = utf8("(empty)");
  /** The byte between the elements of a set. */
  setSeparator = comma;
  private scratch = new Uint8Array(1024);

  override has(cell: number): boolean {
    return super.has(cell) && !this.is(cell, this.empty);
  }

  /** Cuts the last cell where three spaces stand in it, as labelled sets such as IoT-23 separate their last columns. */
  cutLast(): void {
    const end = this.ends[this.count - 1]!;
    for (let i = this.starts[this.count - 1]!; i + 3 <= end; ++i) {
      if (this.bytes[i] !== space || this.bytes[i + 1] !== space || this.bytes[i + 2] !== space) continue;
      this.ends[this.count - 1] = i;
      this.add(i + 3, end);
      i += 2;
    }
  }

  /** Narrows the cell of a set to what follows `prefix` in the element that begins so; else the cell is missing. */
  takeElement(cell: number, prefix: Uint8Array): void {
    if (!super.has(cell)) return;
    const {bytes, starts, ends} = this;
    for (let i = starts[cell]!; i < ends[cell]!; ++i) {
      const found = indexOf(bytes, this.setSeparator, i, ends[cell]!);
      const end = found < 0 ? ends[cell]! : found;
      if (startsWith(bytes, i, end, prefix)) {
        starts[cell] = i + prefix.length;
        ends[cell] = end;
        return;
      }
      i = end;
    }
    ends[cell] = starts[cell]!;
  }

  /** Undoes escapes (`\x09`, `\\`) in cells. The bytes are then a copy, for the line itself is the caller’s. */
  unescape(cells: readonly number[]): void {
    for (const cell of cells) {
      if (!this.has(cell)) continue;
      if (indexOf(this.bytes, backslash, this.starts[cell]!, this.ends[cell]!) < 0) continue;
      if (this.bytes !== this.scratch) this.copyLine();
      this.ends[cell] = unescapeIn(this.bytes, this.starts[cell]!, this.ends[cell]!);
    }
  }

  private copyLine(): void {
    const start = this.starts[0]!;
    const end = this.ends[this.count - 1]!;
    if (end - start > this.scratch.length) this.scratch = new Uint8Array(2 * (end - start));
    this.scratch.set(this.bytes.subarray(start, end));
    this.bytes = this.scratch;
    for (let i = 0; i < this.count; ++i) {
      this.starts[i]! -= start;
      this.ends[i]! -= start;
    }
  }
}

/** Undoes escapes of bytes in place, and tells where they end then. */
export function unescapeIn(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let i = start; i < end; ++i) {
    let byte = bytes[i]!;
    if (byte === backslash) {
      const escaped = i + 3 < end && bytes[i + 1] === letterX ? hexIn(bytes, i + 2, i + 4) : Number.NaN;
      if (escaped >= 0) {
        byte = escaped;
        i += 3;
      } else if (i + 1 < end && bytes[i + 1] === backslash) ++i;
    }
    bytes[to++] = byte;
  }
  return to;
}

/** Where a byte stands before `end`, -1 where it does not; a native search would go on behind. */
function indexOf(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let i = start; i < end; ++i) if (bytes[i] === byte) return i;
  return -1;
}

function startsWith(bytes: Uint8Array, start: number, end: number, prefix: Uint8Array): boolean {
  return end - start >= prefix.length && prefix.every((byte, i) => bytes[start + i] === byte);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const [space, comma, backslash, letterX] = [32, 44, 92, 120];

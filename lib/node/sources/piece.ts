import type {LogContent} from "./logContent.js";

/** Bytes of a content on their way to its reader, all at once or line by line. */
export class Piece {
  private at = 0;
  private end = 0;
  private time = Number.NEGATIVE_INFINITY;

  constructor(
    readonly content: LogContent,
    private readonly bytes: Uint8Array
  ) {}

  /** Bytes that are not handed on yet. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  /** The time of the next line; -Infinity where it has none. */
  peek(): number {
    if (this.end === this.at) {
      this.end = this.endOfLine();
      this.time = this.content.timeOf(this.bytes.subarray(this.at, this.end));
    }
    return this.time;
  }

  /** Hands on the next line or all that is left; gives how many bytes that is. */
  hand(isLine: boolean): number {
    const {at, bytes, content} = this;
    if (isLine) this.peek();
    else {
      this.end = bytes.length;
      content.passUnseen();
    }
    content.push(bytes.subarray(at, this.end));
    this.at = this.end;
    return this.end - at;
  }

  /** Of a capture, the end of as many bytes as pass at once. */
  private endOfLine(): number {
    const {at, bytes} = this;
    if (this.content.isOfPackets) return Math.min(bytes.length, at + packetBytes);
    const end = bytes.indexOf(lf, at) + 1;
    return end > 0 ? end : bytes.length;
  }
}

const lf = 10;
const packetBytes = 4096;

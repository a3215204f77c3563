import {
  Z_DATA_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset
} from "pako";

/**
 * Inflates gzip piece by piece, and gives all that can be read of a file that is cut short or damaged. A file may be
 * several gzips one after another, as `cat a.gz b.gz` makes it.
 */
export class Gunzip {
  /** What is wrong with the file, null as long as nothing is; what follows in the file is then lost. */
  fault: string | null = null;
  private readonly stream = new ZStream();
  private readonly output = new Uint8Array(outputBytes);
  private state: "between" | "inside" = "between";
  private members = 0;

  constructor() {
    zlibInflateInit2(this.stream, gzipWindow);
  }

  /**
   * Takes the next bytes of the file, and inflates them in pieces of up to 128 KiB as these are asked for: 64 KiB may hold
   * 64 MiB. All pieces must be asked for before the next bytes.
   */
  *push(bytes: Uint8Array): Generator<Uint8Array> {
    const {stream, output} = this;
    stream.input = bytes;
    stream.next_in = 0;
    stream.avail_in = bytes.length;
    while (this.fault === null && (stream.avail_in > 0 || stream.avail_out === 0)) {
      if (this.state === "between" && !this.begin()) return;
      stream.output = output;
      stream.next_out = 0;
      stream.avail_out = output.length;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (stream.next_out > 0) yield output.slice(0, stream.next_out);
      if (status === Z_STREAM_END) {
        this.state = "between";
        ++this.members;
        stream.avail_out = 1;
      } else if (status === Z_DATA_ERROR) this.fault = this.members > 0 ? "bytes after gzip are none" : "broken gzip";
      else if (status !== Z_OK) return;
    }
  }

  /** Begins the next gzip, if there is one; zeros behind the one before are padding. */
  private begin(): boolean {
    const {stream} = this;
    while (this.members > 0 && stream.avail_in > 0 && stream.input[stream.next_in] === 0) {
      ++stream.next_in;
      --stream.avail_in;
    }
    if (stream.avail_in === 0) return false;
    if (this.members > 0) zlibInflateReset(stream);
    this.state = "inside";
    return true;
  }

  /** Ends the file. */
  end(): void {
    if (this.state === "inside") this.fault ??= "gzip ends early";
  }
}

/** Whether a file’s first bytes are gzip’s. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

const outputBytes = 2 ** 17;
// The largest window, and gzip’s header and checksum.
const gzipWindow = 15 + 16;

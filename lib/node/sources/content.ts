import {type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync} from "node:fs";
import {Gunzip, isGzip} from "../../formats/gunzip.js";

/** An open file, whose bytes are inflated if it is compressed. It stays the same when it is renamed or deleted. */
export interface Content {
  readonly isGzip: boolean;
  /** The bytes from an offset on, at most 128 KiB; none at the end as it is now; null where they are not inflated yet. */
  read(offset: number): Uint8Array | null;
  /** The first bytes, at most so many. */
  head(most: number): Uint8Array;
  /** As of now. */
  stat(): Place;
  /** Bytes of the file that are behind an offset. */
  behind(offset: number, size: number): number;
  /** What is wrong at the end, such as “gzip ends early”; null when nothing is. */
  readonly fault: string | null;
  close(): void;
}

/** Which file it is, and how it stands. */
export interface Place {
  readonly id: string;
  readonly kind: "file" | "folder" | "other";
  readonly size: number;
  /** When it was last written: milliseconds of the wall clock, and the nanoseconds that tell two times apart. */
  readonly time: number;
  readonly stamp: bigint;
}

/** Opens a file. Throws where it cannot be read or is no regular file. */
export function openContent(path: string): Content {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) throw new Error("is no regular file");
    return isGzip(readAt(file, 0, 2)) ? new GzipContent(file) : new PlainContent(file);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** The place of what is at a path, null where nothing is. Throws where that cannot be told. */
export function placeAt(path: string): Place | null {
  const stats = statSync(path, {bigint: true, throwIfNoEntry: false});
  return stats === undefined ? null : placeOf(stats);
}

function placeOf(stats: BigIntStats): Place {
  const {dev, ino, size, mtimeNs} = stats;
  const kind = stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other";
  return {id: `${dev}:${ino}`, kind, size: Number(size), time: Number(mtimeNs / 1_000_000n), stamp: mtimeNs};
}

class PlainContent implements Content {
  readonly isGzip = false;
  readonly fault = null;

  constructor(private readonly file: number) {}

  read(offset: number): Uint8Array {
    return readAt(this.file, offset, pieceBytes);
  }

  head(most: number): Uint8Array {
    return readAt(this.file, 0, most);
  }

  stat(): Place {
    return placeOf(fstatSync(this.file, {bigint: true}));
  }

  behind(offset: number, size: number): number {
    return Math.max(0, size - offset);
  }

  close(): void {
    closeSync(this.file);
  }
}

class GzipContent implements Content {
  readonly isGzip = true;
  private gunzip = new Gunzip();
  /** Compressed bytes that were read, and inflated bytes up to the end of the last piece. */
  private readBytes = 0;
  private end = 0;
  private piece: Uint8Array = new Uint8Array();
  private pieces: Iterator<Uint8Array> = [][Symbol.iterator]();

  constructor(private readonly file: number) {}

  get fault(): string | null {
    const {gunzip} = this;
    if (gunzip.fault !== null) return gunzip.fault;
    gunzip.end();
    const {fault} = gunzip;
    // It may be that more of it is still to be written.
    gunzip.fault = null;
    return fault;
  }

  read(offset: number): Uint8Array | null {
    if (offset < this.end - this.piece.length) this.rewind();
    let most = mostSkipped;
    while (this.end <= offset) {
      if (most <= 0) return null;
      const next = this.pieces.next();
      if (!next.done) {
        this.piece = next.value;
        this.end += next.value.length;
        most -= next.value.length;
        continue;
      }
      const bytes = readAt(this.file, this.readBytes, pieceBytes);
      if (bytes.length === 0 || this.gunzip.fault !== null) return bytes.subarray(0, 0);
      this.readBytes += bytes.length;
      this.pieces = this.gunzip.push(bytes);
    }
    return this.piece.subarray(offset - (this.end - this.piece.length));
  }

  head(most: number): Uint8Array {
    const other = new GzipContent(this.file);
    const head = new Uint8Array(most);
    let length = 0;
    while (length < most) {
      const bytes = other.read(length)!;
      if (bytes.length === 0) break;
      head.set(bytes.subarray(0, most - length), length);
      length += Math.min(bytes.length, most - length);
    }
    return head.subarray(0, length);
  }

  stat(): Place {
    return placeOf(fstatSync(this.file, {bigint: true}));
  }

  behind(_offset: number, size: number): number {
    return Math.max(0, size - this.readBytes);
  }

  close(): void {
    closeSync(this.file);
  }

  private rewind(): void {
    this.gunzip = new Gunzip();
    this.readBytes = this.end = 0;
    this.piece = new Uint8Array();
    this.pieces = [][Symbol.iterator]();
  }
}

function readAt(file: number, offset: number, most: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(most);
  return bytes.subarray(0, readSync(file, bytes, 0, most, offset));
}

const pieceBytes = 2 ** 16;
/** Bytes that are inflated at a time on the way to an offset. */
const mostSkipped = 2 ** 23;

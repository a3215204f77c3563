import type {Readable} from "node:stream";
import {headBytes} from "../../formats/format.js";
import {Gunzip, isGzip} from "../../formats/gunzip.js";
import {faultText} from "./faultText.js";
import {FollowedLogs} from "./followedLogs.js";
import type {Follower} from "./follower.js";
import {LogContent, type Recipient} from "./logContent.js";
import type {Pace} from "./pace.js";
import {Piece} from "./piece.js";
import {PieceFollower} from "./pieceFollower.js";
import type {OpenSource} from "./source.js";
import {SourceTotals} from "./sourceTotals.js";

export interface StandardInputOptions {
  /** What is read instead of the standard input, such as a named pipe, and what it is called. */
  readonly stream?: Readable;
  readonly name?: string;
  readonly pace?: Pace;
}

/** Follows what comes on the standard input, as fast as it is taken; it cannot go back, so that nothing is saved of it. */
export function standardInput({stream = process.stdin, name = "-", pace}: StandardInputOptions = {}): OpenSource {
  return async (receiver) => {
    const totals = new SourceTotals();
    const follower = new StreamFollower(stream, {name: name === "-" ? "standard input" : name, receiver, totals});
    return new FollowedLogs(
      {followers: () => [follower], fault: () => follower.fault ?? follower.contentFault, save: () => null},
      {name, kind: "standard input", totals, pace}
    );
  };
}

class StreamFollower extends PieceFollower implements Follower {
  fault: string | null = null;
  hasEnded = false;
  readonly isBusy = false;
  readonly name: string;
  private readonly content: LogContent;
  private head: Uint8Array | null = new Uint8Array();
  private gunzip: Gunzip | null | undefined;
  private pieces: Iterator<Uint8Array> = [][Symbol.iterator]();
  private isAtEnd = false;

  constructor(
    private readonly stream: Readable,
    private readonly recipient: Recipient
  ) {
    super();
    this.name = recipient.name;
    this.content = new LogContent(recipient);
    stream.once("end", () => {
      this.isAtEnd = true;
    });
    stream.once("error", (error) => {
      this.fault = faultText(error);
      this.isAtEnd = true;
    });
    // Without a listener nothing is read ahead.
    stream.on("readable", () => {});
  }

  get format(): string | null {
    return this.content.format;
  }

  get contentFault(): string | null {
    return this.content.fault;
  }

  get behind(): number {
    return this.stream.readableLength + (this.piece?.left ?? 0);
  }

  fill(): boolean {
    while (this.piece === null && !this.hasEnded) {
      const next = this.pieces.next();
      if (!next.done) {
        this.take(next.value);
        continue;
      }
      const chunk: Buffer | null = this.stream.read();
      if (chunk !== null) {
        this.recipient.totals.bytes += chunk.length;
        this.pieces = this.inflated(chunk);
      } else if (this.isAtEnd) this.end();
      else return false;
    }
    return this.piece !== null;
  }

  save(): unknown {
    return null;
  }

  close(): void {
    this.stream.destroy();
  }

  private inflated(chunk: Uint8Array): Iterator<Uint8Array> {
    if (this.gunzip === undefined) {
      // A first byte that comes alone waits for the second.
      const first = join(this.head!, chunk);
      if (first.length < 2) {
        this.head = first;
        return [][Symbol.iterator]();
      }
      this.head = new Uint8Array();
      this.gunzip = isGzip(first) ? new Gunzip() : null;
      chunk = first;
    }
    return this.gunzip?.push(chunk) ?? [chunk][Symbol.iterator]();
  }

  /** Gathers bytes until their format is known. */
  private take(bytes: Uint8Array, isWhole = false): void {
    const {content} = this;
    if (content.isPassedOver) {
      this.recipient.totals.dropped += bytes.length;
      return;
    }
    if (this.head !== null) {
      const mayTell = isWhole || this.head.length < leastBytes || bytes.includes(lf);
      bytes = this.head = join(this.head, bytes);
      if (!mayTell && bytes.length < headBytes) return;
      content.detect(bytes.subarray(0, headBytes), isWhole);
      if (content.isKnown || content.isPassedOver) this.head = null;
      if (!content.isKnown) return;
    }
    if (bytes.length > 0) this.piece = new Piece(content, bytes);
  }

  private end(): void {
    if (this.head !== null && this.head.length > 0 && !this.content.isPassedOver) {
      this.take(new Uint8Array(), true);
      if (this.piece !== null) return;
    }
    this.gunzip?.end();
    this.content.end(this.gunzip?.fault ?? null);
    this.hasEnded = true;
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

const lf = 10;
/** Bytes by which any format is told that has no lines. */
const leastBytes = 64;

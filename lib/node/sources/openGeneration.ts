import {headBytes} from "../../formats/format.js";
import type {Content, Place} from "./content.js";
import {fingerprintOf, isOf, mostBytes} from "./fingerprint.js";
import type {Generation} from "./generation.js";
import {LogContent, type Recipient} from "./logContent.js";

/** A generation whose file is open. */
export class OpenGeneration {
  /** When bytes came last, and when it was looked at last, by the clock of the source. */
  cameAt: number;
  lookedAt = Number.NEGATIVE_INFINITY;
  readonly content: LogContent;
  private place: Place;
  private unknownSize = -1;

  constructor(
    readonly generation: Generation,
    private file: Content,
    private readonly recipient: Recipient,
    now: number
  ) {
    const {format, mark, skipTo} = generation;
    this.content = new LogContent(recipient, format, mark, skipTo);
    this.place = file.stat();
    generation.id = this.place.id;
    this.cameAt = now;
  }

  get isGzip(): boolean {
    return this.file.isGzip;
  }

  /** Why it is not read, or not to its end; null where it is. */
  get fault(): string | null {
    const {fault} = this.file;
    return this.content.fault ?? (fault === endsEarly ? null : fault);
  }

  /** Bytes on disk that are there and not read yet. */
  get behind(): number {
    return this.content.isPassedOver ? 0 : this.file.behind(this.content.next, this.place.size);
  }

  /** Where it was read to, of inflated bytes. */
  get readTo(): number {
    return Math.max(this.content.next, this.content.mark.offset);
  }

  /** Bytes on disk that were there when it was looked at last. */
  get size(): number {
    return this.place.size;
  }

  /** Looks at the file again; false where it holds another content now, as it was cut. */
  look(): boolean {
    const place = this.file.stat();
    if (place.stamp === this.place.stamp && place.size === this.place.size) return true;
    if (!this.isGzip) {
      const {generation} = this;
      const head = this.file.head(mostBytes);
      if (place.size < this.readTo || !isOf(head, generation.fingerprint)) return false;
      if (generation.fingerprint.length < mostBytes) generation.fingerprint = fingerprintOf(head);
    }
    this.place = place;
    return true;
  }

  /** Goes on in another file that holds the same content. */
  moveTo(file: Content): void {
    this.file.close();
    this.file = file;
    this.place = file.stat();
    this.generation.id = this.place.id;
  }

  /** Tells its format, if it can be told; `isWhole` where there will be no more of it. False where it is not to be read. */
  detect(isWhole = false): boolean {
    const {content} = this;
    if (content.isPassedOver) return false;
    if (!content.isKnown) content.resume();
    if (!content.isKnown && (this.unknownSize !== this.place.size || isWhole)) {
      this.unknownSize = this.place.size;
      content.detect(this.file.head(headBytes), isWhole);
      this.generation.format = content.format;
    }
    return content.isKnown;
  }

  /** The next bytes, none at the end, null where they are still to be found. */
  read(): Uint8Array | null {
    if (!this.detect()) return none;
    const before = this.behind;
    const bytes = this.file.read(this.content.next);
    if (this.isGzip) this.recipient.totals.bytes += Math.max(0, before - this.behind);
    else if (!this.content.isCatchingUp) this.recipient.totals.bytes += bytes?.length ?? 0;
    return bytes;
  }

  /** Whether all of it has been read that will be there, so far as can be told. */
  isWhole(now: number): boolean {
    const isOld = Date.now() - this.place.time > quietFile;
    if (this.isGzip) return this.file.fault !== endsEarly || isOld;
    return isOld || now - this.cameAt >= quiet;
  }

  /** Nothing more is expected of it: the rest of a torn line is handed on. */
  end(): void {
    this.content.end(this.file.fault);
    this.save();
  }

  /** The generation as it is read by now. */
  save(): Generation {
    const {content, generation} = this;
    generation.mark = content.isPassedOver ? {...content.mark, offset: this.place.size} : content.mark;
    return generation;
  }

  close(): void {
    this.file.close();
  }
}

// It may be that it is still being written.
const endsEarly = "gzip ends early";
const none = new Uint8Array();
/** Milliseconds without a byte after which a newer generation is read, and those since a file was written. */
const [quiet, quietFile] = [250, 2000];

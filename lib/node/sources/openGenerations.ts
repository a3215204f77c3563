import {type Content, openContent, placeAt} from "./content.js";
import type {FamilyFiles} from "./familyFiles.js";
import {isOf, mostBytes} from "./fingerprint.js";
import type {Generation} from "./generation.js";
import type {Recipient} from "./logContent.js";
import {OpenGeneration} from "./openGeneration.js";
import {Piece} from "./piece.js";

/**
 * The generations of a log whose files are open, oldest first: the last is read; into those before it somebody may still
 * write for a while.
 */
export class OpenGenerations {
  private readonly list: OpenGeneration[] = [];

  constructor(
    private readonly recipient: Recipient,
    private readonly files: FamilyFiles
  ) {}

  get last(): OpenGeneration | undefined {
    return this.list.at(-1);
  }

  get behind(): number {
    return this.list.reduce((sum, open) => sum + open.behind, 0);
  }

  holds(generation: Generation): boolean {
    return this.list.some((open) => open.generation === generation);
  }

  /** Opens one that follows, or one that is over and has grown nevertheless. */
  add(generation: Generation, file: Content, now: number): void {
    const open = new OpenGeneration(generation, file, this.recipient, now);
    if (this.list.length === mostOpen) this.close(this.list[0]!);
    if (generation.isOver) this.list.unshift(open);
    else this.list.push(open);
  }

  /** The next bytes of any; "cut" where a file turned out to hold another content, "busy" where bytes are still to be found. */
  read(now: number): Piece | "cut" | "busy" | null {
    const {last} = this;
    for (const open of [...this.list]) {
      if (open !== last) {
        if (now - open.cameAt > lateFor) this.close(open);
        if (now - open.cameAt > lateFor || now - open.lookedAt < lateEvery) continue;
      }
      open.lookedAt = now;
      if (!open.look()) {
        this.cut(open);
        return "cut";
      }
      const bytes = open.read();
      if (bytes === null) return "busy";
      if (bytes.length === 0) continue;
      open.cameAt = now;
      return new Piece(open.content, bytes);
    }
    return null;
  }

  /** The last is over: it stays open where more may be written into it. */
  leave(now: number, mayGrow: boolean): void {
    const open = this.last!;
    const isClosed = !mayGrow || open.isGzip || open.content.isOfPackets;
    open.end();
    open.generation.isOver = true;
    open.cameAt = now;
    if (isClosed) this.close(open);
  }

  /** Brings what is known of generations up to date. */
  save(): void {
    for (const open of this.list) open.save();
  }

  closeAll(): void {
    for (const open of this.list.splice(0)) open.close();
  }

  /** A file holds another content now: reading goes on in a copy, if there is one. */
  private cut(open: OpenGeneration): void {
    const {generation, readTo, size} = open;
    const {totals} = this.recipient;
    const copy = this.copyOf(open);
    // A copy that lacks what was read last is cut as well, but holds nothing else.
    if (placeAt(this.files.path)?.id === generation.id) generation.cutIn = generation.id;
    if (copy !== null) {
      if (!copy.isGzip) totals.dropped += Math.max(0, size - copy.stat().size);
      open.moveTo(copy);
      return;
    }
    totals.dropped += Math.max(0, size - readTo);
    open.end();
    generation.isOver = true;
    this.close(open);
  }

  private copyOf({generation, readTo}: OpenGeneration): Content | null {
    for (const {path} of this.files.list().files) {
      try {
        const file = openContent(path);
        const {id, size} = file.stat();
        const isCopy = id !== generation.id && isOf(file.head(mostBytes), generation.fingerprint);
        if (isCopy && (file.isGzip || size >= readTo)) return file;
        file.close();
      } catch {
        // What cannot be read is no copy; the follower tells of it.
      }
    }
    return null;
  }

  private close(open: OpenGeneration): void {
    const generation = open.save();
    generation.mark = {...generation.mark, headers: []};
    open.close();
    this.list.splice(this.list.indexOf(open), 1);
  }
}

const mostOpen = 4;
/** For how many milliseconds a file is watched for lines that come late, and how often. */
const [lateFor, lateEvery] = [15 * 60_000, 250];

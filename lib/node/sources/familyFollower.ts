import {type BigIntStats, statSync} from "node:fs";
import {type Content, openContent} from "./content.js";
import {FamilyMembers, type Member} from "./familyMembers.js";
import {faultText} from "./faultText.js";
import {fingerprintOf, isOf, mostBytes} from "./fingerprint.js";
import type {Follower} from "./follower.js";
import type {Generation} from "./generation.js";
import type {LogContent, Recipient} from "./logContent.js";
import type {NamedFile} from "./logFolder.js";
import {beginning} from "./logReader.js";
import {OpenGeneration} from "./openGeneration.js";
import {Piece} from "./piece.js";

/** The files of one log, as they are now. */
export interface FamilyFiles {
  /** The file that is written. */
  readonly path: string;
  /** Whether there may be no such file, as of logs with dates in their names. */
  readonly isOptional: boolean;
  /** All files, and a number that changes when names come or go. Throws where their folder cannot be read. */
  list(): {readonly files: readonly NamedFile[]; readonly version: number};
}

export interface FollowerOptions {
  /** `start`: all that is there is history; `end`: only what comes from now on is read. */
  readonly from: "start" | "end";
  /** Whether nothing more will come. */
  readonly isReplay: boolean;
}

/**
 * Follows one log through whatever is done to its files, generation by generation: each is told by its first bytes, and read
 * on wherever it is now, until it is at its end and a newer one has content.
 */
export class FamilyFollower implements Follower {
  hasEnded = false;
  isBusy = false;
  private error: string | null = null;
  private pathFault: string | null = null;
  private retryAt = Number.NEGATIVE_INFINITY;
  private readonly members = new FamilyMembers();
  private readonly generations: Generation[];
  /** All up to this time are forgotten. */
  private forgotten: number;
  private hasStarted: boolean;
  /** Oldest first; the last is read, the others may still be written to. */
  private readonly opened: OpenGeneration[] = [];
  private unread: readonly Member[] = [];
  private signature = "";
  private piece: Piece | null = null;

  constructor(
    readonly files: FamilyFiles,
    private readonly recipient: Recipient,
    private readonly options: FollowerOptions,
    saved?: unknown
  ) {
    const {generations, forgotten, hasStarted} = (saved ?? nothing) as SavedFollower;
    this.generations = generations.map((generation) => ({...generation}));
    this.forgotten = forgotten;
    this.hasStarted = hasStarted || options.from === "start";
  }

  get name(): string {
    return this.recipient.name;
  }

  get fault(): string | null {
    const [unreadable] = this.members.unreadable;
    if (this.error !== null || unreadable === undefined) return this.error ?? this.pathFault;
    const [path, fault] = unreadable;
    return path === this.files.path ? fault : `${path}: ${fault}`;
  }

  get contentFault(): string | null {
    return this.opened.at(-1)?.content.fault ?? null;
  }

  get format(): string | null {
    return this.opened.at(-1)?.content.format ?? null;
  }

  get behind(): number {
    const opened = this.opened.reduce((sum, open) => sum + open.behind, 0);
    return this.unread.reduce((sum, {place}) => sum + place.size, opened);
  }

  fill(now: number): boolean {
    if (this.piece !== null) return true;
    if (this.hasEnded || now < this.retryAt) return false;
    this.isBusy = false;
    try {
      const isFilled = this.next(now);
      this.error = null;
      return isFilled;
    } catch (error) {
      this.error = faultText(error);
      this.retryAt = now + retryAfter;
      this.signature = "";
      return false;
    }
  }

  peek(): number {
    return this.piece?.peek() ?? Number.NEGATIVE_INFINITY;
  }

  hand(isLine: boolean, turnTo: (content: LogContent) => void): number {
    const {piece} = this;
    if (piece === null) return 0;
    turnTo(piece.content);
    const handed = piece.hand(isLine);
    if (piece.left === 0) this.piece = null;
    return handed;
  }

  save(): unknown {
    for (const open of this.opened) open.save();
    const {generations, forgotten, hasStarted} = this;
    return {generations: generations.map((one) => ({...one})), forgotten, hasStarted} satisfies SavedFollower;
  }

  close(): void {
    for (const open of this.opened) open.close();
    this.opened.length = 0;
  }

  private next(now: number): boolean {
    for (;;) {
      const found = this.readOpened(now);
      if (found !== null) return found;
      const last = this.opened.at(-1);
      const [following] = this.find();
      if (following === undefined && !this.options.isReplay) return false;
      if (following?.generation?.isOver) {
        this.open(following, now);
        continue;
      }
      if (last !== undefined) {
        if (!this.options.isReplay && !last.isWhole(now)) return false;
        if (!last.content.isKnown && last.detect(true)) continue;
        this.leave(last, now);
      }
      if (following === undefined) {
        this.hasEnded = true;
        return false;
      }
      this.open(following, now);
    }
  }

  /** Reads on in what is open; null where all of it is at its end. */
  private readOpened(now: number): boolean | null {
    for (let i = 0; i < this.opened.length; ++i) {
      const open = this.opened[i]!;
      const isLast = i === this.opened.length - 1;
      if (!isLast && now - open.cameAt > lateFor) {
        this.discard(open);
        --i;
        continue;
      }
      if (!isLast && now - open.lookedAt < lateEvery) continue;
      open.lookedAt = now;
      if (!open.look()) {
        this.cut(open);
        i = -1;
        continue;
      }
      const bytes = open.read();
      if (bytes === null) {
        this.isBusy = true;
        return false;
      }
      if (bytes.length === 0) continue;
      open.cameAt = now;
      this.piece = new Piece(open.content, bytes);
      return true;
    }
    return null;
  }

  /** What is there and not read yet, from the oldest on. */
  private find(): readonly Member[] {
    const id = this.lookAtPath();
    const {files, version} = this.files.list();
    const signature = `${version} ${id}`;
    if (signature === this.signature && !this.members.isPending) return this.unread;
    this.signature = signature;
    const members = this.members.find(files, this.generations);
    if (!this.hasStarted) this.skip(members);
    this.hasStarted = true;
    this.unread = members.filter((member) => this.isUnread(member));
    return this.unread;
  }

  private lookAtPath(): string {
    const {path, isOptional} = this.files;
    const stats: BigIntStats | undefined = statSync(path, {bigint: true, throwIfNoEntry: false});
    if (stats === undefined) this.pathFault = isOptional ? null : "no such file";
    else if (stats.isDirectory()) this.pathFault = "is a folder";
    else this.pathFault = stats.isFile() ? null : "is no regular file";
    return stats === undefined ? "" : `${stats.dev}:${stats.ino}`;
  }

  private isUnread(member: Member): boolean {
    const {generation, place, head} = member;
    if (generation === null) return !(this.members.timeOf(member) <= this.forgotten);
    if (this.opened.some((open) => open.generation === generation)) return false;
    return !generation.isOver || (!head.isGzip && place.size > generation.mark.offset);
  }

  /** Takes all that is there for read, and the last for read up to now. */
  private skip(members: readonly Member[]): void {
    const last = members.at(-1);
    for (const member of members) {
      if (member.generation !== null) continue;
      const {place, head} = member;
      const isLast = member === last && !head.isGzip;
      const skipTo = isLast ? lastLineEnd(member) : 0;
      const mark = isLast ? beginning : {...beginning, offset: place.size};
      member.generation = {...this.generationOf(member), mark, skipTo, isOver: !isLast};
      this.generations.push(member.generation);
    }
    this.forget();
  }

  private generationOf(member: Member): Generation {
    const {head, place} = member;
    const time = this.members.timeOf(member);
    const fingerprint = fingerprintOf(head.bytes);
    return {fingerprint, id: place.id, format: null, mark: beginning, time, skipTo: 0, cutIn: null, isOver: false};
  }

  private open(member: Member, now: number): void {
    this.signature = "";
    const content = openContent(member.path);
    const generation = member.generation ?? this.generationOf(member);
    if (content.stat().id !== member.place.id || !isOf(content.head(mostBytes), generation.fingerprint)) {
      content.close();
      return;
    }
    if (member.generation === null) {
      this.generations.push(generation);
      this.loseOthers(generation);
      this.forget();
    }
    const open = new OpenGeneration(generation, content, this.recipient, now);
    if (generation.isOver) this.opened.unshift(open);
    else this.opened.push(open);
    while (this.opened.length > mostOpened) this.discard(this.opened[0]!);
  }

  /** A newer one begins: those that should have been read on before it are nowhere. */
  private loseOthers(begun: Generation): void {
    for (const generation of this.generations) {
      if (generation === begun || generation.isOver) continue;
      if (this.opened.some((open) => open.generation === generation)) continue;
      generation.isOver = true;
      this.recipient.totals.count("files gone before their end");
    }
  }

  private forget(): void {
    while (this.generations.length > mostGenerations) {
      const {time} = this.generations.shift()!;
      if (!(time <= this.forgotten)) this.forgotten = Number.isNaN(time) ? this.forgotten : time;
    }
  }

  /** Its file holds another content now: it goes on in a copy, if there is one. */
  private cut(open: OpenGeneration): void {
    const {generation} = open;
    this.signature = "";
    const copy = this.copyOf(open);
    if (copy !== null) {
      this.recipient.totals.dropped += copy.isGzip ? 0 : Math.max(0, open.size - copy.stat().size);
      if (this.isAtPath(generation.id)) generation.cutIn = generation.id;
      open.moveTo(copy);
      return;
    }
    this.recipient.totals.dropped += Math.max(0, open.size - open.readTo);
    if (this.isAtPath(generation.id)) generation.cutIn = generation.id;
    open.end();
    generation.isOver = true;
    this.discard(open);
  }

  private copyOf({generation, readTo}: OpenGeneration): Content | null {
    for (const {path} of this.files.list().files) {
      try {
        const content = openContent(path);
        const {id, size} = content.stat();
        const isCopy = id !== generation.id && isOf(content.head(mostBytes), generation.fingerprint);
        if (isCopy && (content.isGzip || size >= readTo)) return content;
        content.close();
      } catch {
        // What cannot be read is no copy; find tells of it.
      }
    }
    return null;
  }

  private isAtPath(id: string): boolean {
    return this.lookAtPath() === id;
  }

  private leave(open: OpenGeneration, now: number): void {
    const isClosed = open.isGzip || open.content.isOfPackets || this.options.isReplay;
    open.end();
    open.generation.isOver = true;
    open.cameAt = now;
    if (isClosed) this.discard(open);
  }

  private discard(open: OpenGeneration): void {
    open.save();
    open.close();
    const {generation} = open;
    generation.mark = {...generation.mark, headers: []};
    this.opened.splice(this.opened.indexOf(open), 1);
  }
}

interface SavedFollower {
  readonly generations: readonly Generation[];
  readonly forgotten: number;
  readonly hasStarted: boolean;
}

function lastLineEnd({path}: Member): number {
  const content = openContent(path);
  try {
    const {size} = content.stat();
    for (let end = size; end > 0 && size - end < longestSearched; end -= searched) {
      const start = Math.max(0, end - searched);
      const found = content
        .read(start)!
        .subarray(0, end - start)
        .lastIndexOf(lf);
      if (found >= 0) return start + found + 1;
    }
    return size;
  } finally {
    content.close();
  }
}

const nothing: SavedFollower = {generations: [], forgotten: Number.NEGATIVE_INFINITY, hasStarted: false};
const lf = 10;
const [searched, longestSearched] = [2 ** 16, 2 ** 21];
const mostGenerations = 512;
/** Files of which all but the last are watched for lines that come late, for how many milliseconds, and how often. */
const mostOpened = 4;
const [lateFor, lateEvery] = [15 * 60_000, 250];
/** Milliseconds from one fault to the next try. */
const retryAfter = 250;

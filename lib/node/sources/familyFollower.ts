import {openContent, placeAt} from "./content.js";
import type {FamilyFiles} from "./familyFiles.js";
import {FamilyMembers, type Member} from "./familyMembers.js";
import {faultText} from "./faultText.js";
import {fingerprintOf, isOf, mostBytes} from "./fingerprint.js";
import type {Follower} from "./follower.js";
import type {Generation} from "./generation.js";
import {KnownGenerations, type SavedGenerations} from "./knownGenerations.js";
import {lastLineEnd} from "./lastLineEnd.js";
import type {Recipient} from "./logContent.js";
import {beginning} from "./logReader.js";
import {OpenGenerations} from "./openGenerations.js";
import type {Piece} from "./piece.js";
import {PieceFollower} from "./pieceFollower.js";

export interface FollowerOptions {
  /** `start`: all that is there is history; `end`: only what comes from now on is read. */
  readonly from: "start" | "end";
  /** Whether nothing more will come. */
  readonly isReplay: boolean;
  /** Milliseconds for which it is not looked at again when there was nothing; 0 unless given. */
  readonly rest?: () => number;
}

/**
 * Follows one log through whatever is done to its files, generation by generation: each is told by its first bytes, and read
 * on wherever it is now, until it is at its end and a newer one has content.
 */
export class FamilyFollower extends PieceFollower implements Follower {
  hasEnded = false;
  isBusy = false;
  private error: string | null = null;
  private pathFault: string | null = null;
  private restsTo = Number.NEGATIVE_INFINITY;
  private readonly members = new FamilyMembers();
  private readonly known: KnownGenerations;
  private readonly opened: OpenGenerations;
  private hasStarted: boolean;
  private unread: readonly Member[] = [];
  /** Tells whether names or the file at the path have changed. */
  private signature = "";

  constructor(
    private readonly files: FamilyFiles,
    private readonly recipient: Recipient,
    private readonly options: FollowerOptions,
    saved?: unknown
  ) {
    super();
    const {hasStarted, ...known} = (saved ?? {hasStarted: options.from === "start"}) as SavedFollower;
    this.hasStarted = hasStarted;
    this.known = new KnownGenerations(saved === undefined ? undefined : known);
    this.opened = new OpenGenerations(recipient, files);
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
    return this.opened.last?.fault ?? null;
  }

  get format(): string | null {
    return this.opened.last?.content.format ?? null;
  }

  get behind(): number {
    return this.unread.reduce((sum, {place}) => sum + place.size, this.opened.behind);
  }

  fill(now: number): boolean {
    if (this.piece !== null) return true;
    if (this.hasEnded || now < this.restsTo) return false;
    try {
      this.isBusy = false;
      this.piece = this.next(now);
      this.error = null;
      if (this.piece === null && !this.isBusy) this.restsTo = now + (this.options.rest?.() ?? 0);
    } catch (error) {
      this.error = faultText(error);
      this.restsTo = now + retryAfter;
      this.signature = "";
    }
    return this.piece !== null;
  }

  save(): unknown {
    this.opened.save();
    return {...this.known.save(), hasStarted: this.hasStarted} satisfies SavedFollower;
  }

  close(): void {
    this.opened.closeAll();
  }

  private next(now: number): Piece | null {
    for (let turn = 0; turn < mostTurns; ++turn) {
      const piece = this.opened.read(now);
      if (piece === "busy") break;
      if (piece === "cut") {
        this.signature = "";
        continue;
      }
      if (piece !== null) return piece;
      if (!this.turnTo(this.find()[0], now)) return null;
    }
    this.isBusy = true;
    return null;
  }

  /** All that is open is at its end: turns to what follows, if the time has come. */
  private turnTo(following: Member | undefined, now: number): boolean {
    const {isReplay} = this.options;
    const {last} = this.opened;
    if (following === undefined && !isReplay) return false;
    if (following?.generation?.isOver) return this.open(following, now);
    if (last !== undefined && !last.generation.isOver) {
      if (!isReplay && !last.isWhole(now)) return false;
      if (!last.content.isKnown && last.detect(true)) return true;
      this.opened.leave(now, !isReplay);
    }
    if (following !== undefined) return this.open(following, now);
    this.hasEnded = true;
    return false;
  }

  /** What is there and not read yet, from the oldest on. */
  private find(): readonly Member[] {
    const id = this.lookAtPath();
    const {files, version} = this.files.list();
    const signature = `${version} ${id}`;
    if (signature === this.signature && !this.members.isPending) return this.unread;
    this.signature = signature;
    const members = this.members.find(files, this.known.list);
    if (!this.hasStarted) this.skip(members);
    this.hasStarted = true;
    const unread = members.filter((member) => this.isUnread(member));
    const begun = unread.filter(({generation}) => generation !== null);
    this.unread = [...begun, ...unread.filter(({generation}) => generation === null)];
    return this.unread;
  }

  private lookAtPath(): string {
    const {path, isOptional} = this.files;
    const place = placeAt(path);
    if (place === null) this.pathFault = isOptional ? null : "no such file";
    else if (place.kind === "folder") this.pathFault = "is a folder";
    else this.pathFault = place.kind === "file" ? null : "is no regular file";
    return place?.id ?? "";
  }

  private isUnread(member: Member): boolean {
    const {generation, place, isGzip} = member;
    if (generation === null) return !this.known.isForgotten(this.members.timeOf(member));
    if (this.opened.holds(generation)) return false;
    return !generation.isOver || (!isGzip && place.size > generation.mark.offset);
  }

  /** Takes all that is there for read, and the last for read up to now. */
  private skip(members: readonly Member[]): void {
    const last = members.at(-1);
    for (const member of members) {
      const begun = this.generationOf(member);
      if (member === last && !member.isGzip) this.known.add({...begun, skipTo: endOf(member)});
      else this.known.add({...begun, mark: {...beginning, offset: member.place.size}, isOver: true});
      member.generation = this.known.list.at(-1)!;
    }
  }

  private generationOf(member: Member): Generation {
    const {head, place} = member;
    const time = this.members.timeOf(member);
    const fingerprint = fingerprintOf(head);
    return {fingerprint, id: place.id, format: null, mark: beginning, time, skipTo: 0, cutIn: null, isOver: false};
  }

  /** Opens a member, if it is still there; true in any case, as there is something new to find. */
  private open(member: Member, now: number): true {
    this.signature = "";
    const generation = member.generation ?? this.generationOf(member);
    const file = openContent(member.path);
    if (file.stat().id !== member.place.id || !isOf(file.head(mostBytes), generation.fingerprint)) {
      file.close();
      return true;
    }
    this.opened.add(generation, file, now);
    if (member.generation === null) {
      this.known.add(generation);
      const lost = this.known.giveUp((other) => this.opened.holds(other));
      for (let i = 0; i < lost; ++i) this.recipient.totals.count("files that were gone before their end");
    }
    return true;
  }
}

interface SavedFollower extends SavedGenerations {
  readonly hasStarted: boolean;
}

function endOf({path}: Member): number {
  const file = openContent(path);
  try {
    return lastLineEnd(file);
  } finally {
    file.close();
  }
}

/** How often it turns to another file or looks for others before it lets other sources have their turn. */
const mostTurns = 100;
/** Milliseconds from one fault to the next try. */
const retryAfter = 250;

import {detectFormat} from "../../formats/detectFormat.js";
import {headBytes, headOf} from "../../formats/format.js";
import {type Content, openContent, type Place, placeAt} from "./content.js";
import {compareSuffixes} from "./familyName.js";
import {faultText} from "./faultText.js";
import {fingerprintOf, isOf, mostBytes} from "./fingerprint.js";
import {firstWritten} from "./firstWritten.js";
import type {Generation} from "./generation.js";
import type {NamedFile} from "./logFolder.js";
import {withoutCopies} from "./withoutCopies.js";

/** A file of a family that is not empty. */
export interface Member extends NamedFile {
  readonly place: Place;
  /** Its first bytes, inflated. */
  readonly head: Uint8Array;
  readonly isGzip: boolean;
  /** What it holds, null where that is none of the generations that are known. */
  generation: Generation | null;
}

type Beginning = Pick<Member, "head" | "isGzip">;

/** Finds out which generations the files of a family hold. */
export class FamilyMembers {
  /** Files that cannot be read, and why. */
  readonly unreadable = new Map<string, string>();
  /** Whether some are empty or unreadable, which may end without a trace in the folder. */
  isPending = false;
  private beginnings = new Map<string, Beginning>();
  private readonly times = new Map<string, number>();

  /** The members among files, each with the generation that it holds, from the oldest to the newest. */
  find(files: readonly NamedFile[], generations: readonly Generation[]): Member[] {
    this.unreadable.clear();
    this.isPending = false;
    const beginnings = new Map<string, Beginning>();
    const members: Member[] = [];
    for (const file of files) {
      const member = this.memberAt(file, beginnings);
      if (member !== null) members.push(member);
    }
    this.beginnings = beginnings;
    for (const member of members) member.generation = surely(member, generations);
    const ordered = this.inOrder(withoutCopies(members));
    const found = new Set(ordered.map(({generation}) => generation));
    for (const generation of [...generations].reverse()) {
      if (found.has(generation) || generation.fingerprint.length === mostBytes) continue;
      const member = ordered.find((member) => member.generation === null && mayHold(member, generation));
      if (member !== undefined) member.generation = generation;
    }
    return ordered;
  }

  /** When the first record of a member was written, UTC milliseconds; NaN where none tells. */
  timeOf({path, place, head, generation}: Member): number {
    if (generation !== null) return generation.time;
    const key = `${place.id}:${fingerprintOf(head).hash}`;
    let time = this.times.get(key);
    if (time === undefined) {
      time = timeAt(path);
      if (this.times.size === mostTimes) this.times.delete(this.times.keys().next().value!);
      this.times.set(key, time);
    }
    return time;
  }

  private memberAt(file: NamedFile, beginnings: Map<string, Beginning>): Member | null {
    try {
      const place = placeAt(file.path);
      if (place?.kind !== "file") return null;
      if (place.size === 0) {
        this.isPending = true;
        return null;
      }
      const key = `${place.id}:${place.size}:${place.stamp}`;
      const beginning = this.beginnings.get(key) ?? beginningOf(file.path);
      if (beginning.head.length === 0) {
        this.isPending = true;
        return null;
      }
      beginnings.set(key, beginning);
      return {...file, ...beginning, place, generation: null};
    } catch (error) {
      this.isPending = true;
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") this.unreadable.set(file.path, faultText(error));
      return null;
    }
  }

  private inOrder(members: readonly Member[]): Member[] {
    const own = members.filter(({suffix}) => suffix === "");
    const predecessors = members.filter(({suffix}) => suffix !== "");
    predecessors.sort((a, b) => compareSuffixes(a.suffix, b.suffix));
    const times = new Map(predecessors.map((member) => [member, this.timeOf(member)]));
    if (!mayRise([...times.values()])) predecessors.sort((a, b) => compareTimes(times.get(a)!, times.get(b)!));
    return [...predecessors, ...own];
  }
}

/**
 * Whether these may be the times of files that follow each other. The first line of one may be late, by some minutes, but most
 * are not.
 */
function mayRise(times: readonly number[]): boolean {
  const steps = times.slice(1).map((time, i) => time - times[i]!);
  const falls = steps.filter((step) => step < 0);
  return falls.every((step) => step > -mostLate) && falls.length <= steps.filter((step) => step > 0).length;
}

/** The generation that a member holds, so far as its first bytes tell without doubt. */
function surely(member: Member, generations: readonly Generation[]): Generation | null {
  const {place, head} = member;
  let found: Generation | null = null;
  for (let i = generations.length - 1; i >= 0; --i) {
    const generation = generations[i]!;
    const {fingerprint, id} = generation;
    const isWhole = fingerprint.length === mostBytes || head.length === fingerprint.length;
    if (id !== place.id && (found !== null || !isWhole)) continue;
    if (!mayHold(member, generation)) continue;
    if (id === place.id) return generation;
    found = generation;
  }
  return found;
}

function mayHold({place, head}: Member, {fingerprint, cutIn}: Generation): boolean {
  return cutIn !== place.id && isOf(head, fingerprint);
}

function compareTimes(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function beginningOf(path: string): Beginning {
  return withContent(path, (content) => ({head: content.head(mostBytes).slice(), isGzip: content.isGzip}));
}

function timeAt(path: string): number {
  try {
    return withContent(path, (content) => {
      const bytes = content.head(headBytes);
      const head = headOf(bytes, bytes.length < headBytes);
      const format = detectFormat(head);
      return format === null ? Number.NaN : firstWritten(format, head);
    });
  } catch {
    return Number.NaN;
  }
}

function withContent<T>(path: string, read: (content: Content) => T): T {
  const content = openContent(path);
  try {
    return read(content);
  } finally {
    content.close();
  }
}

const mostTimes = 1024;
const mostLate = 3_600_000;

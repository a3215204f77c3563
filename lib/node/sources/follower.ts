import type {LogContent} from "./logContent.js";

/** Follows one log, and hands it on piece by piece or line by line. */
export interface Follower {
  /** As its records are told to be of. */
  readonly name: string;
  /** The format of what is read now, null where that is not known. */
  readonly format: string | null;
  /** Why it cannot be read; null where it can. */
  readonly fault: string | null;
  /** Why what it holds now is not read; null where it is. */
  readonly contentFault: string | null;
  /** Bytes that are there and not read yet. */
  readonly behind: number;
  readonly hasEnded: boolean;
  /** Whether it has something to do that gives no bytes yet. */
  readonly isBusy: boolean;
  /** Sees to it that there is something to hand on, at a time by the clock of the source; false where there is nothing now. */
  fill(now: number): boolean;
  /** The time of what is handed on next; -Infinity where it has none. */
  peek(): number;
  /**
   * Hands on what there is, or its first line alone, having said of which content it is; gives how many bytes that was.
   */
  hand(isLine: boolean, turnTo: (content: LogContent) => void): number;
  save(): unknown;
  close(): void;
}

import type {Generation} from "./generation.js";

/** What is saved of the generations of a log. */
export interface SavedGenerations {
  readonly generations: readonly Generation[];
  readonly forgotten: number;
}

/** The generations of a log that have been begun or passed over, the oldest first; of many, the newest 512. */
export class KnownGenerations {
  readonly list: Generation[];
  /** All up to this time were known once. */
  private forgotten: number;

  constructor({generations, forgotten}: SavedGenerations = {generations: [], forgotten: Number.NEGATIVE_INFINITY}) {
    this.list = generations.map((generation) => ({...generation}));
    this.forgotten = forgotten;
  }

  add(generation: Generation): void {
    this.list.push(generation);
    if (this.list.length <= mostGenerations) return;
    const {time} = this.list.shift()!;
    if (time > this.forgotten) this.forgotten = time;
  }

  /** Whether one that is not in the list may have been, by its time. */
  isForgotten(time: number): boolean {
    return time <= this.forgotten;
  }

  /** Gives up those that are neither over nor held; gives how many these are. */
  giveUp(isHeld: (generation: Generation) => boolean): number {
    const lost = this.list.filter((generation) => !generation.isOver && !isHeld(generation));
    for (const generation of lost) generation.isOver = true;
    return lost.length;
  }

  save(): SavedGenerations {
    return {generations: this.list.map((generation) => ({...generation})), forgotten: this.forgotten};
  }
}

const mostGenerations = 512;

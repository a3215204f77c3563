import {flowNumbers, flowWords, nextAt, type OpenFlows, previousAt, queueAt, seenAt} from "./openFlows.js";

/** Queues of open flows, in each the one that was seen longest ago first. */
export class FlowQueues {
  private readonly heads: Uint32Array;
  private readonly tails: Uint32Array;

  constructor(
    private readonly flows: OpenFlows,
    readonly count: number
  ) {
    this.heads = new Uint32Array(count);
    this.tails = new Uint32Array(count);
  }

  /** The flow of a queue that was seen longest ago, −1 where there is none. */
  first(queue: number): number {
    return this.heads[queue]! - 1;
  }

  /** The flow behind another, −1 where that is the last. */
  after(flow: number): number {
    return this.flows.words[flowWords * flow + nextAt]! - 1;
  }

  /** Puts a flow, which is in no queue, behind all others of one; `now` is when it was seen. */
  add(flow: number, queue: number, now: number): void {
    const {words, numbers} = this.flows;
    const at = flowWords * flow;
    const tail = this.tails[queue]!;
    words[at + queueAt] = queue;
    words[at + nextAt] = 0;
    words[at + previousAt] = tail;
    if (tail === 0) this.heads[queue] = flow + 1;
    else words[flowWords * (tail - 1) + nextAt] = flow + 1;
    this.tails[queue] = flow + 1;
    numbers[flowNumbers * flow + seenAt] = now;
  }

  /** Puts a flow behind all others of that queue, from whichever it is in. */
  move(flow: number, queue: number, now: number): void {
    if (this.tails[queue] === flow + 1) {
      this.flows.numbers[flowNumbers * flow + seenAt] = now;
      return;
    }
    this.delete(flow);
    this.add(flow, queue, now);
  }

  delete(flow: number): void {
    const {words} = this.flows;
    const at = flowWords * flow;
    const queue = words[at + queueAt]!;
    const [next, previous] = [words[at + nextAt]!, words[at + previousAt]!];
    if (previous === 0) this.heads[queue] = next;
    else words[flowWords * (previous - 1) + nextAt] = next;
    if (next === 0) this.tails[queue] = previous;
    else words[flowWords * (next - 1) + previousAt] = previous;
  }
}

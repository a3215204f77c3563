import type {Turns} from "../lib/inTurns.js";
import {nextTask} from "./nextTask.js";

/** Turns short enough that the page answers between them, until nobody wants the result any more. */
export function pageTurns(isStale: () => boolean): Turns {
  const pause = async () => {
    await nextTask();
    return !isStale();
  };
  return {now: () => performance.now(), pause, span: 12};
}

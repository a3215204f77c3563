import {nextTask} from "./nextTask.js";

const span = 24;
const waiting: (() => void)[] = [];
let began = Number.NEGATIVE_INFINITY;

/**
 * Settles at once while the page has been at work for a moment only, otherwise in a task of its own, so that the browser
 * can answer the reader in between. Cells that draw what follows the scores wait for this one after the other.
 */
export function breathe(): Promise<void> {
  if (waiting.length === 0 && performance.now() - began < span) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) void nextTask().then(begin);
  });
}

function begin(): void {
  began = performance.now();
  goOn();
}

// The one who waited runs before the microtask that is queued behind it; others come after it in the same task.
function goOn(): void {
  waiting[0]?.();
  queueMicrotask(() => {
    waiting.shift();
    if (waiting.length === 0) return;
    if (performance.now() - began < span) goOn();
    else void nextTask().then(begin);
  });
}

import {naturalLog} from "./naturalLog.js";

/** A standard normal number; the same on every machine for the same source. Marsaglia’s polar method. */
export function randomNormal(random: () => number): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * naturalLog(square)) / square);
  }
}

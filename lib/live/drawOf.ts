import {mixed} from "../traffic/sessions/textHash.js";

/**
 * A number in [0, 1), in steps of 2^−32, that follows from whole numbers below 2^53 alone: a draw without a state to keep.
 * Murmur’s finalizer over their halves.
 */
export function drawOf(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = mixed(Math.imul(hash, 0x85ebca6b) ^ (number | 0));
    hash = mixed(Math.imul(hash, 0xc2b2ae35) ^ (Math.floor(number / 2 ** 32) | 0));
  }
  return (mixed(hash + numbers.length) >>> 0) / 2 ** 32;
}

import {expect} from "vitest";

/** Expects of a value that it becomes as told, before long also on a machine that is busy. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, {timeout: 30_000});
}

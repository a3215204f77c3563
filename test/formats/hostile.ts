import fc from "fast-check";
import {expect} from "vitest";
import type {Format} from "../../lib/formats/format.js";
import {readLog} from "./readLog.js";

/**
 * Expects that a format reads a log and what is made of it by changing, cutting and putting together its bytes: it throws
 * nothing, counts every line once, and finds the same however the bytes come in pieces.
 */
export function expectTotal(format: Format, log: string, runs = 60): void {
  const bytes = new TextEncoder().encode(log);
  const change = fc.record({at: fc.nat(bytes.length), skip: fc.nat(4), insert: fc.array(someByte, {maxLength: 4})});
  fc.assert(
    fc.property(fc.array(change, {maxLength: 8}), fc.array(fc.nat(bytes.length), {maxLength: 5}), (changes, cuts) => {
      const changed = changes.reduce((bytes, {at, skip, insert}) => spliced(bytes, at, skip, insert), bytes);
      expect(readLog(format, changed, cuts)).toEqual(readLog(format, changed));
    }),
    {numRuns: runs}
  );
}

// Bytes that mean something in logs, more often than any others.
const someByte = fc.oneof(fc.constantFrom(...new TextEncoder().encode('\t\n\r ,-#{}[]":.\\x0019eé')), fc.nat(255));

function spliced(bytes: Uint8Array<ArrayBuffer>, at: number, skip: number, insert: readonly number[]): typeof bytes {
  return Uint8Array.from([...bytes.subarray(0, at), ...insert, ...bytes.subarray(at + skip)]);
}

import {expect} from "vitest";
import {flowTexts} from "../../lib/formats/flowRecord.js";
import type {Format} from "../../lib/formats/format.js";
import type {RecordReceiver} from "../../lib/formats/recordReader.js";
import {requestTexts} from "../../lib/formats/requestRecord.js";
import type {TextRecord} from "../../lib/formats/textRecord.js";

/** What a reader has handed over of a log: records as plain objects, of which NaN, null and false values are left out. */
export interface ReadLog {
  readonly flows: readonly Record<string, unknown>[];
  readonly requests: readonly Record<string, unknown>[];
  /** Such as `[7, "no time"]`. */
  readonly rejects: readonly (readonly [line: number, reason: string])[];
  readonly passedOver: Readonly<Record<string, number>>;
}

/** Reads a log of lines, in pieces that begin at `cuts`, and expects that each of its lines was handed over once. */
export function readLog(format: Format, log: string | Uint8Array, cuts: readonly number[] = []): ReadLog {
  const bytes = typeof log === "string" ? new TextEncoder().encode(log) : log;
  const flows: Record<string, unknown>[] = [];
  const requests: Record<string, unknown>[] = [];
  const rejects: [number, string][] = [];
  const passedOver: Record<string, number> = Object.create(null);
  let last = 0;
  let count = 0;
  const receiver: RecordReceiver = {
    flow: (record) => flows.push(plain(record, flowTexts)),
    request: (record) => requests.push(plain(record, requestTexts)),
    packet: () => expect.unreachable(),
    reject(line, reason, sample) {
      expect(typeof sample).toBe("string");
      expect(line).toBeGreaterThan(last);
      last = line;
      rejects.push([line, reason]);
    },
    passOver(what) {
      passedOver[what] = (passedOver[what] ?? 0) + 1;
      ++count;
    }
  };
  const reader = format.open(receiver);
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < places.length; ++i) {
    // A copy that is spoilt afterwards: a reader must not keep what it was given.
    const piece = new Uint8Array(bytes.subarray(places[i - 1], places[i]));
    reader.push(piece);
    piece.fill(0);
  }
  reader.end();
  expect(flows.length + requests.length + rejects.length + count).toBe(lineCount(bytes));
  return {flows, requests, rejects, passedOver: {...passedOver}};
}

function plain(record: TextRecord & object, texts: readonly string[]): Record<string, unknown> {
  const own = Object.entries(record).filter(
    ([key, value]) => !notPlain.has(key) && value !== false && value !== undefined && !Number.isNaN(value)
  );
  for (const [key, value] of own) {
    if (typeof value !== "number" || signed.has(key)) continue;
    expect(value, key).toBeGreaterThanOrEqual(0);
    expect(value, key).toBeLessThan(Number.POSITIVE_INFINITY);
  }
  const stated = texts.map((name, place) => [name, record.text(place)] as const).filter(([, text]) => text !== null);
  return Object.fromEntries([...own, ...stated]);
}

function lineCount(bytes: Uint8Array): number {
  let count = bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0;
  for (const byte of bytes) if (byte === 10) ++count;
  return count;
}

const signed = new Set(["time", "zone"]);
const notPlain = new Set(["bytes", "starts", "ends", "scratch", "scratchEnd"]);

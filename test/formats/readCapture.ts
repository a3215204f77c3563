import fc from "fast-check";
import {expect} from "vitest";
import type {FlowTableOptions} from "../../lib/formats/capture/flowTable.js";
import {type FlowRecord, flowText} from "../../lib/formats/flowRecord.js";
import type {RecordReader, RecordReceiver} from "../../lib/formats/recordReader.js";

/** What a reader has handed over of a capture. */
export interface ReadCapture {
  readonly flows: readonly TestFlow[];
  readonly packets: number;
  /** Such as `[7, "cut short"]`. */
  readonly rejects: readonly (readonly [line: number, reason: string])[];
  readonly passedOver: Readonly<Record<string, number>>;
}

/** A flow of a capture; pairs are of the source and of the destination. */
export interface TestFlow {
  readonly line: number;
  /** Such as `10.0.0.1 1024 > 10.0.0.2 80`, without ports where there are none. */
  readonly ends: string;
  readonly protocol: number;
  readonly time: number;
  readonly duration: number;
  readonly packets: readonly [number, number];
  readonly bytes: readonly [number, number];
  readonly flags: readonly [number, number];
  readonly state: string | null;
  readonly service: string | null;
}

type Reader = new (receiver: RecordReceiver, options?: FlowTableOptions) => RecordReader;

/** Reads a capture in pieces that begin at `cuts`, and expects that flows have all packets and numbers of packets ascend. */
export function readCapture(
  Reader: Reader,
  capture: Uint8Array,
  {cuts = [], ...options}: FlowTableOptions & {cuts?: readonly number[]} = {}
): ReadCapture {
  const flows: TestFlow[] = [];
  const rejects: [number, string][] = [];
  const passedOver: Record<string, number> = {};
  let packets = 0;
  let last = 0;
  const receiver: RecordReceiver = {
    request: () => expect.unreachable(),
    flow: (record) => flows.push(flowOf(record)),
    packet: () => ++packets,
    reject(line, reason) {
      expect(line).toBeGreaterThan(last);
      last = line;
      rejects.push([line, reason]);
    },
    passOver(what) {
      passedOver[what] = (passedOver[what] ?? 0) + 1;
    }
  };
  const reader = new Reader(receiver, options);
  const places = [0, ...cuts.map((cut) => Math.min(cut, capture.length)).sort((a, b) => a - b), capture.length];
  for (let i = 1; i < places.length; ++i) {
    // A copy that is spoilt afterwards: a reader must not keep what it was given.
    const piece = capture.slice(places[i - 1], places[i]);
    reader.push(piece);
    piece.fill(0x45);
  }
  reader.end();
  expect(flows.reduce((sum, flow) => sum + flow.packets[0] + flow.packets[1], 0)).toBe(packets);
  return {flows, packets, rejects, passedOver};
}

/**
 * Expects that a reader reads a capture and what is made of it by changing, leaving out and adding bytes: it throws nothing,
 * and finds the same however the bytes come in pieces.
 */
export function expectTotalCapture(Reader: Reader, capture: Uint8Array, runs = 150): void {
  const byte = fc.oneof(fc.constantFrom(0, 1, 6, 0x45, 0x60, 0x80, 0xff), fc.nat(255));
  const change = fc.record({
    at: fc.nat(capture.length),
    skip: fc.oneof({weight: 3, arbitrary: fc.constant(1)}, fc.nat(40)),
    insert: fc.array(byte, {minLength: 1, maxLength: 4})
  });
  fc.assert(
    fc.property(
      fc.array(change, {maxLength: 12}),
      fc.array(fc.nat(capture.length), {maxLength: 5}),
      (changes, cuts) => {
        const changed = changes.reduce(
          (bytes, {at, skip, insert}) =>
            Uint8Array.from([...bytes.subarray(0, at), ...insert, ...bytes.subarray(at + skip)]),
          capture
        );
        expect(readCapture(Reader, changed, {cuts})).toEqual(readCapture(Reader, changed));
        const everyByte = Array.from(changed, (_, i) => i);
        expect(readCapture(Reader, changed, {cuts: everyByte})).toEqual(readCapture(Reader, changed));
      }
    ),
    {numRuns: runs}
  );
}

function flowOf(record: FlowRecord): TestFlow {
  const side = (address: string | null, port: number) => (Number.isNaN(port) ? address : `${address} ${port}`);
  const source = side(record.text(flowText.source), record.sourcePort);
  return {
    line: record.line,
    ends: `${source} > ${side(record.text(flowText.destination), record.destinationPort)}`,
    protocol: record.protocol,
    time: record.time,
    duration: record.duration,
    packets: [record.sourcePackets, record.destinationPackets],
    bytes: [record.sourceBytes, record.destinationBytes],
    flags: [record.sourceFlags, record.destinationFlags],
    state: record.text(flowText.state),
    service: record.text(flowText.service)
  };
}

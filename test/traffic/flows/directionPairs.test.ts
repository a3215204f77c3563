import fc from "fast-check";
import {expect, test} from "vitest";
import {flowText} from "../../../lib/formats/flowRecord.js";
import {DirectionPairs} from "../../../lib/traffic/flows/directionPairs.js";
import {type Flow, flowOf} from "./flowOf.js";

const request = {
  source: "10.0.0.1",
  destination: "192.0.2.1",
  protocol: 6,
  sourcePort: 50_000,
  destinationPort: 443,
  time: 10_000,
  duration: 2,
  sourcePackets: 5,
  sourceBytes: 700,
  isOneWay: true,
  line: 1
};
const answer = reply(request, {time: 10_030, duration: 4, sourcePackets: 6, sourceBytes: 9000, line: 2});
const joined = {
  source: "10.0.0.1",
  destination: "192.0.2.1",
  sourcePort: 50_000,
  destinationPort: 443,
  time: 10_000,
  duration: 4.03,
  sourcePackets: 5,
  sourceBytes: 700,
  destinationPackets: 6,
  destinationBytes: 9000,
  isOneWay: false
};

test("DirectionPairs joins a flow and its answer, whichever comes first", () => {
  expect(pass([request, answer])).toEqual([expect.objectContaining({...joined, line: 1})]);
  expect(pass([answer, request])).toEqual([expect.objectContaining({...joined, line: 2})]);
});

test("DirectionPairs takes who sent only a SYN for the client, then who began a second earlier, then whose port is none of a server", () => {
  const clientOf = (a: Flow, b: Flow) => pass([a, b])[0]!.source;
  const syn = {...request, sourceFlags: 2};
  expect(clientOf(reply(syn, {sourceFlags: 20, time: 8000}), syn)).toBe("10.0.0.1");
  expect(clientOf(reply(request, {time: 8000}), request)).toBe("192.0.2.1");
  expect(clientOf(reply(request, {time: 9500}), request)).toBe("10.0.0.1");
  const publisher = {...request, destinationPort: 1883};
  expect(clientOf(reply(publisher), publisher)).toBe("10.0.0.1");
  const peers = {...request, destinationPort: 40_000};
  expect(clientOf(peers, reply(peers, {time: 9500}))).toBe("192.0.2.1");
  expect(clientOf(peers, reply(peers))).toBe("10.0.0.1");
});

test("DirectionPairs leaves apart what is too far off in time, of another state or label, or has no ports", () => {
  for (const [a, b] of [
    [request, reply(request, {time: 17_001})],
    [reply(request, {time: 17_001}), request],
    [{...request, state: "ACCEPT"}, reply(request, {state: "REJECT"})],
    [{...request, label: "a"}, reply(request)],
    [request, request],
    [request, reply(request, {sourcePort: 444})],
    [request, reply(request, {protocol: 17})],
    [request, reply(request, {source: "192.0.2.11"})],
    [{...request, protocol: 1}, reply(request, {protocol: 1})],
    [{...request, time: NaN}, reply(request, {time: NaN})],
    [{...request, id: "x".repeat(2000)}, reply(request)]
  ] satisfies Flow[][]) {
    expect(pass([a!, b!]).map(({isOneWay}) => isOneWay)).toEqual([true, true]);
  }
  expect(pass([request, reply(request, {time: 17_000})])).toHaveLength(1);
});

test("DirectionPairs loses no flow, packet or byte, and keeps the order", () => {
  const flow = fc.record({
    source: fc.constantFrom("a", "b", "c"),
    destination: fc.constantFrom("a", "b", "c"),
    sourcePort: fc.constantFrom(NaN, 1, 2000),
    destinationPort: fc.constantFrom(NaN, 1, 2000),
    protocol: fc.constantFrom(1, 6, 17),
    time: fc.oneof(fc.constant(NaN), fc.integer({min: 0, max: 20_000})),
    duration: fc.constantFrom(NaN, 0, 3),
    sourcePackets: fc.nat(9),
    sourceBytes: fc.nat(999),
    state: fc.constantFrom(null, "REJECT"),
    id: fc.constantFrom(null, "i", "i".repeat(3000))
  });
  fc.assert(
    fc.property(fc.array(flow, {maxLength: 60}), (flows) => {
      const input = flows.map((flow, i) => ({...flow, isOneWay: true, line: i + 1}));
      const output = pass(input);
      expect(output.length + output.filter(({isOneWay}) => !isOneWay).length).toBe(input.length);
      const sum = (flows: Flow[], name: "sourcePackets" | "sourceBytes" | "destinationPackets" | "destinationBytes") =>
        flows.reduce((total, flow) => total + (flow[name] || 0), 0);
      for (const what of ["Packets", "Bytes"] as const) {
        expect(sum(output, `source${what}`) + sum(output, `destination${what}`)).toBe(sum(input, `source${what}`));
      }
      const lines = output.map(({line}) => line!);
      expect(lines).toEqual([...lines].sort((a, b) => a - b));
    })
  );
});

test("DirectionPairs holds no more than 8,192 flows, each with the number of its file", () => {
  const out: number[] = [];
  const pairs = new DirectionPairs((record, file) => out.push(record.line, file));
  for (let i = 0; i < 10_000; ++i) pairs.flow(flowOf({...request, line: i}), Math.floor(i / 100));
  expect(out).toHaveLength(2 * (10_000 - 8192));
  for (let i = 0; i < 10_000; ++i) pairs.flow(flowOf({...answer, line: i}), 200);
  pairs.end();
  expect(out).toHaveLength(2 * (20_000 - pairs.joined));
  expect(pairs.joined).toBeGreaterThan(0);
  for (let i = 0; i < out.length; i += 2) if (out[i + 1]! < 200) expect(out[i + 1]).toBe(Math.floor(out[i]! / 100));
});

function reply(flow: Flow, more: Flow = {}): Flow {
  return {
    ...flow,
    source: flow.destination!,
    destination: flow.source!,
    sourcePort: flow.destinationPort!,
    destinationPort: flow.sourcePort!,
    ...more
  };
}

function pass(flows: readonly Flow[]): Flow[] {
  const out: Flow[] = [];
  const pairs = new DirectionPairs((record) => {
    const {time, duration, sourcePort, destinationPort, isOneWay, line} = record;
    const {sourcePackets, sourceBytes, destinationPackets, destinationBytes} = record;
    out.push({
      source: record.text(flowText.source),
      destination: record.text(flowText.destination),
      ...{time, duration, sourcePort, destinationPort, isOneWay, line},
      ...{sourcePackets, sourceBytes, destinationPackets, destinationBytes}
    });
  });
  for (const flow of flows) pairs.flow(flowOf(flow), 0);
  pairs.end();
  expect(out.length + pairs.joined).toBe(flows.length);
  return out;
}

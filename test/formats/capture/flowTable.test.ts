import fc from "fast-check";
import {expect, test} from "vitest";
import type {FlowTableOptions} from "../../../lib/formats/capture/flowTable.js";
import {PcapReader} from "../../../lib/formats/pcap.js";
import {type Ipv4, ipv4, ipv6, join, pcapFile, tcp, u16, u32, udp} from "../captures.js";
import {readCapture, type TestFlow} from "../readCapture.js";

const [client, server] = ["10.0.0.1", "10.0.0.2"];
const [fin, syn, rst, ack] = [1, 2, 4, 16];

test("FlowTable names how TCP connections went as Zeek does", () => {
  const cases: [string, string][] = [
    ["S0", ">S >S"],
    ["S1", ">S <SA >A >A"],
    ["SF", ">S <SA >A >FA <FA >A"],
    ["REJ", ">S <RA"],
    ["RSTO", ">S <SA >A >R"],
    ["RSTR", ">S <SA >A <R >R"],
    ["RSTOS0", ">S >R"],
    ["RSTRH", "<SA <R"],
    ["SH", ">S >F"],
    ["SHR", "<SA <FA"],
    ["S2", ">S <SA >A >FA <A"],
    ["S3", ">S <SA >A <FA >A"],
    ["OTH", ">A <A"],
    ["OTH", ">S <A"],
    ["OTH", "<SA"]
  ];
  for (const [state, script] of cases) {
    const {flows} = read(segments(script));
    expect([script, flows.map((flow) => flow.state)]).toEqual([script, [state]]);
    expect(flows[0]!.ends).toBe("10.0.0.1 40000 > 10.0.0.2 80");
  }
});

test("FlowTable begins another flow with a SYN of a new connection, but not with one sent again", () => {
  const connect = segments(">S <SA >A >FA <FA");
  const states = (...parts: Timed[][]) =>
    read(parts.flatMap((part, i) => later(part, i))).flows.map((flow) => flow.state);
  expect(states(connect, segments(">S", 9))).toEqual(["SF", "S0"]);
  expect(states(connect, segments(">S"))).toEqual(["SF"]);
  expect(states(segments(">S <RA"), segments(">S <RA"))).toEqual(["REJ"]);
  expect(states(segments(">S <RA"), segments(">S <RA", 9))).toEqual(["REJ", "REJ"]);
  expect(states(segments(">A <A"), segments(">S <SA"))).toEqual(["OTH", "S1"]);
  expect(states(segments(">S"), segments("<S"), segments(">SA"), segments("<SA"))).toEqual(["S1"]);
});

test("FlowTable keeps late packets of a connection that has ended, for the time of linger", () => {
  const ended = segments(">S <SA >A >FA <FA");
  expect(read([...ended, ...later(segments(">A <R"), 4)]).flows).toMatchObject([{packets: [4, 3]}]);
  expect(read([...ended, ...later(segments(">A"), 6)]).flows).toMatchObject([{state: "SF"}, {state: "OTH"}]);
  expect(read([...ended, ...later(segments(">A"), 6)], {linger: 10}).flows).toHaveLength(1);
});

test("FlowTable takes as source whose port is not one of servers, where no SYN tells", () => {
  const ends = (from: number, to: number, make = udp) => {
    const packet = ipv4({source: client, destination: server, protocol: make === udp ? 17 : 6}, make(from, to));
    return read([[0, packet]]).flows[0]!.ends;
  };
  const segment = (from: number, to: number) => tcp(from, to, ack);
  expect(ends(53, 40000)).toBe("10.0.0.2 40000 > 10.0.0.1 53");
  expect(ends(40000, 53)).toBe("10.0.0.1 40000 > 10.0.0.2 53");
  expect(ends(53, 53)).toBe("10.0.0.1 53 > 10.0.0.2 53");
  expect(ends(50000, 40000)).toBe("10.0.0.1 50000 > 10.0.0.2 40000");
  expect(ends(3306, 40000, segment as typeof udp)).toBe("10.0.0.2 40000 > 10.0.0.1 3306");
});

test("FlowTable tells whether flows without connections were answered", () => {
  const [ask, answer] = [
    ipv4({...to, protocol: 1}, new Uint8Array(8)),
    ipv4({...from, protocol: 1}, new Uint8Array(8))
  ];
  expect(read([[0, ask]]).flows).toMatchObject([{ends: "10.0.0.1 > 10.0.0.2", state: "S0", packets: [1, 0]}]);
  expect(
    read([
      [0, ask],
      [1, answer]
    ]).flows
  ).toMatchObject([{state: "SF", packets: [1, 1], bytes: [28, 28]}]);
  expect(read([[0, ipv4({...to, protocol: 17}, udp(53, 40000))]]).flows).toMatchObject([
    {state: "SHR", packets: [0, 1]}
  ]);
});

test("FlowTable closes flows after a silence, of which TCP has more, whatever other flows do", () => {
  const query = ipv4({...to, protocol: 17}, udp(40000, 53));
  const segment = ipv4({...to, protocol: 6}, tcp(40000, 80, ack));
  const other = ipv4({...to, protocol: 17}, udp(1, 2));
  const counts = (packet: Uint8Array, gap: number, options?: FlowTableOptions) => {
    const alone = read(
      [
        [0, packet],
        [gap, packet]
      ],
      options
    ).flows.length;
    const busy: Timed[] = Array.from({length: Math.ceil(gap)}, (_, second) => [second, other]);
    const among = read([[0, packet], ...busy, [gap, packet]], options).flows;
    expect(among.filter((flow) => !flow.ends.includes(" 1 > "))).toHaveLength(alone);
    return alone;
  };
  expect(counts(query, 60)).toBe(1);
  expect(counts(query, 60.001)).toBe(2);
  expect(counts(segment, 300)).toBe(1);
  expect(counts(segment, 300.001)).toBe(2);
  expect(counts(query, 9, {otherIdle: 8})).toBe(2);
  expect(counts(segment, 9, {tcpIdle: 8})).toBe(2);
});

test("FlowTable hands over a flow that lasts, and goes on with the same source", () => {
  const packets: Timed[] = Array.from({length: 41}, (_, i) => [i * 50, segment(i % 2 === 0 ? ">A" : "<A")]);
  const {flows} = read([[0, segment(">S")], [0, segment("<SA")], ...packets]);
  expect(flows).toMatchObject([
    {line: 1, state: "S1", duration: 1800, packets: [20, 19]},
    {line: 40, state: "OTH", duration: 150, packets: [2, 2], ends: "10.0.0.1 40000 > 10.0.0.2 80"}
  ]);
});

test("FlowTable keeps flows of clocks that differ apart from each other’s silences", () => {
  const other = ipv4({source: "10.0.0.8", destination: "10.0.0.9", protocol: 17}, udp(3000, 2000));
  const mine = ipv4({...to, protocol: 17}, udp(40000, 53));
  const mixed = Array.from({length: 20}, (_, i): Timed => (i % 2 === 0 ? [i, mine] : [50_000 + i, other]));
  expect(read(mixed).flows).toMatchObject([{packets: [10, 0]}, {packets: [10, 0]}]);
});

test("FlowTable takes times that go back, and closes nothing for one wrong time", () => {
  const query = ipv4({...to, protocol: 17}, udp(40000, 53));
  const stray = ipv4({...to, protocol: 17}, udp(1, 2));
  expect(
    read([
      [5, query],
      [3, query],
      [4, query]
    ]).flows
  ).toMatchObject([{time: base + 3000, duration: 2}]);
  expect(
    read([
      [5, query],
      [90_000, stray],
      [6, query]
    ]).flows
  ).toMatchObject([{packets: [2, 0]}, {line: 2}]);
  expect(
    read([
      [90_000, query],
      [6, query],
      [7, query]
    ]).flows
  ).toMatchObject([{line: 1}, {packets: [2, 0]}]);
});

test("FlowTable closes the flow that was seen longest ago where too many are open", () => {
  const packets = [1, 2, 3, 1, 4, 2].map((port, i): Timed => [i, ipv4({...to, protocol: 17}, udp(5000 + port, 2000))]);
  const {flows} = read(packets, {mostOpen: 3});
  expect(flows.map(({line, ends}) => [line, ends.split(" ")[1]?.at(-1)])).toEqual([
    [2, "2"],
    [3, "3"],
    [1, "1"],
    [5, "4"],
    [6, "2"]
  ]);
});

test("FlowTable counts later fragments into the flow of the first", () => {
  const fragment = (id: number, at: number, payload: Uint8Array, options: Partial<Ipv4> = {}) =>
    ipv4({...to, protocol: 17, id, fragmentOffset: at, hasMoreFragments: at < 16, ...options}, payload);
  const first = fragment(7, 0, udp(40000, 53));
  const {flows} = read([
    [0, first],
    [0.1, fragment(8, 0, udp(40001, 53))],
    [0.2, fragment(7, 8, new Uint8Array(8))],
    [0.3, fragment(7, 16, new Uint8Array(4))],
    [0.4, fragment(8, 16, new Uint8Array(4))],
    [0.5, fragment(9, 16, new Uint8Array(4))],
    [31, fragment(7, 16, new Uint8Array(4))]
  ]);
  expect(flows).toMatchObject([
    {ends: "10.0.0.1 40000 > 10.0.0.2 53", packets: [3, 0], bytes: [36 + 28 + 24, 0]},
    {ends: "10.0.0.1 40001 > 10.0.0.2 53", packets: [2, 0]},
    {ends: "10.0.0.1 > 10.0.0.2", protocol: 17, packets: [2, 0], service: null}
  ]);
});

test("FlowTable counts fragments of IPv6 and of tunnels into the flow of the first", () => {
  const [here, there] = [
    [0xfe80, 0, 0, 0, 0, 0, 0, 1],
    [0x2001, 0xdb8, 0, 0, 1, 0, 0, 1]
  ];
  const header = (offset: number, more: number) => join(Uint8Array.of(17, 0), u16(offset | more), u32(99));
  const inner = ipv4({...from, protocol: 6, total: 1400}, tcp(80, 40000, ack));
  const {flows} = read([
    [0, ipv6(here, there, 44, join(header(0, 1), udp(500, 53)))],
    [0, ipv6(here, there, 44, join(header(16, 0), new Uint8Array(10)))],
    [0, ipv4({source: "1.1.1.1", destination: "2.2.2.2", protocol: 4, id: 5, hasMoreFragments: true}, inner)],
    [0, ipv4({source: "1.1.1.1", destination: "2.2.2.2", protocol: 4, id: 5, fragmentOffset: 40}, new Uint8Array(8))]
  ]);
  expect(flows).toMatchObject([
    {ends: "fe80::1 500 > 2001:db8::1:0:0:1 53", packets: [2, 0], bytes: [64 + 58, 0]},
    {ends: "10.0.0.1 40000 > 10.0.0.2 80", packets: [0, 2], bytes: [0, 1428]}
  ]);
});

test("FlowTable finds the flows that a plain map finds, however many are open", () => {
  const packet = fc.record({
    source: fc.nat(5),
    destination: fc.nat(5),
    from: fc.nat(3),
    to: fc.nat(3),
    protocol: fc.constantFrom(17, 132),
    isIpv6: fc.boolean()
  });
  const make = ({
    source,
    destination,
    from,
    to,
    protocol,
    isIpv6
  }: typeof packet extends fc.Arbitrary<infer T> ? T : never) =>
    isIpv6
      ? ipv6([source, 0, 0, 9, 0, 0, 0, 1], [destination, 0, 0, 9, 0, 0, 0, 1], protocol, udp(2000 + from, 2000 + to))
      : ipv4({source: `10.0.0.${source}`, destination: `10.0.0.${destination}`, protocol}, udp(2000 + from, 2000 + to));
  fc.assert(
    fc.property(fc.array(packet, {maxLength: 900}), (packets) => {
      const expected = new Map<string, number>();
      for (const {source, destination, from, to, protocol, isIpv6} of packets) {
        const ends = [`${source} ${from}`, `${destination} ${to}`].sort();
        const key = JSON.stringify([ends, protocol, isIpv6]);
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
      const {flows} = read(packets.map((packet) => [0, make(packet)]));
      expect(flows.map(total)).toEqual([...expected.values()]);
      const few = read(
        packets.map((packet, i) => [i / 10, make(packet)]),
        {mostOpen: 7, otherIdle: 2, active: 5}
      ).flows;
      expect(few.reduce((sum, flow) => sum + total(flow), 0)).toBe(packets.length);
    }),
    {numRuns: 30}
  );
});

type Timed = readonly [seconds: number, packet: Uint8Array];

const base = Date.UTC(2026, 2, 2, 10);
const to = {source: client, destination: server};
const from = {source: server, destination: client};

function read(packets: readonly Timed[], options?: FlowTableOptions) {
  const timed = packets.map(([seconds, bytes]) => ({time: base + 1000 * seconds, bytes}));
  return readCapture(PcapReader, pcapFile(timed, {linkType: 101}), options);
}

/** Segments between client and server: direction and flags of each, such as `>S <SA`, all within a second. */
function segments(script: string, sequence = 1): Timed[] {
  return script.split(" ").map((word, i) => [i / 100, segment(word, sequence)]);
}

function segment(word: string, sequence = 1): Uint8Array {
  const letters = {F: fin, S: syn, R: rst, A: ack};
  const flags = [...word.slice(1)].reduce((all, letter) => all | letters[letter as keyof typeof letters], 0);
  const isClient = word[0] === ">";
  const [own, other] = isClient ? [40000, 80] : [80, 40000];
  return ipv4({...(isClient ? to : from), protocol: 6}, tcp(own, other, flags, {sequence}));
}

function later(packets: readonly Timed[], seconds: number): Timed[] {
  return packets.map(([time, packet]) => [time + seconds, packet]);
}

function total(flow: TestFlow): number {
  return flow.packets[0] + flow.packets[1];
}

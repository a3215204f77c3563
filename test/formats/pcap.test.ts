import {expect, test} from "vitest";
import {headOf} from "../../lib/formats/format.js";
import {PcapReader, pcap} from "../../lib/formats/pcap.js";
import {ethernet, ipv4, join, pcapFile, type TestPacket, tcp, u16, u32, udp} from "./captures.js";
import {expectTotalCapture, readCapture} from "./readCapture.js";

const start = Date.UTC(2026, 2, 2, 10);
const there = {source: "10.0.0.1", destination: "10.0.0.2", protocol: 6};
const back = {source: "10.0.0.2", destination: "10.0.0.1", protocol: 6};
const exchange: readonly TestPacket[] = [
  packetAt(0.25, ethernet(0x800, ipv4(there, tcp(40000, 80, 2)))),
  packetAt(1, ethernet(0x800, ipv4(back, tcp(80, 40000, 18)))),
  packetAt(2, ethernet(0x806, new Uint8Array(28))),
  packetAt(10, ethernet(0x800, ipv4(there, tcp(40000, 80, 24, {size: 100})))),
  packetAt(1500.25, ethernet(0x800, ipv4({...there, protocol: 17}, udp(5000, 53))))
];
const flows = [
  {
    line: 1,
    ends: "10.0.0.1 40000 > 10.0.0.2 80",
    protocol: 6,
    time: start + 0.25,
    duration: 0.00975,
    packets: [2, 1],
    bytes: [180, 40],
    flags: [26, 18],
    state: "S1",
    service: "http"
  },
  {
    line: 5,
    ends: "10.0.0.1 5000 > 10.0.0.2 53",
    protocol: 17,
    time: start + 1500.25,
    duration: 0,
    packets: [1, 0],
    bytes: [36, 0],
    flags: [Number.NaN, Number.NaN],
    state: "S0",
    service: "dns"
  }
];
const passedOver = {"ARP packet": 1};

test("PcapReader reads flows in either byte order, of either resolution and of both record headers", () => {
  for (const isLittle of [true, false]) {
    for (const dialect of [{}, {isNano: true}, {isModified: true}]) {
      const file = pcapFile(exchange, {isLittle, ...dialect});
      expect(pcap.matches(headOf(file, true))).toBe(true);
      expect(readCapture(PcapReader, file)).toEqual({flows, packets: 4, rejects: [], passedOver});
    }
  }
});

test("PcapReader keeps nanoseconds as far as a double goes", () => {
  const file = pcapFile([packetAt(0, exchange[0]!.bytes)], {isNano: true});
  new DataView(file.buffer).setUint32(28, 500, true);
  expect(readCapture(PcapReader, file).flows[0]!.time).toBeCloseTo(start + 0.0005, 3);
});

test("pcap matches by its magic number alone", () => {
  expect(pcap.matches(headOf(pcapFile([]), true))).toBe(true);
  expect(pcap.matches(headOf(Uint8Array.of(0xa1, 0xb2, 0xc3), true))).toBe(false);
  expect(pcap.matches(headOf(new TextEncoder().encode("10.0.0.1 - - [02/Mar/2026"), true))).toBe(false);
});

test("PcapReader takes lengths that old versions wrote in the other order", () => {
  const cut = {...exchange[3]!, bytes: exchange[3]!.bytes.subarray(0, 60), original: 60};
  const file = pcapFile([cut, exchange[4]!], {minor: 3});
  const view = new DataView(file.buffer);
  view.setUint32(24 + 8, 154, true);
  view.setUint32(24 + 12, 60, true);
  expect(readCapture(PcapReader, file)).toMatchObject({packets: 2, rejects: [], flows: [{bytes: [140, 0]}, {}]});
});

test("PcapReader counts bytes as on the wire where the snap length has cut them", () => {
  const cut = exchange.map(({bytes, time}) => ({time, bytes: bytes.subarray(0, 54), original: bytes.length}));
  expect(readCapture(PcapReader, pcapFile(cut)).flows).toEqual(flows);
});

test("PcapReader rejects an unfinished last packet and nothing else", () => {
  const whole = pcapFile(exchange);
  const cuts = [1, 15, 16, 17, exchange[4]!.bytes.length + 15];
  for (const cut of cuts) {
    const {packets, rejects} = readCapture(PcapReader, whole.subarray(0, whole.length - cut));
    expect({packets, rejects}).toEqual({packets: 3, rejects: [[5, "cut short"]]});
  }
  expect(readCapture(PcapReader, whole.subarray(0, 10)).rejects).toEqual([[1, "cut short"]]);
  expect(readCapture(PcapReader, whole.subarray(0, 24)).rejects).toEqual([]);
  expect(readCapture(PcapReader, new Uint8Array()).rejects).toEqual([]);
});

test("PcapReader makes one reject of a length that cannot be, and goes on where two packets look right", () => {
  const file = pcapFile(exchange);
  new DataView(file.buffer).setUint32(24 + 8, 0xfffffff0, true);
  const result = readCapture(PcapReader, file);
  expect(result).toMatchObject({packets: 3, rejects: [[1, "broken framing"]], passedOver});
  expect(result.flows.map(({line, packets}) => [line, packets])).toEqual([
    [2, [1, 1]],
    [5, [1, 0]]
  ]);
});

test("PcapReader goes on behind bytes that do not belong there, also at the very end", () => {
  const [first, last] = [pcapFile(exchange.slice(0, 4)), pcapFile(exchange.slice(4)).subarray(24)];
  const junk = new Uint8Array(100_000).fill(0x99);
  for (const cuts of [[], [5000], [first.length + 1, 70_000, 100_000]]) {
    const result = readCapture(PcapReader, join(first, junk, last), {cuts});
    const rejects = [[5, "broken framing"]];
    expect(result).toEqual({flows: [flows[0], {...flows[1], line: 6}], packets: 4, rejects, passedOver});
  }
  expect(readCapture(PcapReader, join(first, junk)).rejects).toEqual([[5, "broken framing"]]);
});

test("PcapReader notices a length that is a few bytes off by the next header", () => {
  const file = pcapFile(exchange);
  new DataView(file.buffer).setUint32(24 + 8, exchange[0]!.bytes.length + 4, true);
  expect(readCapture(PcapReader, file)).toMatchObject({packets: 3, rejects: [[2, "broken framing"]]});
});

test("PcapReader searches as fast where everything looks like a packet", () => {
  const header = join(u32(0), u32(0), Uint8Array.of(0, 0, 4, 0, 0, 0, 4, 0));
  const hostile = join(pcapFile([]), u32(0), u32(0), u32(0xffffffff), u32(1), ...new Array(40_000).fill(header));
  const before = performance.now();
  const {rejects} = readCapture(PcapReader, hostile);
  expect(rejects.length).toBeGreaterThan(0);
  expect(performance.now() - before).toBeLessThan(5000);
});

test("PcapReader passes over packets of link types that it does not read", () => {
  expect(readCapture(PcapReader, pcapFile(exchange, {linkType: 220})).passedOver).toEqual({"link type not read": 5});
});

test("PcapReader ignores what stands above the link type", () => {
  expect(readCapture(PcapReader, pcapFile(exchange, {linkType: 0x40000001})).flows).toEqual(flows);
});

test("PcapReader is total, whatever the bytes", () => {
  const tagged = ethernet(0x8100, join(u16(5), u16(0x800), ipv4(there, tcp(1, 2, 4))));
  expectTotalCapture(PcapReader, pcapFile([...exchange, packetAt(2000, tagged)]));
  expectTotalCapture(PcapReader, pcapFile(exchange, {isLittle: false, isNano: true}), 50);
});

function packetAt(milliseconds: number, bytes: Uint8Array): TestPacket {
  return {time: start + milliseconds, bytes};
}

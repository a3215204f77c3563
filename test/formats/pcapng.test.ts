import {expect, test} from "vitest";
import {headOf} from "../../lib/formats/format.js";
import {PcapngReader, pcapng} from "../../lib/formats/pcapng.js";
import {
  block,
  enhancedPacket,
  ethernet,
  interfaceBlock,
  ipv4,
  join,
  oldPacket,
  pcapngSection,
  simplePacket,
  tcp,
  u32,
  udp
} from "./captures.js";
import {expectTotalCapture, readCapture} from "./readCapture.js";

const start = Date.UTC(2026, 2, 2, 10);
const syn = ipv4({source: "10.0.0.1", destination: "10.0.0.2", protocol: 6}, tcp(40000, 443, 2));
const query = ipv4({source: "10.0.0.3", destination: "10.0.0.4", protocol: 17}, udp(5000, 53));
const answer = ipv4({source: "10.0.0.4", destination: "10.0.0.3", protocol: 17}, udp(53, 5000));

test("PcapngReader reads sections of either byte order, each with its interfaces of their own link types and clocks", () => {
  const file = join(
    pcapngSection(
      true,
      interfaceBlock(1),
      interfaceBlock(101, {resolution: 9}),
      block(4, new Uint8Array(8)),
      enhancedPacket(0, 1000 * start, ethernet(0x800, syn)),
      enhancedPacket(1, 1e6 * (start + 5), query)
    ),
    pcapngSection(
      false,
      interfaceBlock(228, {resolution: 0x80 + 10, offset: start / 1000}),
      enhancedPacket(0, 512, answer),
      interfaceBlock(101, {resolution: 2, offset: -10}),
      enhancedPacket(1, (start + 10_250) / 10, syn),
      oldPacket(1, (start + 10_260) / 10, syn)
    )
  );
  expect(pcapng.matches(headOf(file, true))).toBe(true);
  const {flows, rejects, packets} = readCapture(PcapngReader, file);
  expect({rejects, packets}).toEqual({rejects: [], packets: 5});
  expect(flows).toMatchObject([
    {line: 1, ends: "10.0.0.1 40000 > 10.0.0.2 443", time: start, duration: 0.26, packets: [3, 0], bytes: [120, 0]},
    {line: 2, ends: "10.0.0.3 5000 > 10.0.0.4 53", duration: 0.495, packets: [1, 1], state: "SF"}
  ]);
  expect(flows[1]!.time).toBeCloseTo(start + 5, 3);
});

test("PcapngReader gives simple packets the time of the packet before, and the snap length of the first interface", () => {
  const file = pcapngSection(
    true,
    interfaceBlock(101, {snapLength: 28}),
    simplePacket(query),
    enhancedPacket(0, 1000 * start, syn),
    simplePacket(query.subarray(0, 28), 1028)
  );
  const {flows, rejects} = readCapture(PcapngReader, file);
  expect(rejects).toEqual([[1, "no time"]]);
  expect(flows).toMatchObject([{line: 2}, {line: 3, time: start, ends: "10.0.0.3 5000 > 10.0.0.4 53", bytes: [36, 0]}]);
});

test("PcapngReader rejects packets of unknown interfaces, longer than their block, or of times that no date has", () => {
  const long = enhancedPacket(0, 1000 * start, syn)(true);
  new DataView(long.buffer).setUint32(20, 0xffffff00, true);
  const file = pcapngSection(
    true,
    interfaceBlock(101),
    interfaceBlock(101, {resolution: 0}),
    enhancedPacket(2, 0, syn),
    oldPacket(9, 0, syn),
    () => long,
    block(6, new Uint8Array(4)),
    block(2, new Uint8Array(4)),
    block(3, new Uint8Array()),
    enhancedPacket(1, 2 ** 60, syn),
    enhancedPacket(0, 1000 * start, syn)
  );
  const {rejects, packets} = readCapture(PcapngReader, file);
  expect(packets).toBe(1);
  expect(rejects).toEqual([
    [1, "unknown interface"],
    [2, "unknown interface"],
    [3, "bad packet length"],
    [4, "bad packet length"],
    [5, "bad packet length"],
    [6, "bad packet length"],
    [7, "no time"]
  ]);
});

test("PcapngReader passes blocks of other types unseen, however they are cut", () => {
  const large = block(0x0bad, new Uint8Array(300_000).fill(6));
  const file = pcapngSection(true, interfaceBlock(101), large, enhancedPacket(0, 1000 * start, syn), large);
  for (const cuts of [[], [100], [100, 200_000], [file.length - 1]]) {
    expect(readCapture(PcapngReader, file, {cuts})).toMatchObject({packets: 1, rejects: []});
  }
  expect(readCapture(PcapngReader, file.subarray(0, -1)).rejects).toEqual([[2, "cut short"]]);
});

test("PcapngReader makes one reject of lengths that cannot be, and goes on at the next block that looks right", () => {
  const packet = enhancedPacket(0, 1000 * start, syn);
  const broken = [
    join(u32(0x05000000), u32(0xfffffff0), new Uint8Array(100)),
    join(u32(0x06000000), u32(0x0b000000), new Uint8Array(3)),
    packet(true).map((byte, i, {length}) => (i === length - 4 ? byte + 4 : byte)),
    new Uint8Array(200_000).fill(0x11)
  ];
  for (const bytes of broken) {
    for (const last of [packet, (isLittle: boolean) => pcapngSection(!isLittle, interfaceBlock(101), packet)]) {
      const file = pcapngSection(true, interfaceBlock(101), packet, () => bytes, last);
      expect(readCapture(PcapngReader, file)).toMatchObject({packets: 2, rejects: [[2, "broken framing"]]});
    }
  }
});

test("PcapngReader takes lengths that leave out the padding", () => {
  const odd = enhancedPacket(0, 1000 * start, join(query, new Uint8Array(1)))(true);
  const view = new DataView(odd.buffer);
  view.setUint32(4, odd.length - 3, true);
  view.setUint32(odd.length - 4, odd.length - 3, true);
  const file = pcapngSection(true, interfaceBlock(101), () => odd, enhancedPacket(0, 1000 * start, syn));
  expect(readCapture(PcapngReader, file)).toMatchObject({packets: 2, rejects: []});
});

test("pcapng matches by its magic numbers alone", () => {
  expect(pcapng.matches(headOf(pcapngSection(false), true))).toBe(true);
  expect(pcapng.matches(headOf(pcapngSection(true).fill(0, 8, 12), true))).toBe(false);
  expect(pcapng.matches(headOf(pcapngSection(true).subarray(0, 11), true))).toBe(false);
});

test("PcapngReader is total, whatever the bytes", () => {
  const file = join(
    pcapngSection(
      true,
      interfaceBlock(1),
      interfaceBlock(101, {resolution: 9, offset: 3}),
      enhancedPacket(0, 1000 * start, ethernet(0x800, syn)),
      block(5, new Uint8Array(20)),
      simplePacket(ethernet(0x800, query)),
      enhancedPacket(1, 1e6 * (start + 5), query)
    ),
    pcapngSection(false, interfaceBlock(228), enhancedPacket(0, 1000 * start, answer), oldPacket(0, 1, syn))
  );
  expectTotalCapture(PcapngReader, file);
});

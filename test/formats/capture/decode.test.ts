import fc from "fast-check";
import {expect, test} from "vitest";
import {decode} from "../../../lib/formats/capture/decode.js";
import {hasPorts, isIpv6, Packet, portsAt, protocolAt} from "../../../lib/formats/capture/packet.js";
import {ethernet, type Ipv4, ipv4, ipv6, join, tcp, u16, u32, udp} from "../captures.js";

const inner = {source: "10.0.0.1", destination: "10.0.0.2", protocol: 6};
const outer = {source: "192.0.2.1", destination: "192.0.2.2", protocol: 17};
const web = ipv4(inner, tcp(40000, 80, 2));
const [here, there] = [
  [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1],
  [0x2001, 0xdb8, 0, 0, 0, 0, 0, 2]
];
const web6 = ipv6(here, there, 6, tcp(40000, 80, 2));
const snap = join(bytes(0xaa, 0xaa, 3, 0, 0, 0), u16(0x800), web);
const [toTcp, toTcp6] = ["10.0.0.1 40000 > 10.0.0.2 80 tcp 40", "20010db8… 40000 > 20010db8… 80 tcp 60"];

test("decode takes off the headers of link types", () => {
  const sll = (type: number) => join(u16(0), u16(1), u16(6), new Uint8Array(8), u16(type));
  const attribute = (type: number, ...value: number[]) => bytes(value.length + 4, 0, type, 0, ...value);
  const nflog = join(
    bytes(2, 0, 0, 0),
    attribute(1, 8, 0, 1, 0),
    attribute(10, 101, 0),
    bytes(0, 0),
    bytes(44, 0, 9, 0)
  );
  const nflogBig = join(bytes(2, 0, 0, 0, 0, 8, 0, 1, 8, 0, 1, 0), bytes(0, 44, 0, 9));
  const links: [number, Uint8Array][] = [
    [1, ethernet(0x800, web)],
    [1, ethernet(48, snap)],
    [1, ethernet(43, join(bytes(6, 6, 3), web))],
    [0, join(bytes(2, 0, 0, 0), web)],
    [0, join(bytes(0, 0, 0, 2), web)],
    [108, join(bytes(0, 0, 0, 2), web)],
    [9, join(bytes(0xff, 3, 0, 0x21), web)],
    [9, join(bytes(0x21), web)],
    [50, join(bytes(0x0f, 0, 8, 0), web)],
    [51, join(bytes(0x11, 0), u16(1), u16(42), u16(0x21), web)],
    [104, join(bytes(0x0f, 0, 8, 0), web)],
    [204, join(bytes(1, 0xff, 3, 0, 0x21), web)],
    [219, join(u32(0x000101ff), web)],
    [117, join(bytes(61, 2), new Uint8Array(62), web)],
    [192, join(bytes(0, 0, 8, 0, 1, 0, 0, 0), ethernet(0x800, web))],
    [258, join(bytes(16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0), u32(0), ethernet(0x800, web))],
    [149, join(bytes(12, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0), web)],
    [10, join(bytes(0x50), new Uint8Array(12), snap)],
    [12, web],
    [14, web],
    [101, web],
    [228, web],
    [100, snap],
    [113, join(sll(0x800), web)],
    [113, join(sll(4), snap)],
    [276, join(u16(0x800), new Uint8Array(18), web)],
    [239, join(nflog, web)],
    [239, join(nflogBig, web)],
    [105, join(bytes(8, 1), new Uint8Array(22), snap)],
    [105, join(bytes(0x88, 3), new Uint8Array(28), bytes(0, 0), snap)],
    [127, join(bytes(0, 0, 9, 0, 0, 0, 0, 0, 0), bytes(0x88, 0x81), new Uint8Array(28), snap)]
  ];
  for (const [link, packet] of links) expect([link, decoded(packet, link)]).toEqual([link, toTcp]);
  const links6: [number, Uint8Array][] = [
    ...[10, 24, 28, 30].map((family): [number, Uint8Array] => [0, join(bytes(family, 0, 0, 0), web6)]),
    [9, join(bytes(0, 0x57), web6)],
    [101, web6],
    [229, web6]
  ];
  for (const [link, packet] of links6) expect([link, decoded(packet, link)]).toEqual([link, toTcp6]);
});

test("decode strips VLAN, QinQ, MPLS, PPPoE and bridges in them", () => {
  const layers = [
    ethernet(0x8100, join(u16(0), u16(0x800), web)),
    ethernet(0x88a8, join(u16(7), u16(0x8100), u16(8), u16(0x800), web)),
    ethernet(0x8926, join(u32(0), u16(0x8100), u16(1), u16(0x800), web)),
    ethernet(0x8847, join(u32(0x00010000), u32(0x000101ff), web)),
    ethernet(0x8847, join(u32(0x000101ff), u32(0), ethernet(0x800, web))),
    ethernet(0x8864, join(bytes(0x11, 0), u16(1), u16(42), u16(0x21), web)),
    ethernet(0x6558, ethernet(0x800, web))
  ];
  for (const layer of layers) expect(decoded(layer)).toBe(toTcp);
  expect(decoded(ethernet(0x8848, join(u32(0x000101ff), web6)))).toBe(toTcp6);
});

test("decode strips tunnels, and counts the flow within", () => {
  const tunnels = [
    ipv4({...outer, protocol: 4}, web),
    ipv6(here, there, 4, web),
    ipv4({...outer, protocol: 47}, join(u16(0), u16(0x800), web)),
    ipv4({...outer, protocol: 47}, join(u16(0xb000), u16(0x6558), new Uint8Array(12), ethernet(0x800, web))),
    ipv4({...outer, protocol: 47}, join(u16(0x3081), u16(0x880b), new Uint8Array(12), u16(0x21), web)),
    ipv4({...outer, protocol: 47}, join(u16(0x1000), u16(0x88be), new Uint8Array(12), ethernet(0x800, web))),
    ipv4({...outer, protocol: 137}, join(u32(0x000101ff), web)),
    ipv4(outer, udp(50000, 4789, join(bytes(8, 0, 0, 0, 0, 0, 9, 0), ethernet(0x800, web)))),
    ipv4(outer, udp(50000, 6081, join(bytes(1, 0), u16(0x6558), u32(0x900), u32(0), ethernet(0x800, web)))),
    ipv4(outer, udp(50000, 6081, join(bytes(0, 0), u16(0x800), u32(0x900), web))),
    ipv4(outer, udp(2152, 2152, join(bytes(0x30, 255), u16(40), u32(7), web))),
    ipv4(outer, udp(2152, 2152, join(bytes(0x32, 255), u16(44), u32(7), u32(0x10000), web))),
    ipv4(
      outer,
      udp(2152, 2152, join(bytes(0x34, 255), u16(52), u32(7), u32(0x85), u32(0x01000085), u32(0x01000000), web))
    )
  ];
  for (const tunnel of tunnels) expect(decoded(tunnel, 101)).toBe(toTcp);
  expect(decoded(ipv4({...outer, protocol: 41}, web6), 101)).toBe(toTcp6);
});

test("decode counts the tunnel itself where there is nothing that can be unpacked", () => {
  const udpTo = (port: number, payload: Uint8Array) => decoded(ipv4(outer, udp(50000, port, payload)), 101);
  expect(udpTo(4789, new Uint8Array(40))).toBe("192.0.2.1 50000 > 192.0.2.2 4789 udp 68");
  expect(udpTo(4789, bytes(8))).toBe("192.0.2.1 50000 > 192.0.2.2 4789 udp 29");
  expect(udpTo(6081, new Uint8Array(40))).toBe("192.0.2.1 50000 > 192.0.2.2 6081 udp 68");
  const control = join(bytes(0x32, 1), u16(4), u32(0), u32(0), new Uint8Array(20));
  expect(udpTo(2152, control)).toBe("192.0.2.1 50000 > 192.0.2.2 2152 udp 60");
  const endless = join(bytes(0x34, 255), u16(24), u32(7), u32(0x85), new Uint8Array(20));
  expect(udpTo(2152, endless)).toBe("192.0.2.1 50000 > 192.0.2.2 2152 udp 60");
  const gre = (...parts: Uint8Array[]) => decoded(ipv4({...outer, protocol: 47}, join(...parts)), 101);
  expect(gre(u16(0), u16(0x0806), new Uint8Array(28))).toBe("192.0.2.1 > 192.0.2.2 47 52");
  expect(gre(u16(0x2081), u16(0x880b), new Uint8Array(8))).toBe("192.0.2.1 > 192.0.2.2 47 32");
  expect(gre(u16(0), u16(0x0800))).toBe("192.0.2.1 > 192.0.2.2 47 24");
});

test("decode passes options and extension headers", () => {
  expect(decoded(ipv4({...inner, options: 10}, tcp(1, 2, 2)), 101)).toBe("10.0.0.1 1 > 10.0.0.2 2 tcp 80");
  const extended = ipv6(
    here,
    there,
    0,
    join(
      bytes(43, 0),
      new Uint8Array(6),
      bytes(60, 1),
      new Uint8Array(14),
      bytes(51, 0),
      new Uint8Array(6),
      bytes(44, 1),
      new Uint8Array(10),
      bytes(17, 0, 0, 0, 0, 0, 0, 9),
      udp(5, 53)
    )
  );
  expect(decoded(extended, 101)).toBe("20010db8… 5 > 20010db8… 53 udp 108");
  const signed = ipv4({...inner, protocol: 51}, join(bytes(17, 1), new Uint8Array(10), udp(5, 53)));
  expect(decoded(signed, 101)).toBe("10.0.0.1 5 > 10.0.0.2 53 udp 48");
});

test("decode reads ports of the protocols that have them, and other protocols without", () => {
  const of = (protocol: number) => decoded(ipv4({...inner, protocol}, join(u16(7), u16(9), new Uint8Array(8))), 101);
  for (const protocol of [33, 132, 136]) expect(of(protocol)).toBe(`10.0.0.1 7 > 10.0.0.2 9 ${protocol} 32`);
  for (const protocol of [1, 2, 50, 89, 255]) expect(of(protocol)).toBe(`10.0.0.1 > 10.0.0.2 ${protocol} 32`);
  expect(decoded(ipv6(here, there, 58, new Uint8Array(8)), 101)).toBe("20010db8… > 20010db8… 58 48");
  expect(decoded(ipv6(here, there, 59, new Uint8Array()), 101)).toBe("20010db8… > 20010db8… 59 40");
});

test("decode takes lengths from the wire where segmentation by the card leaves them out", () => {
  const packet = new Packet();
  const bytes = ipv4({...inner, total: 0}, tcp(1, 2, 16, {size: 10}));
  packet.begin(bytes, 0, bytes.length, 60_000, 0);
  expect([decode(packet, 101), packet.length]).toEqual(["flow", 60_050]);
  const jumbo = ipv6(here, there, 6, tcp(1, 2, 16, {size: 10})).fill(0, 4, 6);
  packet.begin(jumbo, 0, jumbo.length, 60_000, 0);
  expect([decode(packet, 101), packet.length]).toEqual(["flow", 60_070]);
});

test("decode leaves out what the link has padded", () => {
  const empty = ipv4({...inner, protocol: 4}, ipv4({...inner, protocol: 17}, new Uint8Array()));
  expect(decoded(ethernet(0x800, join(empty, new Uint8Array(20))))).toBe("header cut short");
});

test("decode takes ports where the snap length has cut off the flags", () => {
  for (const [length, flags] of [
    [24, 0],
    [33, 0],
    [34, 2]
  ] as const) {
    const packet = new Packet();
    packet.begin(web, 0, length, 40 - length, 0);
    expect([decode(packet, 101), packet.flags]).toEqual(["flow", flags]);
  }
});

test("decode says why a packet is of no flow", () => {
  const changed = (at: number, value: number) => web.map((byte, i) => (i === at ? value : byte));
  const cases: [string, Uint8Array, number?][] = [
    ["ARP packet", ethernet(0x806, new Uint8Array(28))],
    ["not IP", ethernet(0x88cc, new Uint8Array(28))],
    ["LLC frame", ethernet(38, bytes(0x42, 0x42, 3, 0, 0, 0, 0, 0))],
    ["LLC frame", ethernet(38, bytes(0xaa, 0xaa, 3, 0, 0, 12, 0, 0))],
    ["not IP", join(bytes(7, 0, 0, 0), web), 0],
    ["not IP", ethernet(0x8864, bytes(0x11, 0xa7, 0, 0, 0, 0))],
    ["not IP", bytes(0xff, 3, 0xc0, 0x21), 9],
    ["not IP", join(bytes(0x40), new Uint8Array(20)), 10],
    ["802.11 frame", join(bytes(0x80, 0), new Uint8Array(40)), 105],
    ["802.11 frame", join(bytes(8, 0x41), new Uint8Array(40)), 105],
    ["link type not read", web, 220],
    ["header cut short", new Uint8Array(13)],
    ["header cut short", new Uint8Array(), 101],
    ["header cut short", web.subarray(0, 19), 101],
    ["header cut short", web.subarray(0, 23), 101],
    ["header cut short", web6.subarray(0, 39), 101],
    ["header cut short", ipv6(here, there, 0, bytes(6, 9, 0, 0, 0, 0, 0, 0)), 101],
    ["header cut short", ethernet(0x8847, u32(0))],
    ["header cut short", join(bytes(2, 0, 0, 0), bytes(200, 0, 1, 0)), 239],
    ["header cut short", bytes(0, 0, 200, 0, 1, 0, 0, 0), 192],
    ["link type not read", join(bytes(0, 0, 8, 0, 220, 0, 0, 0), web), 192],
    ["header cut short", bytes(61, 2, 0, 0), 117],
    ["header cut short", bytes(0, 0, 200, 0, 0, 0, 0, 0), 127],
    ["bad IP version", changed(0, 0x55), 101],
    ["bad IP version", changed(0, 0x65), 228],
    ["bad IP version", web, 229],
    ["bad IP header length", changed(0, 0x44), 101],
    ["bad IP length", changed(3, 19), 101],
    ["bad TCP header length", changed(32, 0x40), 101]
  ];
  for (const [outcome, packet, link] of cases) expect(decoded(packet, link)).toBe(outcome);
});

test("decode is total, and as deep as the packet", () => {
  const links = [0, 1, 9, 10, 50, 51, 100, 101, 104, 105, 108, 113, 117, 127, 192, 204, 219, 228, 229, 239, 276];
  fc.assert(
    fc.property(fc.constantFrom(...links), fc.uint8Array({maxLength: 120}), (link, packet) => {
      expect(typeof decoded(packet, link)).toBe("string");
    })
  );
  let nested = web;
  for (let i = 0; i < 3000; ++i) nested = ipv4({...inner, protocol: 4, total: 65535}, nested);
  expect(decoded(nested, 101)).toBe(toTcp);
});

test("decode tells first and later fragments", () => {
  const fragment = (options: Partial<Ipv4>) => {
    const packet = new Packet();
    const bytes = ipv4({...outer, id: 77, ...options}, udp(5, 53));
    packet.begin(bytes, 0, bytes.length, 0, 0);
    return [decode(packet, 101), packet.isFirstFragment, packet.fragmentKey[portsAt]];
  };
  expect(fragment({})).toEqual(["flow", false, 0]);
  expect(fragment({hasMoreFragments: true})).toEqual(["flow", true, 77]);
  expect(fragment({hasMoreFragments: true, fragmentOffset: 8})).toEqual(["later fragment", false, 77]);
  expect(fragment({fragmentOffset: 8})).toEqual(["later fragment", false, 77]);
});

/** How a packet ends, or the flow that it is of. */
function decoded(bytes: Uint8Array, link = 1): string {
  const packet = new Packet();
  packet.begin(bytes, 0, bytes.length, 0, 0);
  const outcome = decode(packet, link);
  if (outcome !== "flow") return outcome;
  const {key, length} = packet;
  const meta = key[protocolAt]!;
  const side = (at: number, port: number) => {
    const word = key[at]!;
    const address =
      meta & isIpv6
        ? `${word.toString(16).padStart(8, "0")}…`
        : [24, 16, 8, 0].map((i) => (word >>> i) & 255).join(".");
    return meta & hasPorts ? `${address} ${port}` : address;
  };
  const protocol = meta & 255;
  const name = protocol === 6 ? "tcp" : protocol === 17 ? "udp" : protocol;
  return `${side(0, key[portsAt]! >>> 16)} > ${side(4, key[portsAt]! & 0xffff)} ${name} ${length}`;
}

function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}

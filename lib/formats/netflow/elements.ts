/** Places of a record’s values, of what is read of it: times in ms, addresses as the places of their bytes. */
export const slots = [
  "bytes",
  "packets",
  "reverseBytes",
  "reversePackets",
  "protocol",
  "ipVersion",
  "sourcePort",
  "destinationPort",
  "flags",
  "reverseFlags",
  "icmp",
  "reverseIcmp",
  "icmpType",
  "icmpCode",
  "start",
  "end",
  "reverseStart",
  "reverseEnd",
  "uptimeStart",
  "uptimeEnd",
  "duration",
  "bootTime",
  "biflowDirection",
  "sampledOneIn",
  "samplePackets",
  "sampleSpace",
  "source4",
  "destination4",
  "source6",
  "destination6"
] as const;

export type Slot = (typeof slots)[number];

/** Where each value stands among those of a record. */
export const slot = Object.fromEntries(slots.map((name, place) => [name, place])) as Readonly<Record<Slot, number>>;

/** How the bytes of a field give its value. */
export const fieldKind = {number: 0, ntp: 1, beforeExport: 2, address: 3} as const;

/** A field that is read. */
export interface Element {
  readonly slot: number;
  readonly kind: number;
  /** What a number is multiplied by. */
  readonly scale: number;
  /** Of several fields for one slot, that of the lowest rank counts. */
  readonly rank: number;
  /** Lengths in bytes that it may have; others are not read. */
  readonly shortest: number;
  readonly longest: number;
}

/** The element of a field, undefined where it is not read. `enterprise` is 0 for those of IANA and of NetFlow v9. */
export function elementOf(id: number, enterprise: number): Element | undefined {
  if (enterprise === 0) return elements.get(id);
  return enterprise === reverseEnterprise ? reverseElements.get(id) : undefined;
}

/** The enterprise whose elements are those of the other direction, as RFC 5103, section 6.1, has it. */
const reverseEnterprise = 29305;

// https://www.iana.org/assignments/ipfix, of which NetFlow v9 has the first; a number may be in fewer bytes than its own
// (RFC 7011, section 6.2).
const elements = new Map<number, Element>([
  [1, number("bytes")],
  [2, number("packets")],
  [4, number("protocol")],
  [6, number("flags")],
  [7, number("sourcePort")],
  [8, address("source4", 4)],
  [11, number("destinationPort")],
  [12, address("destination4", 4)],
  [21, number("uptimeEnd")],
  [22, number("uptimeStart")],
  // Counts behind a middlebox stand in only where there are none before it.
  [23, number("bytes", {rank: 3})],
  [24, number("packets", {rank: 3})],
  [27, address("source6", 16)],
  [28, address("destination6", 16)],
  [32, number("icmp")],
  [34, number("sampledOneIn")],
  [50, number("sampledOneIn", {rank: 1})],
  [60, number("ipVersion")],
  [85, number("bytes", {rank: 1})],
  [86, number("packets", {rank: 1})],
  [139, number("icmp")],
  ...times(150, "start", "end"),
  [158, beforeExport("start")],
  [159, beforeExport("end")],
  [160, number("bootTime")],
  [161, number("duration", {rank: 1})],
  [162, number("duration", {scale: 1e-3})],
  [176, number("icmpType")],
  [177, number("icmpCode")],
  [178, number("icmpType")],
  [179, number("icmpCode")],
  [231, number("bytes", {rank: 2})],
  [232, number("reverseBytes", {rank: 2})],
  [239, number("biflowDirection")],
  [298, number("packets", {rank: 2})],
  [299, number("reversePackets", {rank: 2})],
  [305, number("samplePackets")],
  [306, number("sampleSpace")],
  // When it was observed, for what has neither start nor end.
  [322, number("start", {scale: 1000, rank: 7})],
  [323, number("start", {rank: 6})],
  [324, ntp("start", 5)],
  [325, ntp("start", 4)]
]);

const reverseElements = new Map<number, Element>([
  [1, number("reverseBytes")],
  [2, number("reversePackets")],
  [6, number("reverseFlags")],
  [32, number("reverseIcmp")],
  [85, number("reverseBytes", {rank: 1})],
  [86, number("reversePackets", {rank: 1})],
  [139, number("reverseIcmp")],
  ...times(150, "reverseStart", "reverseEnd")
]);

/** Start and end in seconds, milliseconds, microseconds and nanoseconds, from one element on. */
function times(from: number, start: Slot, end: Slot): [number, Element][] {
  return [
    [from, number(start, {scale: 1000, rank: 3})],
    [from + 1, number(end, {scale: 1000, rank: 3})],
    [from + 2, number(start, {rank: 1})],
    [from + 3, number(end, {rank: 1})],
    [from + 4, ntp(start, 0)],
    [from + 5, ntp(end, 0)],
    [from + 6, ntp(start, 0)],
    [from + 7, ntp(end, 0)]
  ];
}

function number(name: Slot, {scale = 1, rank = 0} = {}): Element {
  return {slot: slot[name], kind: fieldKind.number, scale, rank, shortest: 1, longest: 8};
}

function ntp(name: Slot, rank: number): Element {
  return {slot: slot[name], kind: fieldKind.ntp, scale: 1, rank, shortest: 8, longest: 8};
}

function beforeExport(name: Slot): Element {
  return {slot: slot[name], kind: fieldKind.beforeExport, scale: 1e-3, rank: 2, shortest: 1, longest: 4};
}

function address(name: Slot, length: number): Element {
  return {slot: slot[name], kind: fieldKind.address, scale: 1, rank: 0, shortest: length, longest: length};
}

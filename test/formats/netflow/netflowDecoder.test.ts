import {expect, test} from "vitest";
import type {Flow} from "../../traffic/flows/flowOf.js";
import {decoded} from "./decoded.js";
import {
  bytes,
  flow5,
  ipfix,
  join,
  options,
  options9,
  plainFields,
  plainRecord,
  set,
  type TestField,
  template,
  u16,
  u32,
  u64,
  version5,
  version9
} from "./messages.js";
import {
  bothWays,
  oneWay,
  pmacct9,
  pmacct10,
  softflowd5,
  softflowd9,
  softflowd10,
  softflowd10Both,
  softflowd10Micro
} from "./recordings.js";

const second = 1_795_887_943_000;

test("NetflowDecoder reads softflowd and pmacct as nfdump does", () => {
  expectFlows(softflowd5, [...oneWay.slice(0, 4), ...oneWay.slice(8, 10)]);
  for (const recording of [softflowd10, softflowd10Micro, pmacct9, pmacct10]) expectFlows(recording, oneWay);
  expectFlows(softflowd10Both, bothWays);
  // Its times are as exact as the second in its header.
  expectFlows(softflowd9, oneWay, 216);
});

test("NetflowDecoder reads times to the microsecond where they are stated so", () => {
  const [flow] = decoded(...softflowd10Micro).flows;
  expect([flow!.time! - second, flow!.duration]).toEqual([expect.closeTo(16.836, 3), expect.closeTo(0.000196, 6)]);
});

test("NetflowDecoder numbers flows, and hands over a datagram without flows as what it is", () => {
  expect(decoded(...softflowd5, ...softflowd9).flows.map(({line}) => line)).toEqual(
    Array.from({length: 18}, (_, i) => i + 1)
  );
  const templates = version9([set(0, template(256, ...plainFields))]);
  const optionsAlone = version9([set(1, options9(257, [1, 4], [34, 4])), set(257, u32(0), u32(10))]);
  expect(decoded(templates, optionsAlone)).toMatchObject({packets: 0, passedOver: ["templates", "templates"]});
  const first = version9([set(1, options9(257, [1, 4], [34, 4]))]);
  const second = version9([set(257, u32(0), u32(10))]);
  expect(decoded(first, second).passedOver).toEqual(["templates", "options"]);
});

test("NetflowDecoder reads uptimes that have begun anew since a flow began", () => {
  const flows = [flow5(2 ** 32 - 2000, 500), flow5(900, 2 ** 32 - 100)];
  expect(decoded(version5(flows, {uptime: 1000})).flows).toMatchObject([
    {time: second - 3000, duration: 2.5},
    {time: second - 100, duration: 0}
  ]);
});

test("NetflowDecoder reads every kind of time", () => {
  const ntp = (milliseconds: number) =>
    join(u32(second / 1000 + 2_208_988_800), u32(Math.round((milliseconds / 1000) * 2 ** 32)));
  const boot = join(u64(second - 5000));
  for (const [fields, record, from, to] of [
    [
      [
        [150, 4],
        [151, 4]
      ],
      join(u32(second / 1000 - 2), u32(second / 1000)),
      -2000,
      0
    ],
    [
      [
        [152, 8],
        [153, 8]
      ],
      join(u64(second - 20), u64(second + 30)),
      -20,
      30
    ],
    [
      [
        [154, 8],
        [155, 8]
      ],
      join(ntp(250), ntp(500)),
      250,
      500
    ],
    [
      [
        [156, 8],
        [157, 8]
      ],
      join(ntp(250), ntp(500)),
      250,
      500
    ],
    [
      [
        [158, 4],
        [159, 4]
      ],
      join(u32(3_000_500), u32(500)),
      -3000.5,
      -0.5
    ],
    [
      [
        [160, 8],
        [22, 4],
        [21, 4]
      ],
      join(boot, u32(1000), u32(4000)),
      -4000,
      -1000
    ],
    [
      [
        [152, 8],
        [161, 4]
      ],
      join(u64(second - 20), u32(7)),
      -20,
      -13
    ],
    [
      [
        [153, 8],
        [162, 4]
      ],
      join(u64(second), u32(7000)),
      -7,
      0
    ],
    [
      [
        [150, 4],
        [151, 4],
        [152, 8],
        [153, 8]
      ],
      join(u32(0), u32(1), u64(second - 20), u64(second)),
      -20,
      0
    ]
  ] satisfies [TestField[], Uint8Array, number, number][]) {
    const {flows, counts} = decoded(
      ipfix([set(2, template(256, ...plainFields, ...fields)), set(256, plainRecord(1), record)])
    );
    expect(flows[0]!.time! - second, String(fields)).toBeCloseTo(from, 3);
    expect(flows[0]!.time! - second + 1000 * flows[0]!.duration!, String(fields)).toBeCloseTo(to, 3);
    expect(counts).toEqual({flows: 1});
  }
});

test("NetflowDecoder takes the time of the export where a flow states none, or one that is after it", () => {
  const timed = (fields: TestField[], record: Uint8Array) =>
    decoded(ipfix([set(2, template(256, ...plainFields, ...fields)), set(256, plainRecord(1), record)]));
  expect(timed([], bytes()).flows).toMatchObject([{time: second}]);
  expect(timed([], bytes()).flows[0]).not.toHaveProperty("duration");
  expect(
    timed(
      [
        [22, 4],
        [21, 4]
      ],
      join(u32(1000), u32(4000))
    ).flows
  ).toMatchObject([{time: second - 3000, duration: 3}]);
  const later = timed(
    [
      [152, 8],
      [153, 8]
    ],
    join(u64(second + 2e8), u64(second + 3e8))
  );
  expect(later.flows).toMatchObject([{time: second}]);
  expect(later.counts).toEqual({flows: 1, "flows timed by their export": 1});
  const endless = timed(
    [
      [152, 8],
      [153, 8]
    ],
    join(u64(second), u64(2 ** 52))
  );
  expect(endless.flows[0]).not.toHaveProperty("duration");
});

test("NetflowDecoder reads numbers in fewer bytes, and fields of variable length and of enterprises between them", () => {
  const fields: TestField[] = [
    [1, 3],
    [82, 0xffff],
    [8, 4],
    [95, 0xffff, 9],
    [12, 4],
    [2, 5],
    [7, 2],
    [4, 1]
  ];
  const record = (...[name, other]: readonly Uint8Array[]) =>
    join(bytes(1, 0, 0), name!, u32(0xc0000201), other!, u32(0xc0000202), bytes(0, 0, 0, 1, 2), u16(99), bytes(17));
  const long = join(bytes(255), u16(300), new Uint8Array(300));
  const {flows, rejects} = decoded(
    ipfix([
      set(2, template(300, ...fields)),
      set(300, record(bytes(0), long), record(bytes(2, 65, 66), bytes(1, 7)), bytes(0, 0))
    ])
  );
  const flow = {source: "192.0.2.1", destination: "192.0.2.2", sourceBytes: 65536, sourcePackets: 258, sourcePort: 99};
  expect([flows, rejects]).toMatchObject([[flow, flow], []]);
});

test("NetflowDecoder passes over records that are no flows, by name", () => {
  const fields: [number, TestField[]][] = [
    [
      256,
      [
        [56, 6],
        [80, 6],
        [1, 4],
        [2, 4]
      ]
    ],
    [
      257,
      [
        [8, 4],
        [12, 4],
        [230, 1]
      ]
    ]
  ];
  const {packets, passedOver, flows, counts} = decoded(
    ipfix([set(2, ...fields.map(([id, list]) => template(id, ...list)))]),
    ipfix([set(256, new Uint8Array(40))]),
    ipfix([set(257, new Uint8Array(9))])
  );
  expect([packets, flows]).toEqual([0, []]);
  expect(passedOver).toEqual(["templates", "records without addresses", "records without counts"]);
  expect(counts).toEqual({"records without addresses": 2, "records without counts": 1});
});

test("NetflowDecoder tells the version of addresses where a record has both", () => {
  const fields: TestField[] = [
    [8, 4],
    [12, 4],
    [27, 16],
    [28, 16],
    [1, 4]
  ];
  const [zero4, zero6] = [u32(0), new Uint8Array(16)];
  const six = join(new Uint8Array(15), bytes(1));
  const records = [join(zero4, zero4, six, six, u32(1)), join(u32(0x7f000001), u32(0x7f000002), zero6, zero6, u32(1))];
  const {flows} = decoded(ipfix([set(2, template(256, ...fields)), set(256, ...records)]));
  expect(flows.map(({source}) => source)).toEqual(["::1", "127.0.0.1"]);
  const stated = decoded(ipfix([set(2, template(256, ...fields, [60, 1])), set(256, records[1]!, bytes(6))]));
  expect(stated.flows[0]!.source).toBe("::");
});

test("NetflowDecoder reads type and code of ICMP from wherever they are, and ports of protocols that have some", () => {
  const flow = (fields: TestField[], record: Uint8Array) => {
    const [found] = decoded(
      ipfix([set(2, template(256, ...plainFields, ...fields)), set(256, plainRecord(1), record)])
    ).flows;
    return [found!.sourcePort, found!.destinationPort];
  };
  const ports: TestField[] = [
    [4, 1],
    [7, 2],
    [11, 2]
  ];
  expect(flow(ports, join(bytes(1), u16(0), u16(0x0301)))).toEqual([3, 1]);
  expect(flow(ports, join(bytes(1), u16(8), u16(0)))).toEqual([8, 0]);
  expect(flow([...ports, [32, 2]], join(bytes(1), u16(0), u16(0), u16(0x0b00)))).toEqual([11, 0]);
  expect(
    flow(
      [
        [4, 1],
        [178, 1],
        [179, 1]
      ],
      bytes(58, 128, 0)
    )
  ).toEqual([128, 0]);
  expect(flow(ports, join(bytes(47), u16(0), u16(0)))).toEqual([undefined, undefined]);
  expect(flow(ports, join(bytes(132), u16(5000), u16(3868)))).toEqual([5000, 3868]);
});

test("NetflowDecoder takes for the source of a flow of both directions who began, or else the client", () => {
  const fields: TestField[] = [
    [4, 1],
    [7, 2],
    [11, 2],
    [6, 1],
    [1, 4, 29305],
    [2, 4, 29305],
    [6, 1, 29305]
  ];
  const sourceOf = (ports: [number, number], flags: [number, number], more: TestField[] = [], end = bytes()) => {
    const record = join(bytes(6), u16(ports[0]), u16(ports[1]), bytes(flags[0]), u32(70), u32(7), bytes(flags[1]), end);
    const message = ipfix([
      set(2, template(256, ...plainFields, ...fields, ...more)),
      set(256, plainRecord(1), record)
    ]);
    const [flow] = decoded(message).flows;
    expect(flow).not.toHaveProperty("isOneWay");
    return [flow!.source, flow!.sourcePort, flow!.sourceBytes, flow!.destinationBytes, flow!.sourceFlags];
  };
  const asIs = ["192.0.2.1", 5000, 100, 70, 27];
  expect(sourceOf([5000, 80], [27, 26])).toEqual(asIs);
  expect(sourceOf([80, 5000], [27, 26])).toEqual(["192.0.2.200", 5000, 70, 100, 26]);
  expect(sourceOf([1883, 5000], [27, 26])).toEqual(["192.0.2.200", 5000, 70, 100, 26]);
  expect(sourceOf([5000, 6000], [18, 2])).toEqual(["192.0.2.200", 6000, 70, 100, 2]);
  expect(sourceOf([80, 5000], [27, 26], [[239, 1]], bytes(1))).toEqual(["192.0.2.1", 80, 100, 70, 27]);
  expect(sourceOf([5000, 80], [27, 26], [[239, 1]], bytes(2))).toEqual(["192.0.2.200", 80, 70, 100, 26]);
});

test("NetflowDecoder says of exporters that sample how they do, and leaves counts as they are", () => {
  const [flow] = [flow5(0, 0)];
  expect(decoded(version5([flow, flow], {sampling: 0x4064})).counts).toEqual({flows: 2, "flows sampled 1 in 100": 2});
  const data9 = [set(0, template(256, ...plainFields)), set(256, plainRecord(1))];
  const sampled9 = decoded(version9([set(1, options9(257, [1, 4], [34, 4])), set(257, u32(0), u32(10)), ...data9]));
  expect(sampled9.counts).toMatchObject({options: 1, flows: 1, "flows sampled 1 in 10": 1});
  expect(sampled9.flows).toMatchObject([{sourceBytes: 100, sourcePackets: 1}]);
  const data10 = [set(2, template(256, ...plainFields)), set(256, plainRecord(1))];
  const space = [set(3, options(257, [149, 4], [305, 4], [306, 4])), set(257, u32(0), u32(1), u32(499))];
  expect(decoded(ipfix([...space, ...data10])).counts).toMatchObject({
    options: 1,
    flows: 1,
    "flows sampled 1 in 500": 1
  });
  const own = [set(2, template(256, ...plainFields, [34, 2])), set(256, plainRecord(1), u16(7))];
  expect(decoded(ipfix(own)).counts).toMatchObject({flows: 1, "flows sampled 1 in 7": 1});
});

test("NetflowDecoder says why a datagram is none, and takes what stands before that", () => {
  const data = [set(2, template(256, ...plainFields)), set(256, plainRecord(1))];
  for (const [datagram, reason, flows = 0] of [
    [bytes(), "cut short"],
    [bytes(0), "cut short"],
    [u16(8), "unknown version"],
    [softflowd5[0]!.subarray(0, 20), "cut short"],
    [softflowd5[0]!.subarray(0, 300), "cut short"],
    [version5([], {count: 0}), "no flows"],
    [version5([flow5(0, 0)], {count: 65535}), "cut short"],
    [softflowd9[0]!.subarray(0, 19), "cut short"],
    [softflowd9[0]!.subarray(0, 700), "cut short", 4],
    [ipfix(data, {length: 15}), "bad message length"],
    [ipfix(data, {length: 65535}), "cut short"],
    [ipfix([...data, join(u16(256), u16(3))]), "bad set length", 1],
    [ipfix([...data, join(u16(256), u16(0))]), "bad set length", 1],
    [ipfix([...data, set(1, u32(0))]), "reserved set id", 1],
    [version9([set(0, u16(256), u16(0), u16(0), u16(0))]), "template without fields"],
    [version9([set(0, template(256, [1, 0xffff]))]), "bad field length"],
    [version9([set(0, template(256, [1, 0], [2, 0]))]), "bad field length"],
    [version9([set(0, template(256, [1, 0xfffe], [2, 0xfffe]))]), "bad field length"],
    [version9([set(0, template(255, [1, 4]))]), "bad template id"],
    [version9([set(0, u16(256), u16(9), u16(1), u16(4))]), "template cut short"],
    [version9([set(0, u16(256), u16(65535), u16(1), u16(4))]), "template with too many fields"],
    [version9([set(1, u16(256), u16(3), u16(4), u16(1), u16(4))]), "bad field length"],
    [ipfix([set(3, u16(256), u16(1), u16(0), u16(1), u16(4))]), "bad scope"],
    [ipfix([set(3, u16(256), u16(1), u16(2), u16(1), u16(4))]), "bad scope"],
    [ipfix([set(2, u16(256), u16(1), u16(0x8001), u16(4))]), "template cut short"],
    [
      ipfix([set(2, template(256, [8, 4], [12, 4], [1, 4], [82, 0xffff])), set(256, new Uint8Array(12), bytes(9))]),
      "record cut short"
    ]
  ] satisfies [Uint8Array, string, number?][]) {
    const result = decoded(datagram);
    expect([result.rejects, result.flows.length], reason).toEqual([[reason], flows]);
  }
});

test("NetflowDecoder takes padding behind sets, templates and records", () => {
  const sets = [set(2, template(256, ...plainFields), bytes(0, 0, 0)), set(256, plainRecord(1), bytes(0, 0, 0))];
  expect(decoded(join(ipfix(sets), bytes(1, 2, 3)))).toMatchObject({packets: 1, flows: [{line: 1}]});
  const sets9 = [set(0, template(256, ...plainFields), u32(0)), set(256, plainRecord(1), bytes(0, 0)), bytes(0, 0, 0)];
  expect(decoded(version9(sets9))).toMatchObject({packets: 1, flows: [{line: 1}]});
});

/** Expects flows whose times are within so many ms. */
function expectFlows(datagrams: readonly Uint8Array[], expected: readonly Flow[], tolerance = 2): void {
  const result = decoded(...datagrams);
  expect(result).toMatchObject({packets: datagrams.length, rejects: [], passedOver: []});
  expect(result.flows.map(({line, time, duration, ...flow}) => flow)).toEqual(expected.map(({time, ...flow}) => flow));
  for (const [i, {time, duration}] of result.flows.entries()) {
    expect(Math.abs(time! - expected[i]!.time!)).toBeLessThan(tolerance);
    expect(duration).toBeLessThan(0.002);
  }
}

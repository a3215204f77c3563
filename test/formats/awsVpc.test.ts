import {expect, test} from "vitest";
import {awsVpc} from "../../lib/formats/awsVpc.js";
import {headOf} from "../../lib/formats/format.js";
import {expectTotal} from "./hostile.js";
import {readLog} from "./readLog.js";

const rows = `2 123456789010 eni-102010ab 192.0.2.10 198.51.100.1 49152 443 6 20 1680 1772445600 1772445660 ACCEPT OK
2 123456789010 eni-102010ab 2001:db8::1 2001:db8::2 0 0 58 1 104 1772445600 1772445660 REJECT OK
2 123456789010 eni-1a2b3c4d - - - - - - - 1772445600 1772445660 - NODATA
2 unknown eni-4b118871 - - - - - - - 1772445600 1772445660 - SKIPDATA
`;
const fields =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n";
const other = `action dstaddr srcaddr tcp-flags end start protocol pkt-srcaddr vpc-id log-status
ACCEPT 192.0.2.2 192.0.2.1 19 1772445660 1772445600 6 198.51.100.9 vpc-1 OK
`;

test("awsVpc reads version 2, with a header or without", () => {
  const expected = [
    {
      line: 2,
      time: 1772445600000,
      duration: 60,
      protocol: 6,
      sourcePort: 49152,
      destinationPort: 443,
      sourcePackets: 20,
      sourceBytes: 1680,
      isOneWay: true,
      source: "192.0.2.10",
      destination: "198.51.100.1",
      state: "ACCEPT"
    },
    expect.objectContaining({line: 3, source: "2001:db8::1", protocol: 58, state: "REJECT"})
  ];
  const {flows, passedOver} = readLog(awsVpc, fields + rows);
  expect(flows).toEqual(expected);
  expect(passedOver).toEqual({header: 1, "NODATA record": 1, "SKIPDATA record": 1});
  expect(readLog(awsVpc, `\n${rows}`).flows).toEqual(expected);
});

test("awsVpc reads fields in any order, and others where a header recurs", () => {
  const {flows} = readLog(awsVpc, other + fields + rows);
  expect(flows).toMatchObject([
    {source: "192.0.2.1", destination: "192.0.2.2", sourceFlags: 19, duration: 60, state: "ACCEPT"},
    {line: 4, source: "192.0.2.10"},
    {line: 5}
  ]);
});

test("awsVpc reads logs without times and ports, and addresses of packets where there are no others", () => {
  const log = "instance-id pkt-srcaddr pkt-dstaddr\n- 192.0.2.1 192.0.2.2\n";
  expect(readLog(awsVpc, log).flows).toEqual([
    {line: 2, isOneWay: true, source: "192.0.2.1", destination: "192.0.2.2"}
  ]);
});

test("awsVpc leaves out the time that CloudWatch puts before each line", () => {
  const timed = (log: string) => log.replaceAll(/^(?=.)/gm, "2026-03-02T10:00:00.000Z ");
  expect(readLog(awsVpc, timed(fields + rows))).toEqual(readLog(awsVpc, fields + rows));
  expect(readLog(awsVpc, timed(rows))).toEqual(readLog(awsVpc, rows));
});

test("awsVpc says why a line is no flow", () => {
  const log = `${fields}bogus line
${rows.split("\n")[0]} more
2 123456789010 eni-102010ab - 198.51.100.1 49152 443 6 20 1680 1772445600 1772445660 ACCEPT OK
2 123456789010 eni-102010ab 192.0.2.1 198.51.100.1 49152 443 6 20 1680 soon 1772445660 ACCEPT OK
`;
  expect(readLog(awsVpc, log).rejects).toEqual([
    [2, "too few fields"],
    [3, "too many fields"],
    [4, "no address"],
    [5, "no time"]
  ]);
});

test("awsVpc is told by its header or by the shape of version 2", () => {
  const matches = (log: string) => awsVpc.matches(headOf(new TextEncoder().encode(log), true));
  expect([fields, rows, other, `2026-03-02T10:00:00.000Z ${rows}`].map(matches)).toEqual([true, true, true, true]);
  expect(matches("srcaddr,dstaddr\n")).toBe(false);
  expect(matches("the srcaddr and dstaddr, in words\n")).toBe(false);
  expect(matches("2 3 4\n")).toBe(false);
  expect(matches("")).toBe(false);
});

test("awsVpc reads any bytes, in any pieces", () => {
  expectTotal(awsVpc, fields + rows + other);
  expectTotal(awsVpc, rows);
});

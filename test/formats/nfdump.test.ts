import {expect, test} from "vitest";
import {headOf} from "../../lib/formats/format.js";
import {nfdumpCsv} from "../../lib/formats/nfdump.js";
import {expectTotal} from "./hostile.js";
import {readLog} from "./readLog.js";

const [old, recent, fast] = [
  `ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out
2026-03-02 10:00:00,2026-03-02 10:00:01,1.250,192.0.2.10,198.51.100.1,52324,80,TCP,.AP.SF,0,0,6,913,0,0,0,0
2026-03-02 10:00:00,2026-03-02 10:00:01,1.250,192.0.2.10,198.51.100.1,52324,80,TCP,.AP.SF,0,0,6,913,5,643,0,0
2026-03-02 10:00:00,2026-03-02 10:00:01,   1.250, 192.0.2.10 ,198.51.100.1,52324,80,TCP,.AP.SF,0,0,0,0,5,643,0,0
2026-03-02 10:00:00,2026-03-02 10:00:00,0.000,192.0.2.10,198.51.100.1,0,3.1,ICMP,......,0,0,1,1.2 M,0,0,0,0,extra

Summary
flows,bytes,packets,avg_bps,avg_pps,avg_bpp
4,2469,18,15801,14,137
`,
  `firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows
2026-03-02 10:00:00.942,0.020,UDP,2001:db8::1,5353,ff02::fb,5353,3,580,1
2026-03-02 10:00:01.000,0.000,GRE,192.0.2.10,0,198.51.100.1,0,1,60,1
`,
  `cnt,af,firstSeen,lastSeen,proto,srcAddr,srcPort,dstAddr,dstPort,srcAS,dstAS,input,output,flags,srcTos,packets,bytes
1,2,1772445600942,1772445602442,6,192.0.2.10,52324,198.51.100.1,902,0,0,0,0,...A.R..,0,1,60
2,2,1772445600942,1772445600942,1,192.0.2.10,0,198.51.100.1,2048,0,0,0,0,........,0,1,84
`
] as const;

test("nfdumpCsv reads version 1.6, with counts of the other direction where there are any", () => {
  const {flows, rejects, passedOver} = readLog(nfdumpCsv, old);
  const common = {
    time: Date.UTC(2026, 2, 2, 10),
    duration: 1.25,
    protocol: 6,
    sourcePort: 52324,
    destinationPort: 80,
    sourceFlags: 27,
    source: "192.0.2.10",
    destination: "198.51.100.1"
  };
  expect(flows).toEqual([
    {...common, line: 2, sourcePackets: 6, sourceBytes: 913, isOneWay: true},
    {...common, line: 3, sourcePackets: 6, sourceBytes: 913, destinationPackets: 5, destinationBytes: 643},
    {...common, line: 4, sourcePackets: 5, sourceBytes: 643, isOneWay: true},
    {
      ...common,
      line: 5,
      duration: 0,
      protocol: 1,
      sourcePort: 3,
      destinationPort: 1,
      sourcePackets: 1,
      sourceBytes: 1.2e6,
      sourceFlags: 0,
      isOneWay: true
    }
  ]);
  expect(rejects).toEqual([]);
  expect(passedOver).toEqual({header: 1, "blank line": 1, summary: 3});
});

test("nfdumpCsv reads version 1.7 and csv-fast", () => {
  expect(readLog(nfdumpCsv, recent).flows).toMatchObject([
    {time: Date.UTC(2026, 2, 2, 10) + 942, duration: 0.02, protocol: 17, sourcePackets: 3, source: "2001:db8::1"},
    {time: Date.UTC(2026, 2, 2, 10, 0, 1), protocol: 47, sourceBytes: 60, isOneWay: true}
  ]);
  expect(readLog(nfdumpCsv, fast).flows).toMatchObject([
    {time: 1772445600942, duration: 1.5, protocol: 6, sourceFlags: 20, sourceBytes: 60},
    {duration: 0, protocol: 1, sourcePort: 8, destinationPort: 0}
  ]);
});

test("nfdumpCsv reads several outputs one after another, also of other dialects", () => {
  const {flows, passedOver} = readLog(nfdumpCsv, old + recent + fast);
  expect(flows.length).toBe(8);
  expect(passedOver).toEqual({header: 3, "blank line": 1, summary: 3});
});

test("nfdumpCsv says why a line is no flow", () => {
  const log = `2026-03-02 10:00:00.942,0.020,UDP
${recent}2026-03-02 10:00,0.020,UDP,192.0.2.1,1,192.0.2.2,2,3,5
soon,0.020,UDP,192.0.2.1,1,192.0.2.2,2,3,5,1
2026-03-02 10:00:00.942,0.020,UDP,192.0.2.1,1,,2,3,5,1
2026-03-02 10:00:00.942,0.020,UDP,192.0.2.1
`;
  expect(readLog(nfdumpCsv, log).rejects).toEqual([
    [1, "no header"],
    [5, "too few fields"],
    [6, "no time"],
    [7, "no address"],
    [8, "too few fields"]
  ]);
});

test("nfdumpCsv is told by its header", () => {
  const matches = (log: string) => nfdumpCsv.matches(headOf(new TextEncoder().encode(log), true));
  expect([old, recent, fast].map(matches)).toEqual([true, true, true]);
  expect(matches("ts,value\n1,2\n")).toBe(false);
  expect(matches("")).toBe(false);
});

test("nfdumpCsv reads any bytes, in any pieces", () => expectTotal(nfdumpCsv, old + fast));

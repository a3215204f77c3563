import {expect, test} from "vitest";
import {argus} from "../../lib/formats/argus.js";
import {headOf} from "../../lib/formats/format.js";
import {expectTotal} from "./hostile.js";
import {readLog} from "./readLog.js";

const flows = `StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,Label
2026/03/02 10:00:00.152346,1.250000,tcp,192.0.2.10,1577,   <?>,198.51.100.1,6881,FSPA_SRA,0,0,7,1556,913,flow=From-Botnet-V42-TCP
1970/01/01 01:00:03.500000,0.000000,icmp,192.0.2.10,0x0103,  ->,198.51.100.1,0x5000,URH,0,,1,78,78,flow=Background
2026/03/02 10:00:02.000000,0.5,rtp,192.0.2.10,5004,  <->,198.51.100.1,5004,CON,0,0,2,400,200,flow=Normal
2026/03/02 10:00:03.000000,0.0,arp,192.0.2.10,,  who,198.51.100.1,,CON,,,2,106,0,
`;

test("argus reads what a binetflow states, and packets of each direction only where they are certain", () => {
  const {flows: read, rejects, passedOver} = readLog(argus, flows);
  expect(read).toEqual([
    {
      line: 2,
      time: expect.closeTo(Date.UTC(2026, 2, 2, 10) + 152.346, 3),
      duration: 1.25,
      protocol: 6,
      sourcePort: 1577,
      destinationPort: 6881,
      sourceBytes: 913,
      destinationBytes: 643,
      sourceFlags: 27,
      destinationFlags: 22,
      source: "192.0.2.10",
      destination: "198.51.100.1",
      state: "FSPA_SRA",
      label: "flow=From-Botnet-V42-TCP"
    },
    {
      line: 3,
      time: 3_603_500,
      duration: 0,
      protocol: 1,
      sourcePort: 3,
      destinationPort: 1,
      sourcePackets: 1,
      sourceBytes: 78,
      destinationPackets: 0,
      destinationBytes: 0,
      source: "192.0.2.10",
      destination: "198.51.100.1",
      state: "URH",
      label: "flow=Background"
    },
    expect.objectContaining({protocol: 17, sourcePackets: 1, destinationPackets: 1, destinationBytes: 200}),
    expect.objectContaining({sourcePackets: 0, destinationPackets: 2, sourceBytes: 0, destinationBytes: 106})
  ]);
  expect(rejects).toEqual([]);
  expect(passedOver).toEqual({header: 1});
});

test("argus reads tabs as it reads commas, and takes counts of each direction where they stand", () => {
  expect(readLog(argus, flows.replaceAll(",", "\t"))).toEqual(readLog(argus, flows));
  expect(readLog(argus, flows + flows.replaceAll(",", "\t")).flows.length).toBe(8);
  const log = `StartTime,SrcAddr,DstAddr,SrcPkts,DstPkts,SrcBytes,DstBytes
1772445600.25,192.0.2.1,192.0.2.2,4,3,913,643
`;
  expect(readLog(argus, log).flows).toMatchObject([
    {time: 1772445600250, sourcePackets: 4, destinationPackets: 3, sourceBytes: 913, destinationBytes: 643}
  ]);
});

test("argus takes the label from the last cell where payloads hold commas", () => {
  const log = `StartTime,SrcAddr,DstAddr,srcUdata,Label
1772445600,192.0.2.1,192.0.2.2,"s[3]=a,b",flow=Normal
`;
  expect(readLog(argus, log).flows[0]).toMatchObject({label: "flow=Normal"});
});

test("argus says why a line is no flow", () => {
  const log = `1772445600,192.0.2.1
StartTime,SrcAddr,DstAddr,Proto
09:56:29.152346,192.0.2.1,192.0.2.2,tcp
1772445600,192.0.2.1,,tcp
1772445600,192.0.2.1,192.0.2.2
`;
  expect(readLog(argus, log).rejects).toEqual([
    [1, "no header"],
    [3, "no time"],
    [4, "no address"],
    [5, "too few fields"]
  ]);
});

test("argus is told by its header", () => {
  const matches = (log: string) => argus.matches(headOf(new TextEncoder().encode(log), true));
  expect([flows, flows.replaceAll(",", "\t")].map(matches)).toEqual([true, true]);
  expect(matches("StartTime,Value\n")).toBe(false);
  expect(matches("")).toBe(false);
});

test("argus reads any bytes, in any pieces", () => expectTotal(argus, flows));

import {existsSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {headOf} from "../../lib/formats/format.js";
import {suricataEve} from "../../lib/formats/suricata.js";
import {expectTotal} from "./hostile.js";
import {readLog} from "./readLog.js";

const eve = `{"timestamp":"2026-03-02T11:00:00.250000+0100","flow_id":11,"event_type":"alert","src_ip":"192.0.2.10","dest_ip":"198.51.100.1","alert":{"signature":"ET SCAN <b>","severity":3}}
{"timestamp":"2026-03-02T11:00:00.500000+0100","flow_id":11,"event_type":"alert","alert":{"signature":"another"}}
{"timestamp":"2026-03-02T11:00:00.750000+0100","flow_id":11,"event_type":"http","src_ip":"192.0.2.10","src_port":1032,"dest_ip":"198.51.100.1","dest_port":80,"proto":"TCP","http":{"hostname":"example.org","url":"\\/a","http_user_agent":"x","http_refer":"y","http_method":"GET","xff":"203.0.113.7","status":404,"length":12}}
{"timestamp":"2026-03-02T11:05:00.000000+0100","flow_id":11,"event_type":"flow","src_ip":"192.0.2.10","src_port":1032,"dest_ip":"198.51.100.1","dest_port":80,"proto":"TCP","app_proto":"http","flow":{"pkts_toserver":6,"pkts_toclient":5,"bytes_toserver":913,"bytes_toclient":643,"start":"2026-03-02T11:00:00.000000+0100","end":"2026-03-02T11:00:02.500000+0100","state":"closed","alerted":true},"tcp":{"tcp_flags_ts":"1b","tcp_flags_tc":"1f"}}
{"timestamp":"2026-03-02T11:05:01.000000+0100","flow_id":12,"event_type":"flow","src_ip":"2001:db8::1","dest_ip":"2001:db8::2","proto":"IPv6-ICMP","icmp_type":128,"icmp_code":0,"app_proto":"failed","flow":{"pkts_toserver":1}}
{"timestamp":"2026-03-02T11:05:02.000000+0100","event_type":"netflow","src_ip":"192.0.2.10","dest_ip":"198.51.100.1"}
{"timestamp":"2026-03-02T11:05:02.000000+0100","event_type":"stats","stats":{}}
`;

test("suricataEve reads flows and requests, and marks and labels flows that had an alert", () => {
  const {flows, requests, rejects, passedOver} = readLog(suricataEve, eve);
  expect(flows).toEqual([
    {
      line: 4,
      time: Date.UTC(2026, 2, 2, 10),
      duration: 2.5,
      protocol: 6,
      sourcePort: 1032,
      destinationPort: 80,
      sourcePackets: 6,
      sourceBytes: 913,
      destinationPackets: 5,
      destinationBytes: 643,
      sourceFlags: 27,
      destinationFlags: 31,
      isAlerted: true,
      source: "192.0.2.10",
      destination: "198.51.100.1",
      service: "http",
      state: "closed",
      label: "ET SCAN <b>",
      id: "11"
    },
    {
      line: 5,
      time: Date.UTC(2026, 2, 2, 10, 5, 1),
      protocol: 58,
      sourcePort: 128,
      destinationPort: 0,
      sourcePackets: 1,
      source: "2001:db8::1",
      destination: "2001:db8::2",
      id: "12"
    }
  ]);
  expect(requests).toEqual([
    {
      line: 3,
      time: Date.UTC(2026, 2, 2, 10) + 750,
      zone: 60,
      status: 404,
      size: 12,
      client: "192.0.2.10",
      forwarded: "203.0.113.7",
      method: "GET",
      target: "/a",
      referrer: "y",
      agent: "x",
      host: "example.org"
    }
  ]);
  expect(rejects).toEqual([]);
  expect(passedOver).toEqual({"alert event": 2, "netflow event": 1, "stats event": 1});
});

test("suricataEve rejects broken times of flows and requests only, and says why else a line is none", () => {
  const log = `{"timestamp":"2026-03-02T11:00:00.250000+0100asl","event_type":"dns"}
{"timestamp":"2026-03-02T11:00:00.250000+0100asl","event_type":"http","src_ip":"192.0.2.1"}
{"timestamp":"2026-03-02T11:00:00.250000+0100asl","event_type":"flow","src_ip":"192.0.2.1","dest_ip":"192.0.2.2"}
{"timestamp":""2026-03-02T11:00:00.250000+0100"","event_type":"dns"}

{"timestamp":"2026-03-02T11:00:00.250000+0100"}
{"timestamp":"2026-03-02T11:00:00.250000+0100","event_type":"flow","src_ip":"192.0.2.1"}
{"timestamp":"2026-03-02T11:00:00.250000+0100","event_type":"http","http":{}}
{"timestamp":"2026-03-02T11:00:00.250000+0100","event_type":"a b"}
`;
  const {rejects, passedOver} = readLog(suricataEve, log);
  expect(rejects).toEqual([
    [2, "no time"],
    [3, "no time"],
    [4, "not JSON"],
    [5, "empty line"],
    [6, "no event type"],
    [7, "no address"],
    [8, "no address"]
  ]);
  expect(passedOver).toEqual({"dns event": 1, "other event": 1});
});

test("suricataEve says of every flow whether it was alerted, and forgets the alerts of flows that never end", () => {
  const alert = (id: number) =>
    `{"timestamp":"x","flow_id":${id},"event_type":"alert","alert":{"signature":"s${id}"}}\n`;
  const flow = (id: number) =>
    `{"timestamp":"2026-03-02T11:00:00Z","flow_id":${id},"event_type":"flow","src_ip":"a","dest_ip":"b"}\n`;
  const alerts = Array.from({length: 65_537}, (_, id) => alert(id)).join("");
  const {flows} = readLog(suricataEve, alerts + flow(0) + flow(1) + flow(65_536) + flow(1));
  expect(flows.map(({label}) => label)).toEqual([undefined, "s1", "s65536", undefined]);
});

test("suricataEve is told by its events, also behind broken lines", () => {
  const matches = (log: string) => suricataEve.matches(headOf(new TextEncoder().encode(log), true));
  expect(matches(eve)).toBe(true);
  expect(matches(`broken\n${eve}`)).toBe(true);
  expect(matches(`<rules>\n<!--\n${eve.split("\n")[0]}\n-->\n`)).toBe(false);
  expect(matches('{"timestamp":"x","level":"info"}\n')).toBe(false);
  expect(matches("")).toBe(false);
});

test("suricataEve reads any bytes, in any pieces", () => expectTotal(suricataEve, eve));

const broken = "../shared/logs/suricata/eve_broken.json";
test.skipIf(!existsSync(broken))("suricataEve finds ten rejects in eve_broken.json", () => {
  const {rejects} = readLog(suricataEve, readFileSync(broken));
  expect(rejects.map(([, reason]) => reason).sort()).toEqual([
    ...Array(4).fill("empty line"),
    ...Array(6).fill("not JSON")
  ]);
});

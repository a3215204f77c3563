import {expect, test} from "vitest";
import {headOf} from "../../lib/formats/format.js";
import {zeekConnJson, zeekDnsJson, zeekHttpJson, zeekOtherJson, zeekSslJson} from "../../lib/formats/zeekJson.js";
import {expectTotal} from "./hostile.js";
import {readLog} from "./readLog.js";

const conn = `{"ts":1772445600.706265,"uid":"Cab1","id.orig_h":"192.0.2.10","id.orig_p":1032,"id.resp_h":"198.51.100.1","id.resp_p":80,"proto":"tcp","service":"http","duration":0.25,"orig_bytes":601,"resp_bytes":383,"conn_state":"SF","history":"ShADadFf","orig_pkts":6,"orig_ip_bytes":913,"resp_pkts":5,"resp_ip_bytes":643}
{"ts":"2026-03-02T10:00:01.500000Z","uid":"Cab2","id":{"orig_h":"2001:db8::1","orig_p":128,"resp_h":"2001:db8::2","resp_p":0},"proto":"icmp","conn_state":"OTH","orig_pkts":1,"orig_ip_bytes":104,"resp_pkts":0,"resp_ip_bytes":0,"label":"Malicious"}
{"_path":"conn","ts":1772445602500,"id_orig_h":"192.0.2.10","id_orig_p":"5353","id_resp_h":"224.0.0.251","id_resp_p":5353,"proto":"udp","orig_bytes":89}
{"_path":"http","ts":1772445603.25,"id.orig_h":"192.0.2.10","method":"POST","host":"example.org","uri":"/<b>é","referrer":"http://example.org/","user_agent":"x","status_code":200,"response_body_len":12,"username":"ann","proxied":["VIA -> squid","X-FORWARDED-FOR -> 203.0.113.7, 203.0.113.8"]}
{"_path":"dns","ts":1772445604.0,"query":"example.org"}
`;

test("zeekConnJson reads each line by its path or keys, whatever the ids are called and times written as", () => {
  const {flows, requests, rejects, passedOver} = readLog(zeekConnJson, conn);
  expect(flows).toEqual([
    {
      line: 1,
      time: 1772445600706.265,
      duration: 0.25,
      protocol: 6,
      sourcePort: 1032,
      destinationPort: 80,
      sourcePackets: 6,
      sourceBytes: 913,
      destinationPackets: 5,
      destinationBytes: 643,
      sourceFlags: 19,
      destinationFlags: 19,
      source: "192.0.2.10",
      destination: "198.51.100.1",
      service: "http",
      state: "SF",
      history: "ShADadFf",
      id: "Cab1"
    },
    {
      line: 2,
      time: 1772445601500,
      duration: 0,
      protocol: 58,
      sourcePort: 128,
      destinationPort: 0,
      sourcePackets: 1,
      sourceBytes: 104,
      destinationPackets: 0,
      destinationBytes: 0,
      source: "2001:db8::1",
      destination: "2001:db8::2",
      state: "OTH",
      label: "Malicious",
      id: "Cab2"
    },
    {
      line: 3,
      time: 1772445602500,
      duration: 0,
      protocol: 17,
      sourcePort: 5353,
      destinationPort: 5353,
      sourceBytes: 89,
      source: "192.0.2.10",
      destination: "224.0.0.251"
    }
  ]);
  expect(requests).toEqual([
    {
      line: 4,
      time: 1772445603250,
      zone: 0,
      status: 200,
      size: 12,
      client: "192.0.2.10",
      forwarded: "203.0.113.7, 203.0.113.8",
      user: "ann",
      method: "POST",
      target: "/<b>é",
      referrer: "http://example.org/",
      agent: "x",
      host: "example.org"
    }
  ]);
  expect(rejects).toEqual([]);
  expect(passedOver).toEqual({"dns record": 1});
});

test("zeekConnJson says why a line is no record", () => {
  const log = `
not JSON
[1]
{"ts":1772445600.0,"conn_state":"SF","id.orig_h":"192.0.2.1"}
{"ts":"soon","conn_state":"SF","id.orig_h":"192.0.2.1","id.resp_h":"192.0.2.2"}
{"conn_state":"SF","id.orig_h":"192.0.2.1","id.resp_h":"192.0.2.2"}
{"ts":1e300,"conn_state":"SF","id.orig_h":"192.0.2.1","id.resp_h":"192.0.2.2"}
{"_path":"http","ts":1772445600.0,"method":"GET"}
{"_path":"<script>","ts":1772445600.0}
`;
  const {rejects, passedOver} = readLog(zeekConnJson, log);
  expect(rejects).toEqual([
    [1, "empty line"],
    [2, "not JSON"],
    [3, "not an object"],
    [4, "no address"],
    [5, "no time"],
    [6, "no time"],
    [7, "no time"],
    [8, "no address"]
  ]);
  expect(passedOver).toEqual({"other record": 1});
});

test("Zeek’s formats of JSON are told by path, else by keys, flows before all else", () => {
  const formats = [zeekConnJson, zeekHttpJson, zeekDnsJson, zeekSslJson, zeekOtherJson];
  const told = (log: string) =>
    formats.filter(({matches}) => matches(headOf(new TextEncoder().encode(log), true))).map(({name}) => name);
  const [, , , http, dns] = conn.split("\n");
  expect(told(conn)).toEqual(["zeek-conn-json"]);
  expect(told(`${dns}\n${http}`)).toEqual(["zeek-http-json"]);
  expect(told(`half\n${dns}`)).toEqual(["zeek-dns-json"]);
  expect(told('{"ts":1,"id.orig_h":"x","trans_id":1,"query":"x"}')).toEqual(["zeek-dns-json"]);
  expect(told('{"ts":1,"id.orig_h":"x","cipher":"x"}')).toEqual(["zeek-ssl-json"]);
  expect(told('{"ts":1,"id.orig_h":"x","request_type":"AS","cipher":"x"}')).toEqual(["zeek-other-json"]);
  expect(told('{"ts":1,"id.orig_h":"x","trans_depth":1,"uri":"/"}')).toEqual(["zeek-http-json"]);
  expect(told('{"ts":1,"fuid":"Fab"}')).toEqual(["zeek-other-json"]);
  expect(told('{"ts":1,"level":"info","request":{}}')).toEqual([]);
  expect(told("{}\n[]\n")).toEqual([]);
});

test("zeekConnJson reads any bytes, in any pieces", () => expectTotal(zeekConnJson, conn));

import fc from "fast-check";
import {expect, test} from "vitest";
import {portGroup} from "../../../lib/traffic/flows/portGroup.js";
import {protocolName} from "../../../lib/traffic/flows/protocolName.js";

test("portGroup(protocol, port) names services, and ranges for all other ports", () => {
  const tcp = [22, 80, 443, 53, 445, 3389, 1, 1023, 1024, 31_337, 32_768, 65_535].map((port) => portGroup(6, port));
  expect(tcp.slice(0, 6)).toEqual(["ssh", "web", "web", "dns", "file sharing", "remote desktop"]);
  expect(tcp.slice(6)).toEqual(["system", "system", "registered", "registered", "ephemeral", "ephemeral"]);
  expect([portGroup(17, 123), portGroup(1, 8), portGroup(50, NaN)]).toEqual(["time", "no port", "no port"]);
  expect([portGroup(6, NaN), portGroup(6, 65_536), portGroup(6, -1), portGroup(NaN, 80)]).toEqual([
    null,
    null,
    null,
    null
  ]);
});

test("protocolName(protocol) and portGroup(protocol, port) are total", () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (protocol, port) => {
      expect(typeof (protocolName(protocol) ?? "")).toBe("string");
      expect(typeof (portGroup(protocol, port) ?? "")).toBe("string");
    })
  );
  expect([6, 17, 1, 58, 47, 99, 255, NaN, 256].map(protocolName)).toEqual([
    "tcp",
    "udp",
    "icmp",
    "icmp6",
    "gre",
    "protocol 99",
    "protocol 255",
    null,
    null
  ]);
});

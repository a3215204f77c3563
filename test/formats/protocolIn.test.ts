import {expect, test} from "vitest";
import {protocolIn, protocolOf} from "../../lib/formats/protocolIn.js";

test("protocolIn(bytes, …) reads names in any case, and numbers", () => {
  const expected: [string, number][] = [
    ["tcp", 6],
    ["TCP", 6],
    ["Udp", 17],
    ["icmp", 1],
    ["IPv6-ICMP", 58],
    ["rtcp", 17],
    ["47", 47],
    ["255", 255]
  ];
  for (const [text, protocol] of expected) {
    expect(protocolInText(text), text).toBe(protocol);
    expect(protocolOf(text), text).toBe(protocol);
  }
});

test("protocolIn(bytes, …) is NaN for what is no protocol of IP", () => {
  for (const text of ["", "arp", "unknown_transport", "256", "-1", "6 ", "é", "__proto__", "[#p"]) {
    expect(protocolInText(text), text).toBeNaN();
    expect(protocolOf(text), text).toBeNaN();
  }
});

function protocolInText(text: string): number {
  const bytes = new TextEncoder().encode(`1${text}1`);
  return protocolIn(bytes, 1, bytes.length - 1);
}

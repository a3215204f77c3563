import fc from "fast-check";
import {expect, test} from "vitest";
import type {AlertChanged} from "../../../../lib/live/alert.js";
import {syslogMessage} from "../../../../lib/node/live/outputs/syslogMessage.js";
import {change} from "../alerts.js";

const sender = {host: "web-1", process: 42};

test("syslogMessage(told) is a message of RFC 5424", () => {
  expect(messageOf(change(7), 3).toString()).toBe(
    "<132>1 2026-01-05T00:00:07.000Z web-1 eddy 42 raised " +
      '[alert@32473 sequence="17" id="0000000000000007" rows="sessions" client="10.0.0.7" score="0.710" threshold="0.620"' +
      ' records="412" file="access.log" line="7" silenced="3"] ' +
      "10.0.0.7 scored 0.710 (threshold 0.620): 412 requests, typically 6"
  );
  expect(messageOf(change(7, "closed")).toString()).toMatch(/^<133>1 \S+ web-1 eddy 42 closed \[/);
});

test("syslogMessage(told) marks text beyond ASCII, and a host without a name", () => {
  const reasons = [{feature: "user_agent", value: "é", typical: null, share: 0, contribution: 0}];
  const bytes = syslogMessage(
    {event: {sequence: 1, ...change(1, "raised", {reasons})}, silenced: 0},
    {...sender, host: " é\n"}
  );
  expect(bytes.toString("latin1")).toContain("] \xef\xbb\xbf10.0.0.1 scored");
  expect(bytes.toString()).toMatch(/^<132>1 \S+ - eddy/);
});

test("syslogMessage(told) cannot be broken out of by texts of the traffic", () => {
  const evil = '] x\n<0>1 - - - - - - forged\r\0\x1b[2J"\\\u202e\u009b\ud800';
  const reasons = [{feature: "user_agent", value: evil, typical: evil, share: 0, contribution: 0}];
  const {facts, text} = parsed(messageOf(change(1, "raised", {client: evil, file: evil, reasons})));
  expect(facts.client).toBe('] x\\x0a<0>1 - - - - - - forged\\x0d\\x00\\x1b[2J"\\\\u202e\\x9b\\ud800');
  expect(text).toContain("forged");
});

test("syslogMessage(told) is one line of at most 2,048 bytes of whole UTF-8, whatever the texts", () => {
  const code = fc.oneof(fc.nat(0xffff), fc.constantFrom(0x22, 0x5c, 0x5d, 0x0a, 0x6f22, 0xd83d, 0xde00));
  const text = fc.array(code, {maxLength: 400, size: "max"}).map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(text, text, text, text, (client, file, value, city) => {
      const reasons = Array.from({length: 3}, () => ({
        feature: value,
        value,
        typical: value,
        share: 0,
        contribution: 0
      }));
      const place = {latitude: 0, longitude: 0, country: city, city};
      const bytes = messageOf(change(1, "raised", {client, file, reasons, place}));
      expect(bytes.length).toBeLessThanOrEqual(2048);
      const {facts} = parsed(bytes);
      expect(Object.keys(facts).length).toBe(10);
      expect(facts).toMatchObject({id: "0000000000000001", silenced: "0"});
    }),
    {numRuns: 300}
  );
});

function messageOf(changed: AlertChanged, silenced = 0): Buffer {
  return syslogMessage({event: {sequence: 17, ...changed}, silenced}, sender);
}

// By the grammar of RFC 5424, section 6; throws on what is none.
function parsed(bytes: Buffer): {facts: Record<string, string>; text: string} {
  const message = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(bytes);
  expect(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e]/u.test(message)).toBe(false);
  const grammar =
    /^<\d{1,3}>1 \S+ [\x21-\x7e]{1,255} [\x21-\x7e]{1,48} [\x21-\x7e]{1,128} [\x21-\x7e]{1,32} \[([\x21-\x7e]{1,32}?)((?: [a-z]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*)\] (.*)$/su;
  const match = grammar.exec(message);
  expect(match).not.toBeNull();
  const pairs = match![2]!.matchAll(/ ([a-z]+)="((?:[^"\\\]]|\\["\\\]])*)"/gu);
  const facts = Object.fromEntries(
    Array.from(pairs, ([, name, value]) => [name, value!.replace(/\\(["\\\]])/g, "$1")])
  );
  return {facts, text: match![3]!};
}

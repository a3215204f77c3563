import fc from "fast-check";
import {expect, test} from "vitest";
import type {Reason} from "../../lib/live/alert.js";
import {alertSentence} from "../../lib/live/alertSentence.js";
import {change} from "../node/live/alerts.js";

test("alertSentence(alert) says who, how high, and why", () => {
  const reasons = [
    reason("log(requests)", 412, 6),
    reason("error_share", 0.91234, 0.01),
    reason("user_agent", 'curl/8.0 "x"', "Mozilla/5.0"),
    reason("gap_variation", 0.5, 1)
  ];
  const {alert} = change(7, "raised", {reasons});
  expect(alertSentence(alert)).toBe(
    "10.0.0.7 scored 0.710 (threshold 0.620): 412 requests, typically 6; " +
      'error share 0.912, typically 0.010; user agent “curl/8.0 "x"”, typically “Mozilla/5.0”'
  );
});

test("alertSentence(alert) says units once, places, what is missing, and what no schema knows", () => {
  const place = {latitude: 52.5, longitude: 13.4, country: "Germany", city: "Berlin"};
  const words = (...reasons: Reason[]) => alertSentence(change(7, "raised", {reasons, place}).alert);
  const head = "10.0.0.7 (Berlin, Germany) scored 0.710 (threshold 0.620)";
  expect(words()).toBe(head);
  expect(words(reason("request_rate", 1200, 3.5))).toBe(`${head}: request rate 1,200 requests/min, typically 3.500`);
  expect(words(reason("session_duration", 0.05, 12))).toBe(`${head}: session duration 50 ms, typically 12 s`);
  expect(words(reason("service", null, "http"))).toBe(`${head}: service missing, typically “http”`);
  expect(words(reason("log(odd)", 3, Number.NaN))).toBe(`${head}: odd 3, typically missing`);
});

test("alertSentence(alert) says when it is over", () => {
  const moment = {what: "closed", time: 1, score: 0.7, records: 1} as const;
  const {alert} = change(7, "closed", {reasons: [], history: [moment]});
  expect(alertSentence(alert)).toBe("10.0.0.7 scored up to 0.710 (threshold 0.620), and is over after 1 request");
  const flows = {...alert, rows: "flows", history: [{...moment, records: 1234}]} as const;
  expect(alertSentence(flows)).toMatch(/ and is over after 1,234 flagged flows$/);
});

test("alertSentence(alert) is one visible line, whatever the traffic holds", () => {
  const text = fc.array(fc.nat(0xffff), {maxLength: 300}).map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(text, text, text, text, (client, feature, value, city) => {
      const reasons = Array.from({length: 5}, () => reason(feature, value, value));
      const place = {latitude: 0, longitude: 0, country: city, city};
      const sentence = alertSentence(change(1, "raised", {client, reasons, place}).alert);
      expect(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(sentence)).toBe(false);
      expect(sentence.length).toBeLessThanOrEqual(1000);
    })
  );
});

function reason(feature: string, value: Reason["value"], typical: Reason["typical"]): Reason {
  return {feature, value, typical, share: 0, contribution: 0.1};
}

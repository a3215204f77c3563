import fc from "fast-check";
import {expect, test} from "vitest";
import {dayNumber, isoTime, isoTimeIn, isoZone} from "../../lib/formats/isoTime.js";

test("isoTime(text) agrees with Date for every millisecond of the years 0 to 9999", () => {
  const date = fc.date({
    min: new Date("0000-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59Z"),
    noInvalidDate: true
  });
  fc.assert(
    fc.property(date, (date) => {
      expect(isoTime(date.toISOString())).toBe(date.getTime());
      expect(dayNumber(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(
        Math.floor(date.getTime() / 864e5)
      );
    })
  );
});

test("isoTime(text) reads the ways in which logs write times", () => {
  const time = Date.UTC(2017, 0, 30, 15, 12, 26);
  expect(isoTime("2017-01-30T16:12:26.985026+0100")).toBeCloseTo(time + 985.026, 3);
  expect(isoTime("2017-01-30T16:12:26+01:00")).toBe(time);
  expect(isoTime("2017-01-30T16:12:26+01")).toBe(time);
  expect(isoTime("2017-01-30T13:42:26-0130")).toBe(time);
  expect(isoTime("2017-01-30 15:12:26")).toBe(time);
  expect(isoTime("2017/01/30 15:12:26.000000")).toBe(time);
  expect(isoTime("2017-01-30 15:12")).toBe(time - 26e3);
  expect(isoTime("2017-01-30 15:12:26,5")).toBe(time + 500);
  expect(isoTime("2016-12-31T23:59:60Z")).toBe(Date.UTC(2017, 0, 1));
});

test("isoTime(text) is NaN for anything else", () => {
  for (const text of [
    "",
    "2017-01-30",
    "2017-02-29 00:00:00",
    "2017-13-01 00:00:00",
    "2017-00-10 00:00:00",
    "2017-01/30 15:12:26",
    "2017-01-30 24:00:00",
    "2017-01-30 15:60:00",
    "2017-01-30 15:12:61",
    "2017-01-30 15:12:26.",
    "2017-01-30 15:12:26.1.2",
    "2017-01-30 15:12:26.1e5",
    "2017-01-30 15:12:26:30",
    "2017-01-30 15:12:",
    "2017-01-30 15:12:2",
    "2017-01-30T16:12:26.985026+0100asloefbnjhowebfg",
    "2017-01-30T16:12:26+1",
    "2017-01-30T16:12:26+2500",
    "2017-01-30T16:12:26é",
    "９017-01-30T16:12:26Z"
  ])
    expect(isoTime(text), text).toBeNaN();
});

test("isoZone(text) is the minutes ahead of UTC", () => {
  expect(isoZone("2017-01-30T16:12:26.985026+0100")).toBe(60);
  expect(isoZone("2017-01-30T16:12:26-03:30")).toBe(-210);
  expect(isoZone("2017-01-30T16:12+05")).toBe(300);
  expect(isoZone("2017-01-30T16:12:26Z")).toBe(0);
  expect(isoZone("2017-01-30 16:12:26.5")).toBe(0);
  expect(isoZone("2017-01-30T16:12:26 CET")).toBeNaN();
});

test("isoTimeIn(bytes, …) never throws and reads nothing behind the end", () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 40}), fc.nat(40), (bytes, end) => {
      const whole = isoTimeIn(bytes, 0, Math.min(end, bytes.length));
      expect(isoTimeIn(bytes.slice(0, end), 0, Math.min(end, bytes.length))).toEqual(whole);
    })
  );
});

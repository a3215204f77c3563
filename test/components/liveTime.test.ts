import {expect, test} from "vitest";
import {formatBytes, formatMoment, formatSpan} from "../../src/components/liveTime.js";
import {noon} from "./liveStates.js";

test("formatMoment(time, now) has the date where it is another", () => {
  expect(formatMoment(noon + 61_000, noon)).toBe("12:01:01");
  expect(formatMoment(noon - 86_400_000, noon)).toBe("2026-11-27 12:00:00");
  expect([Number.NaN, 1e300].map((time) => formatMoment(time, noon))).toEqual(["–", "–"]);
});

test("formatSpan(milliseconds) has the unit that suits it", () => {
  expect([-5, 4000, 99_400, 720_000, 3 * 3_600_000, 86_400_000 * 2].map(formatSpan)).toEqual([
    "0 s",
    "4 s",
    "99 s",
    "12 min",
    "3 h",
    "2 days"
  ]);
});

test("formatBytes(bytes) has the unit that suits it", () => {
  expect([1, 512, 12_345, 3.4e6, 5e9].map(formatBytes)).toEqual(["1 byte", "512 bytes", "12 kB", "3.4 MB", "5.0 GB"]);
});

import {expect, test} from "vitest";
import {timeIn, timeOf} from "../../lib/formats/timeIn.js";

test("timeIn(bytes, …) reads seconds and milliseconds since 1970, dates and times", () => {
  expect(read("1379288667.706265")).toBe(1379288667706.265);
  expect(read("1379288667")).toBe(1379288667000);
  expect(read("1515771450942")).toBe(1515771450942);
  expect(read("0.5")).toBe(500);
  expect(read("2018-01-12 15:37:30.942")).toBe(Date.UTC(2018, 0, 12, 15, 37, 30) + 942);
  expect(read("2018/01/12 15:37:30")).toBe(Date.UTC(2018, 0, 12, 15, 37, 30));
  for (const text of ["", "-", "-5", "soon", "1e300", "99999999999999999", "15:37:30.942", "0000-00-00 00:00:00"])
    expect(read(text), text).toBeNaN();
});

test("timeOf(value) reads numbers and texts of JSON alike", () => {
  expect(timeOf(1575413096.052279)).toBe(1575413096052.279);
  expect(timeOf(1575413096052)).toBe(1575413096052);
  expect(timeOf("1575413096.052279")).toBe(1575413096052.279);
  expect(timeOf("2019-12-03T22:44:56.5Z")).toBe(Date.UTC(2019, 11, 3, 22, 44, 56) + 500);
  for (const value of [null, undefined, {}, true, "", "soon", Number.NaN, -1, 1e300]) expect(timeOf(value)).toBeNaN();
});

function read(text: string): number {
  const bytes = new TextEncoder().encode(`1${text}1`);
  return timeIn(bytes, 1, bytes.length - 1);
}

import {expect, test} from "vitest";
import {featureAxis} from "../../src/components/featureAxis.js";

test("featureAxis(name, values) is linear over an even feature, a little wider", () => {
  const axis = featureAxis("request_rate", [0, 50, 100]);
  expect(axis).toMatchObject({label: "Request rate (requests/min)", domain: [-3, 103], isLong: false});
  expect(axis.share(50)).toBe(0.5);
  expect(axis.value(0.5)).toBe(50);
});

test("featureAxis(name, values) says that a long tail makes it symlog, and marks powers of ten", () => {
  const values = Array.from({length: 1000}, (_, i) => (i < 990 ? i % 20 : 5 ** (i - 989)));
  const axis = featureAxis("request_rate", values);
  expect(axis).toMatchObject({label: "Request rate (requests/min), symlog", isLong: true, constant: 10});
  expect(axis.ticks).toEqual(expect.arrayContaining([0, 10, 100, 1e6]));
  for (const x of [0, 3, 700, 1e6]) expect(axis.value(axis.share(x))).toBeCloseTo(x, 4);
});

test("featureAxis(name, values, all) keeps the kind of axis that all values have", () => {
  const all = Array.from({length: 1000}, (_, i) => (i < 990 ? i % 20 : 1e5));
  expect(featureAxis("x", [1, 2, 3], all).isLong).toBe(true);
  expect(featureAxis("x", [1, 2, 3]).isLong).toBe(false);
});

test("featureAxis(name, values) has room around a single value, and around none", () => {
  expect(featureAxis("x", [7, 7]).domain).toEqual([6.5, 7.5]);
  expect(featureAxis("x", []).domain.every(Number.isFinite)).toBe(true);
});

test("featureAxis(name, values) has the numbers of a logarithm beside its axis", () => {
  const values = [0, 3, 40, 500, 6000].map((x) => Math.log10(1 + x));
  const axis = featureAxis("log(request_rate)", values);
  expect(axis).toMatchObject({label: "Request rate (requests/min), log", isLong: false});
  expect(axis.ticks!.map(axis.tickFormat)).toEqual(["0", "1", "10", "100", "1k"]);
  expect(axis.share(axis.ticks![0]!)).toBeCloseTo(0.03 / 1.06, 6);
  const narrow = featureAxis(
    "log(x)",
    [4200, 4700].map((x) => Math.log10(1 + x))
  );
  expect(narrow.ticks!.map(narrow.tickFormat)).toEqual(["4.2k", "4.4k", "4.6k"]);
  expect(featureAxis("log(x)", []).ticks!.every(Number.isFinite)).toBe(true);
});

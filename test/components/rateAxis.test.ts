import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {linearRates, logRates, normalRates, tickLabel} from "../../src/components/rateAxis.js";

const narrow = (label: string) => (6.2 * label.length + 8) / 222;
const wide = (label: string) => (6.2 * label.length + 8) / 570;
const share = fc.double({min: 0, max: 1, noNaN: true});
const axes = {
  linear: linearRates(narrow),
  log: logRates(1 / 20_000, narrow),
  "normal deviate": normalRates([0.0001, 0.99], narrow)
};

describe.each(Object.entries(axes))("a %s axis", (_, {place, share: shareAt, end, ticks}) => {
  test("keeps the order of shares, from 0 at its beginning to 1 at its end", () => {
    expect([place(0), place(1)]).toEqual([0, 1]);
    fc.assert(fc.property(share, share, (a, b) => place(Math.min(a, b)) <= place(Math.max(a, b))));
  });

  test("finds the share at a place", () => {
    fc.assert(fc.property(fc.double({min: 0.001, max: 0.999, noNaN: true}), (at) => close(place(shareAt(at)), at)));
  });

  test("has no place for what is unknown", () => {
    expect(place(Number.NaN)).toBeNaN();
  });

  test("marks ascending shares that stand on it, apart from each other", () => {
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBeLessThanOrEqual(end);
    expectApart(ticks, place, narrow);
  });
});

test("linearRates(room) marks each fifth, where there is room", () => {
  expect(linearRates(narrow).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(linearRates(() => 0.3).ticks).toEqual([0, 0.5, 1]);
});

test("logRates(smallest, room) begins at half of the smallest share, where 0 stands", () => {
  const {place} = logRates(0.001, wide);
  expect(place(0.0005)).toBe(0);
  expect(place(0.001)).toBeCloseTo(Math.log(2) / Math.log(2000), 12);
  expect(place(0.1) - place(0.01)).toBeCloseTo(place(1) - place(0.1), 12);
});

test("logRates(smallest, room) marks as many steps of a decade as can be read", () => {
  const labels = (smallest: number, room: typeof wide) => logRates(smallest, room).ticks.map(tickLabel);
  expect(labels(1 / 291, wide)).toEqual(
    ["0 %", "0.5 %", "1 %", "2 %", "5 %", "10 %", "20 %", "50 %", "100 %"].map(unbroken)
  );
  expect(labels(1 / 291, narrow)).toEqual(["0 %", "1 %", "10 %", "100 %"].map(unbroken));
  expect(labels(1 / 20_000, wide)).toEqual(["0 %", "0.01 %", "0.1 %", "1 %", "10 %", "100 %"].map(unbroken));
  expect(labels(1e-6, narrow)).toEqual(["0 %", "0.01 %", "1 %", "100 %"].map(unbroken));
});

test("logRates(smallest, room) can be read for any number of rows and any width", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 1e9}), fc.integer({min: 150, max: 1200}), (rows, width) => {
      const room = (label: string) => (6.2 * label.length + 8) / width;
      const {ticks, place} = logRates(1 / rows, room);
      expect(ticks.length).toBeGreaterThan(1);
      expectApart(ticks, place, room);
    })
  );
});

test("normalRates(domain, room) is even in the normal deviate", () => {
  const {place} = normalRates([0.05, 0.95], wide);
  expect(place(0.5)).toBeCloseTo(0.5, 6);
  // qnorm(0.8) / qnorm(0.95) in R
  expect(place(0.8) * 2 - 1).toBeCloseTo(0.511674, 5);
  expect([place(0.01), place(0.99)]).toEqual([0, 1]);
});

function expectApart(ticks: readonly number[], place: (share: number) => number, room: (label: string) => number) {
  for (let i = 1; i < ticks.length; ++i) {
    const [a, b] = [ticks[i - 1]!, ticks[i]!];
    expect(place(b) - place(a)).toBeGreaterThan((room(tickLabel(a)) + room(tickLabel(b))) / 2 - 1e-6);
  }
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-4;
}

function unbroken(text: string): string {
  return text.replace(" ", "\u00a0");
}

import fc from "fast-check";
import {expect, test} from "vitest";
import {clopperPearson, type Interval, wilson} from "../../lib/evaluation/interval.js";
import {tolerance} from "./goldens.js";

// R 4.2.2: binom.test(x, n)$conf.int and prop.test(x, n, correct = FALSE)$conf.int; the first four x and n are those of
// Newcombe 1998, “Two-sided confidence intervals for the single proportion”, table I.
const references: [number, number, [number, number], [number, number]][] = [
  [81, 263, [0.252736745585271, 0.367621922601351], [0.255288519878274, 0.3662095769828]],
  [15, 148, [0.0578440100834486, 0.161650490349479], [0.0623863995307363, 0.160487241723308]],
  [0, 20, [0, 0.168433470983085], [0, 0.161125158052819]],
  [1, 29, [0.000872646883579923, 0.177644295488723], [0.00611321429276266, 0.171755218793203]],
  [20, 20, [0.831566529016915, 1], [0.838874841947181, 1]]
];

test.each(references)("clopperPearson(%d, %d) and wilson equal R", (successes, trials, exact, score) => {
  expectInterval(clopperPearson(successes, trials), exact);
  expectInterval(wilson(successes, trials), score);
});

test("clopperPearson and wilson of another confidence or a million trials equal R", () => {
  expectInterval(clopperPearson(15, 148, 0.9), [0.0635184488193509, 0.151768370240628]);
  expectInterval(wilson(15, 148, 0.99), [0.0536448696139649, 0.183267350113152]);
  expectInterval(clopperPearson(950_000, 1_000_000), [0.949571030631536, 0.950426360452674]);
});

test.each([clopperPearson, wilson])(
  "$name(successes, trials) lies in [0, 1], holds the share and mirrors",
  (interval) => {
    const outcomes = fc
      .integer({min: 1, max: 3000})
      .chain((n) => fc.tuple(fc.integer({min: 0, max: n}), fc.constant(n)));
    fc.assert(
      fc.property(outcomes, ([successes, trials]) => {
        const {lower, upper} = interval(successes, trials);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(successes / trials);
        expect(upper).toBeGreaterThanOrEqual(successes / trials);
        expectInterval(interval(trials - successes, trials), [1 - upper, 1 - lower]);
      })
    );
  }
);

test.each([clopperPearson, wilson])("$name(successes, trials) without trials is NaN", (interval) => {
  expect(interval(0, 0)).toEqual({lower: NaN, upper: NaN});
});

test.each([clopperPearson, wilson])("$name(successes, trials) rejects impossible counts", (interval) => {
  expect(() => interval(3, 2)).toThrow(new RangeError("invalid successes: 3"));
  expect(() => interval(-1, 2)).toThrow(new RangeError("invalid successes: -1"));
  expect(() => interval(1, 2.5)).toThrow(new RangeError("invalid trials: 2.5"));
  expect(() => interval(1, 2, 1)).toThrow(new RangeError("invalid confidence: 1"));
});

function expectInterval({lower, upper}: Interval, expected: [number, number]) {
  expect(Math.abs(lower - expected[0])).toBeLessThan(tolerance);
  expect(Math.abs(upper - expected[1])).toBeLessThan(tolerance);
}

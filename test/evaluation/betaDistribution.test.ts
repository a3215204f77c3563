import stdlibQuantile from "@stdlib/stats-base-dists-beta-quantile";
import stdlibBinomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import fc from "fast-check";
import {expect, test} from "vitest";
import {betaQuantile, betaTails, binomialLowerTail} from "../../lib/evaluation/betaDistribution.js";

/** What betaTails promises of itself, apart from the rounding of x. */
const accuracy = 3e-13;

/** @stdlib was seen up to 9e-10 from mpmath; rarely it is quite wrong in far tails, where it is not asked. */
const stdlibAccuracy = 1e-8;

// mpmath 1.3.0 with 60 digits: x, a, b, P(X ≤ x), P(X ≥ x)
const references: [number, number, number, number, number][] = [
  [0.3, 0.5, 0.5, 0.36901011956554536, 0.6309898804344546],
  [1e-300, 1, 1, 1e-300, 1],
  [1e-7, 0.5, 1e6, 0.34527912169457975, 0.6547208783054203],
  [0.999999, 1e6, 0.5, 0.15729915515583529, 0.8427008448441647],
  [1e-100, 3, 5.5, 4.46875e-299, 1],
  [1e-137, 2, 8, 3.6e-273, 1],
  [0.999, 2.5, 1.5, 0.9998927276290064, 0.00010727237099363261],
  [0.3333, 1e6, 2e6, 0.451314704978406, 0.548685295021594],
  [0.336, 1e6, 2e6, 1, 6.520821738321977e-23],
  [0.48, 20_000, 20_000, 6.063666676301753e-16, 0.9999999999999994],
  [0.49, 1e6, 1e6, 2.4904536576103943e-176, 1],
  [0.25, 250_000.5, 749_999.5, 0.49969289397277233, 0.5003071060272276],
  [0.97, 19_000, 1000, 1, 3.5629891594601845e-52]
];

/** Shapes from ½ to a million, whole or not. */
const shape = fc.oneof(
  fc.constantFrom(0.5, 1, 1.5, 2, 1e6),
  fc.integer({min: 1, max: 1e6}),
  real(Math.log(0.5), Math.log(1e6)).map(Math.exp)
);

/** In (0, 1), down to 1e-300 and up to 1 − 1e-15. */
const inside = fc.oneof(real(-690, -0.7).map(Math.exp), real(-34, -0.7).map(oneMinusExp), real(0.01, 0.99));

/** x near 0, near 1, and on both sides of the mean by up to 37 standard deviations. */
const point = fc
  .tuple(shape, shape)
  .chain(([a, b]) => fc.tuple(fc.oneof(inside, around(a, b)), fc.constantFrom([a, b])))
  .map(([x, [a, b]]) => ({x, a: a!, b: b!}));

test.each(references)("betaTails(%d, %d, %d) equals mpmath, small tails too", (x, a, b, lower, upper) => {
  const tails = betaTails(x, a, b);
  expectRelative(tails.lower, lower, accuracy + rounding(x, a, b));
  expectRelative(tails.upper, upper, accuracy + rounding(x, a, b));
});

test("betaTails(x, a, b) has closed forms where a or b is 1 or both are ½", () => {
  fc.assert(
    fc.property(inside, real(0.5, 1000), (x, a) => {
      expectRelative(betaTails(x, a, 1).lower, x ** a, accuracy);
      expectRelative(betaTails(x, 1, a).lower, -Math.expm1(a * Math.log1p(-x)), accuracy);
      expectRelative(
        betaTails(x, 0.5, 0.5).lower,
        (Math.atan2(Math.sqrt(x), Math.sqrt(1 - x)) * 2) / Math.PI,
        accuracy
      );
    })
  );
});

test("betaTails(x, a, b) mirrors and adds up to 1", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 2 ** 20 - 1}), shape, shape, (i, a, b) => {
      const x = i / 2 ** 20;
      const {lower, upper} = betaTails(x, a, b);
      const mirrored = betaTails(1 - x, b, a);
      expectRelative(mirrored.upper, lower, accuracy + rounding(x, a, b));
      expectRelative(mirrored.lower, upper, accuracy + rounding(x, a, b));
      expect(Math.abs(lower + upper - 1)).toBeLessThanOrEqual(Number.EPSILON);
    })
  );
});

test("betaTails(x, a, b) satisfies (a + b) I(a, b) = a I(a + 1, b) + b I(a, b + 1)", () => {
  // DLMF 8.17.13
  fc.assert(
    fc.property(point, ({x, a, b}) => {
      const tails = betaTails(x, a, b);
      const more = betaTails(x, a + 1, b);
      const less = betaTails(x, a, b + 1);
      for (const side of ["lower", "upper"] as const) {
        const mean = (a * more[side] + b * less[side]) / (a + b);
        expectRelative(tails[side], mean, 2 * (accuracy + rounding(x, a, b)));
      }
    })
  );
});

test("betaTails(x, a, b) is sure at the ends and NaN for NaN", () => {
  expect(betaTails(0, 2, 3)).toEqual({lower: 0, upper: 1});
  expect(betaTails(1, 2, 3)).toEqual({lower: 1, upper: 0});
  expect(betaTails(NaN, 2, 3)).toEqual({lower: NaN, upper: NaN});
  expect(betaTails(0.5, NaN, 3)).toEqual({lower: NaN, upper: NaN});
});

test.each(references)("betaQuantile(p, a, b) is %d for mpmath’s p and shapes %d and %d", (x, a, b, lower, upper) => {
  if (lower < upper) expectRelative(betaQuantile(lower, a, b), x, accuracy);
  else expectRelative(betaQuantile(upper, b, a), 1 - x, accuracy);
});

test("betaQuantile(p, a, b) equals @stdlib’s", () => {
  fc.assert(
    fc.property(inside, shape, shape, (p, a, b) => {
      fc.pre(p > 1e-30);
      expectRelative(betaQuantile(p, a, b), stdlibQuantile(p, a, b), stdlibAccuracy);
    }),
    {numRuns: 300}
  );
});

test("betaQuantile(p, a, b) undoes betaTails", () => {
  fc.assert(
    fc.property(inside, shape, shape, (p, a, b) => {
      const x = betaQuantile(p, a, b);
      fc.pre(x > 1e-300 && x < 1);
      // log P(X ≤ x) rises at most a times as fast as the log odds, log P(X ≥ x) falls at most b times as fast
      const {lower, upper} = betaTails(x, a, b);
      expectRelative(lower, p, accuracy + (a * Number.EPSILON) / (1 - x));
      expectRelative(upper, 1 - p, accuracy + (b * Number.EPSILON) / (1 - x));
    }),
    {numRuns: 300}
  );
});

test("betaQuantile(p, a, b) mirrors", () => {
  fc.assert(
    fc.property(real(-34, -0.7).map(oneMinusExp), shape, shape, (p, a, b) => {
      expect(Math.abs(betaQuantile(p, a, b) + betaQuantile(1 - p, b, a) - 1)).toBeLessThan(1e-14);
    })
  );
});

test("betaQuantile(p, a, b) is an end where p is or x underflows, and NaN for NaN", () => {
  expect(betaQuantile(0, 2, 3)).toBe(0);
  expect(betaQuantile(1, 2, 3)).toBe(1);
  expect(betaQuantile(1e-300, 0.5, 3)).toBe(0);
  expect(betaQuantile(1e-154, 0.5, 1e6)).toBeLessThan(1e-307);
  expect(betaQuantile(NaN, 2, 3)).toBeNaN();
  expect(betaQuantile(0.5, NaN, 3)).toBeNaN();
  expect(betaQuantile(-1, 2, 3)).toBeNaN();
  expect(betaQuantile(2, 2, 3)).toBeNaN();
});

test("binomialLowerTail(k, n, p) equals @stdlib’s", () => {
  const outcome = fc
    .tuple(fc.integer({min: 1, max: 1e6}), fc.oneof(real(-30, 0).map(Math.exp), real(0, 1)), real(-37, 37))
    .map(([n, p, z]) => ({n, p, k: Math.round(clamp(n * p + z * Math.sqrt(n * p * (1 - p)), 0, n))}));
  fc.assert(
    fc.property(outcome, ({k, n, p}) => {
      const expected = stdlibBinomialCdf(k, n, p);
      fc.pre(expected > 1e-200);
      expectRelative(binomialLowerTail(k, n, p), expected, stdlibAccuracy);
    }),
    {numRuns: 1000}
  );
});

test("binomialLowerTail(k, n, p) equals mpmath where @stdlib is 16 % off", () => {
  expectRelative(binomialLowerTail(27, 606, 0.718892583177126), 7.403671164680088e-277, accuracy);
});

test("binomialLowerTail(k, n, ½) is a sum of binomial coefficients over 2ⁿ", () => {
  const n = 997;
  let coefficient = 1n;
  let sum = 0n;
  for (let k = 0; k < n; ++k) {
    sum += coefficient;
    coefficient = (coefficient * BigInt(n - k)) / BigInt(k + 1);
    expectRelative(binomialLowerTail(k, n, 0.5), Number(sum) * 2 ** -n, accuracy);
  }
});

test("binomialLowerTail(k, n, p) is sure below 0 and from n on", () => {
  expect(binomialLowerTail(-1, 5, 0.3)).toBe(0);
  expect(binomialLowerTail(5, 5, 0.3)).toBe(1);
  expect(binomialLowerTail(0, 0, 0)).toBe(1);
  expect(binomialLowerTail(3, 5, 0)).toBe(1);
  expect(binomialLowerTail(3, 5, 1)).toBe(0);
});

/** How much of itself a tail at x changes when x, 1 − x and their products with a + b are rounded. */
function rounding(x: number, a: number, b: number): number {
  return 2 * Number.EPSILON * Math.abs(a * (1 - x) - b * x);
}

function around(a: number, b: number) {
  const mean = a / (a + b);
  const deviation = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
  return real(-37, 37).map((z) => clamp(mean + z * deviation, 1e-300, 1 - 1e-15));
}

function real(min: number, max: number) {
  return fc.double({min, max, noNaN: true});
}

function oneMinusExp(x: number): number {
  return -Math.expm1(x);
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}

function expectRelative(actual: number, expected: number, tolerance: number) {
  if (Math.max(actual, expected) < 1e-300) return;
  expect(Math.abs(actual / expected - 1)).toBeLessThan(tolerance);
}

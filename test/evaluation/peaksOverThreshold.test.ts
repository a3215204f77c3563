import {expect, test} from "vitest";
import {fitParetoTail, peaksOverThreshold} from "../../lib/evaluation/peaksOverThreshold.js";
import {quantile} from "../../lib/evaluation/quantile.js";
import {randomSource} from "../../lib/random.js";
import {tolerance} from "./goldens.js";

/** What R’s optim (Nelder–Mead, reltol 1e-15, four starts, restarted) and evd 2.3’s fpot agree to, relative. */
const optimTolerance = 1e-5;

test.each([
  // R 4.2.2: round(evd::rgpd(40, scale = 2, shape), 3) after set.seed(20261124), shape 0.3, 0, −0.3
  {
    shape: 0.217751488924,
    scale: 2.346528532736,
    excess: [
      2.867, 6.068, 1.593, 0.451, 0.06, 7.366, 3.508, 0.525, 19.387, 0.428, 1.519, 2.33, 1.984, 2.076, 0.548, 0.516,
      1.598, 1.602, 2.197, 3.71, 6.219, 18.046, 4.833, 0.76, 3.425, 3.902, 0.882, 0.721, 0.542, 1.121, 4.969, 3.618,
      1.321, 1.389, 1.305, 1.206, 0.318, 2.207, 1.851, 1.653
    ]
  },
  {
    shape: -0.041751859767,
    scale: 2.188649411985,
    excess: [
      0.567, 8.061, 4.536, 1.829, 0.45, 2.665, 2.021, 2.048, 3.039, 4.382, 3.37, 6.489, 0.144, 8.237, 0.029, 1.477,
      1.073, 0.492, 1.764, 1.034, 2.846, 0.772, 1.878, 0.604, 0.109, 0.287, 3.798, 1.707, 4.347, 0.238, 1.262, 0.314,
      0.919, 2.384, 0.113, 3.376, 3.014, 1.716, 0.225, 0.4
    ]
  },
  {
    shape: -0.286978767779,
    scale: 1.524098498989,
    excess: [
      0.772, 1.018, 3.138, 0.294, 0.698, 0.008, 2.528, 0.056, 2.707, 0.007, 1.116, 0.372, 1.554, 1.172, 0.444, 1.548,
      0.838, 0.772, 1.258, 1.749, 0.235, 1.345, 0.448, 2.874, 0.286, 1.698, 2.896, 2.349, 0.407, 1.202, 0.345, 0.209,
      0.937, 3.986, 0.177, 0.751, 1.043, 1.583, 1.89, 0.352
    ]
  }
])("fitParetoTail(excess) equals R at a shape of $shape", ({shape, scale, excess}) => {
  const fit = fitParetoTail(Float64Array.from(excess));
  expect(Math.abs(fit.shape - shape)).toBeLessThan(optimTolerance);
  expect(Math.abs(fit.scale / scale - 1)).toBeLessThan(optimTolerance);
});

test("fitParetoTail(excess) scales with the excesses", () => {
  const excess = sample(200, 3, (u) => u ** -0.4 - 1);
  const fit = fitParetoTail(excess);
  const scaled = fitParetoTail(excess.map((y) => y * 1e-7));
  expect(Math.abs(scaled.shape - fit.shape)).toBeLessThan(tolerance);
  expect(Math.abs(scaled.scale / fit.scale / 1e-7 - 1)).toBeLessThan(tolerance);
});

test("fitParetoTail(excess) is uniform up to the greatest where that is likeliest", () => {
  expect(fitParetoTail(Float64Array.of(3, 3, 3))).toEqual({shape: -1, scale: 3});
});

test.each([
  {name: "exponential", inverse: (p: number) => -Math.log(p)},
  {name: "Pareto", inverse: (p: number) => (p ** -0.25 - 1) / 0.25},
  {name: "uniform", inverse: (p: number) => 1 - p},
  {name: "bounded", inverse: (p: number) => (1 - p ** 0.3) / 0.3}
])("peaksOverThreshold(score, rate) finds the true quantile: $name", ({inverse}) => {
  for (const rate of [0.01, 1e-3, 1e-4]) {
    // By what factor the threshold’s true rate differs, in 20 samples of 20,000 rows: 1e-4 is two rows of them
    const logs = Array.from({length: 20}, (_, seed) => {
      const {threshold} = peaksOverThreshold(sample(20_000, seed, inverse), rate);
      return Math.log(rateAbove(inverse, threshold) / rate);
    });
    expect(Math.max(...logs.map(Math.abs))).toBeLessThan(Math.log(rate < 1e-3 ? 12 : 3));
    expect(Math.abs(quantile(logs, 0.5))).toBeLessThan(Math.log(rate < 1e-3 ? 1.6 : 1.3));
  }
});

test("peaksOverThreshold(score, rate) is the R-7 quantile where the peaks cover the rate", () => {
  const score = sample(1000, 1, (u) => u);
  const {threshold, initial, peaks, shape, scale} = peaksOverThreshold(score, 0.1);
  expect([threshold, initial, peaks]).toEqual([quantile(score, 0.9), quantile(score, 0.95), 50]);
  expect([shape, scale]).toEqual([NaN, NaN]);
  expect(peaksOverThreshold([1, 2, 3], 0.5).threshold).toBe(2);
});

test("peaksOverThreshold(score, rate) rises as the rate falls", () => {
  const score = sample(3000, 5, (u) => u ** 2);
  const rates = [0.5, 0.1, 0.03, 0.02, 0.019, 0.01, 1e-3, 1e-6, 1e-12];
  const thresholds = rates.map((rate) => peaksOverThreshold(score, rate).threshold);
  expect(thresholds).toEqual(thresholds.toSorted((a, b) => a - b));
  expect(peaksOverThreshold(score, 0.001, {initial: 0.9}).peaks).toBe(300);
});

test("peaksOverThreshold(score, rate) refuses constant, tied and too few scores", () => {
  const reject = (score: number[], message: string, rate = 0.001, initial?: number) =>
    expect(() => peaksOverThreshold(score, rate, initial === undefined ? {} : {initial})).toThrow(
      new RangeError(message)
    );
  reject([], "expected scores, got none");
  reject(new Array(5000).fill(0.4), "expected at least 10 different scores in the tail, got: 0");
  reject(
    Array.from({length: 5000}, (_, i) => (i % 50 === 0 ? 2 + (i % 3) : 1)),
    "expected at least 10 different scores in the tail, got: 3"
  );
  reject(
    Array.from({length: 60}, (_, i) => i),
    "expected at least 10 different scores in the tail, got: 6"
  );
  reject([1], "invalid rate: 0", 0);
  reject([1], "invalid rate: 1", 1);
  reject([1], "invalid rate: NaN", NaN);
  reject([1], "invalid initial quantile: 1", 0.1, 1);
});

/** Values whose chance of being exceeded is uniform. */
function sample(rows: number, seed: number, inverse: (p: number) => number): Float64Array {
  const random = randomSource(seed, 1);
  return Float64Array.from({length: rows}, () => inverse(1 - random()));
}

function rateAbove(inverse: (p: number) => number, threshold: number): number {
  let low = 1e-12;
  let high = 1;
  for (let i = 0; i < 60; ++i) {
    const middle = Math.sqrt(low * high);
    if (inverse(middle) > threshold) low = middle;
    else high = middle;
  }
  return low;
}

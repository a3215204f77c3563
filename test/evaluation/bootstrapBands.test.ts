import fc from "fast-check";
import {expect, test} from "vitest";
import {bootstrap} from "../../lib/evaluation/bootstrap.js";
import {
  type Band,
  type Bands,
  bandsInTurns,
  bootstrapBands,
  replicatesFor
} from "../../lib/evaluation/bootstrapBands.js";
import {precisionRecallArea} from "../../lib/evaluation/precisionRecall.js";
import {auc, rocCurve} from "../../lib/evaluation/rocCurve.js";
import {type ScoreLevels, scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses, labelledRows} from "./arbitraries.js";
import {goldens, tolerance} from "./goldens.js";
import {monteCarloOptions} from "./monteCarlo.js";

type Bounds = readonly (readonly [number, number, number])[];

// R 4.2.2, pROC 1.18: set.seed(2); ci.se(r, specificities = 1 − the first of each, boot.n = 5000), 2000 for rare
const sensitivities: [string, number, Bounds][] = [
  [
    "notebook",
    5000,
    [
      [0, 0.2592593, 0.7407407],
      [0.01, 0.3333333, 0.8888889],
      [0.05, 0.8148148, 1],
      [0.1, 1, 1],
      [0.5, 1, 1]
    ]
  ],
  [
    "ties",
    5000,
    [
      [0, 0, 0.333333],
      [0.01, 0.018519, 0.387407],
      [0.05, 0.229426, 0.540754],
      [0.1, 0.324689, 0.660028],
      [0.2, 0.529611, 0.856947],
      [0.5, 0.82716, 1]
    ]
  ],
  [
    "small",
    5000,
    [
      [0, 0, 1],
      [0.2, 0, 1],
      [0.5, 0.5, 1]
    ]
  ],
  [
    "inverted",
    5000,
    [
      [0.1, 0, 0],
      [0.2, 0, 0.07017544],
      [0.5, 0.01754386, 0.1929825]
    ]
  ],
  [
    "rare",
    2000,
    [
      [0, 0.04, 0.4],
      [0.01, 0.24, 0.64],
      [0.05, 0.44, 0.84],
      [0.1, 0.68, 0.96],
      [0.2, 1, 1]
    ]
  ]
];

test.each(sensitivities)(
  "bootstrapBands(levels) has pROC’s sensitivities but for Monte Carlo error: %s",
  (name, replicates, bounds) => expectBand(name, "sensitivity", replicates, bounds)
);

// R 4.2.2, boot 1.3-28.1: set.seed(3); boot(…, R = 5000, strata = label) of t / (t + fp), fp linear between points
const precisions: [string, Bounds][] = [
  [
    "notebook",
    [
      [0.1, 1, 1],
      [0.5, 0.6923076923, 1],
      [0.75, 0.6279069767, 0.9529411765],
      [0.9, 0.524838013, 0.8901098901],
      [1, 0.5094339623, 0.84375]
    ]
  ],
  [
    "ties",
    [
      [0.1, 0.5192307692, 1],
      [0.25, 0.6170551948, 1],
      [0.5, 0.4909090909, 0.8490566038],
      [0.75, 0.4450549451, 0.6893617021],
      [0.9, 0.3370280065, 0.5785714286],
      [1, 0.2842105263, 0.432]
    ]
  ],
  [
    "small",
    [
      [0.1, 0.1176470588, 1],
      [0.5, 0.3333333333, 1],
      [1, 0.4, 1]
    ]
  ],
  [
    "inverted",
    [
      [0.1, 0.0784044016, 0.2134831461],
      [0.25, 0.1435768262, 0.2],
      [0.5, 0.2384937239, 0.2651162791],
      [0.9, 0.3555093555, 0.3630573248]
    ]
  ]
];

test.each(precisions)(
  "bootstrapBands(levels) has the precisions of R’s boot but for Monte Carlo error: %s",
  (name, bounds) => expectBand(name, "precision", 5000, bounds)
);

test.each(goldens)("bootstrapBands(levels) has the areas of bootstrap(levels, statistic): %s", (_, {label, score}) => {
  const levels = scoreLevels(label, score);
  const options = {replicates: 40, seed: 3, confidence: 0.8};
  const bands = bootstrapBands(levels, options);
  expect(bands.auc).toEqual(bootstrap(levels, auc, options));
  expect(bands.precisionRecallArea).toEqual(bootstrap(levels, precisionRecallArea, options));
  expect([bands.replicates, bands.confidence]).toEqual([40, 0.8]);
});

test("bootstrapBands(levels) estimates the highest sensitivity at each false positive rate of the curve", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const levels = scoreLevels(label, score);
      const {sensitivity, specificity, negatives} = rocCurve(levels);
      const band = bootstrapBands(levels, {replicates: 1, points: negatives + 1}).sensitivity;
      // the first of a specificity, as sensitivity descends
      for (const [i, value] of specificity.entries()) {
        if (i > 0 && specificity[i - 1] === value) continue;
        const place = Math.round((1 - value) * negatives);
        expect(band.estimate[place]).toBeCloseTo(sensitivity[i]!, 12);
      }
    })
  );
});

test("bootstrapBands(levels) estimates curves with the areas of auc and precisionRecallArea below them", () => {
  const points = 5001;
  // at most as many trapeziums as there are rows hold a jump, and are wrong by up to their width
  const error = 62 / (points - 1);
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const levels = scoreLevels(label, score);
      const {sensitivity, precision} = bootstrapBands(levels, {replicates: 1, points});
      expect(Math.abs(areaBelow(sensitivity) - auc(levels))).toBeLessThan(error);
      expect(Math.abs(areaBelow(precision) - precisionRecallArea(levels))).toBeLessThan(error);
    }),
    {numRuns: 15}
  );
});

test("bootstrapBands(levels) lies in [0, 1], lower below upper, sensitivity ascending to 1", () => {
  fc.assert(
    fc.property(bothClasses, fc.nat(), ({label, score}, seed) => {
      const {sensitivity, precision} = bootstrapBands(scoreLevels(label, score), {replicates: 20, seed, points: 11});
      for (const {at, estimate, lower, upper} of [sensitivity, precision]) {
        expect([estimate.length, lower.length, upper.length]).toEqual([at.length, at.length, at.length]);
        for (let i = 0; i < at.length; ++i) {
          expect(estimate[i]).toBeGreaterThanOrEqual(0);
          expect(estimate[i]).toBeLessThanOrEqual(1);
          expect(lower[i]).toBeGreaterThanOrEqual(0);
          expect(upper[i]).toBeGreaterThanOrEqual(lower[i]!);
          expect(upper[i]).toBeLessThanOrEqual(1);
        }
      }
      for (const values of [sensitivity.estimate, sensitivity.lower, sensitivity.upper]) {
        // interpolation of equal heights may round
        for (let i = 1; i < values.length; ++i) expect(values[i]!).toBeGreaterThan(values[i - 1]! - tolerance);
        expect(values.at(-1)).toBe(1);
      }
    })
  );
});

test("bootstrapBands(levels) knows sensitivity at rates below 1 % down to a single genuine row", () => {
  const {at} = bootstrapBands(levelsOf("rare"), {replicates: 1}).sensitivity;
  const small = [...at].filter((rate) => rate > 0 && rate < 0.01);
  expect(small[0]).toBe(1 / 4975);
  expect(small.length).toBe(17);
  for (let i = 1; i < at.length; ++i) expect(at[i]!).toBeGreaterThan(at[i - 1]!);
  expect(at.length).toBe(101 + 17);
  expect(bootstrapBands(levelsOf("small"), {replicates: 1}).sensitivity.at.length).toBe(101);
});

test("bootstrapBands(levels) depends on the seed alone, not on the order of rows", () => {
  fc.assert(
    fc.property(labelledRows, ({label, score}) => {
      const options = {replicates: 10, points: 5};
      const bands = bootstrapBands(scoreLevels(label, score), options);
      expect(bootstrapBands(scoreLevels(label.toReversed(), score.toReversed()), options)).toEqual(bands);
    }),
    {numRuns: 20}
  );
  const levels = levelsOf("ties");
  const other = bootstrapBands(levels, {replicates: 10, seed: 2});
  expect(bootstrapBands(levels, {replicates: 10}).auc.lower).not.toBe(other.auc.lower);
});

test("bandsInTurns(levels, options, turns) gives the same bands in pieces of any size", async () => {
  const levels = levelsOf("ties");
  const options = {replicates: 70, seed: 5, points: 21};
  for (const span of [0.001, 30, 1e6]) {
    let time = 0;
    const turns = {now: () => (time += 10), pause: async () => true, span};
    expect(await bandsInTurns(levels, options, turns)).toEqual(bootstrapBands(levels, options));
  }
});

test("bandsInTurns(levels, options, turns) is null when nobody wants the rest", async () => {
  const levels = levelsOf("small");
  for (const wanted of [0, 3, 25]) {
    let pauses = 0;
    const turns = {now: () => 0, pause: async () => ++pauses <= wanted, span: 0.01};
    expect(await bandsInTurns(levels, {replicates: 20, points: 21}, turns)).toBe(null);
    expect(pauses).toBe(wanted + 1);
  }
});

test("bootstrapBands(levels) is undefined where a class is missing", () => {
  const run = (label: number[]) => {
    const {sensitivity, precision} = bootstrapBands(scoreLevels(label, [...label.keys()]), {replicates: 3, points: 3});
    return [sensitivity, precision].map(({estimate, lower, upper}) => [...estimate, ...lower, ...upper]);
  };
  const none = new Array(9).fill(NaN);
  expect(run([])).toEqual([none, none]);
  expect(run([0, 0])).toEqual([none, none]);
  expect(run([1, 1])).toEqual([none, new Array(9).fill(1)]);
});

test("bootstrapBands(levels) of constant scores is chance, of perfectly parted classes perfect, without width", () => {
  const constant = bootstrapBands(scoreLevels([0, 1, 0, 0], [4, 4, 4, 4]), {replicates: 5, points: 3});
  const sure = (at: number[], estimate: number[]) => {
    const values = Float64Array.from(estimate);
    return {at: Float64Array.from(at), estimate: values, lower: values, upper: values};
  };
  expect(constant.sensitivity).toEqual(sure([0, 0.5, 1], [0, 0.5, 1]));
  expect(constant.precision).toEqual(sure([0, 0.5, 1], [0.25, 0.25, 0.25]));
  const perfect = bootstrapBands(levelsOf("perfect"), {replicates: 5, points: 3});
  expect(perfect.sensitivity).toEqual(sure([0, 0.5, 1], [1, 1, 1]));
  expect(perfect.precision).toEqual(sure([0, 0.5, 1], [1, 1, 1]));
});

test("bootstrapBands(levels) of recall 0 is the precision of the first rows, 0 when they are genuine", () => {
  const at0 = (label: number[], score: number[]) => {
    return bootstrapBands(scoreLevels(label, score), {replicates: 1}).precision.estimate[0];
  };
  expect(at0([1, 0, 1], [3, 2, 1])).toBe(1);
  expect(at0([1, 0, 0, 1], [3, 3, 2, 1])).toBe(0.5);
  expect(at0([1, 0, 1], [2, 3, 1])).toBe(0);
});

test("bootstrapBands(levels) takes a share of rows for the whole number it is but for rounding", () => {
  // 0.29 · 100 is below 29 and 0.07 · 100 above 7
  const one = [1, ...new Array(100).fill(0)];
  const after29 = scoreLevels(one, [-28.5, ...Array.from({length: 100}, (_, i) => -i)]);
  const {sensitivity} = bootstrapBands(after29, {replicates: 1});
  expect([...sensitivity.estimate.slice(28, 30)]).toEqual([0, 1]);
  const fakes = one.map((y) => 1 - y);
  const after7 = scoreLevels(fakes, [-6.5, ...Array.from({length: 100}, (_, i) => -i)]);
  const {precision} = bootstrapBands(after7, {replicates: 1});
  expect([...precision.estimate.slice(7, 9)]).toEqual([1, 8 / 9]);
});

test("bootstrapBands(levels, options) rejects what is out of range", () => {
  const levels = levelsOf("small");
  expect(() => bootstrapBands(levels, {points: 1})).toThrow(new RangeError("invalid points: 1"));
  expect(() => bootstrapBands(levels, {replicates: -1})).toThrow(new RangeError("invalid replicates: -1"));
  expect(() => bootstrapBands(levels, {confidence: 0})).toThrow(new RangeError("invalid confidence: 0"));
});

test("replicatesFor(rows) keeps the drawn rows at 20 million between 10,000 and 100,000 rows", () => {
  expect([0, 318, 10_000, 20_000, 100_000, 1e7].map(replicatesFor)).toEqual([2000, 2000, 2000, 1000, 200, 200]);
});

function levelsOf(name: string): ScoreLevels {
  const {label, score} = goldens.find(([golden]) => golden === name)![1];
  return scoreLevels(label, score);
}

function expectBand(name: string, curve: "sensitivity" | "precision", theirs: number, bounds: Bounds) {
  const [outer, inner] = monteCarloBands(name, theirs).map((bands) => bands[curve]) as [Band, Band];
  // R’s values are printed to 6 digits or more
  const printed = 1e-6;
  for (const [place, lower, upper] of bounds) {
    const i = outer.at.indexOf(place);
    expect(lower).toBeGreaterThanOrEqual(outer.lower[i]! - printed);
    expect(lower).toBeLessThanOrEqual(inner.lower[i]! + printed);
    expect(upper).toBeGreaterThanOrEqual(inner.upper[i]! - printed);
    expect(upper).toBeLessThanOrEqual(outer.upper[i]! + printed);
  }
}

const known = new Map<string, readonly Bands[]>();

// Both curves come from the same replicates, so that each golden is drawn for the two of them at once.
function monteCarloBands(name: string, theirs: number): readonly Bands[] {
  const key = `${name} ${theirs}`;
  const {wide, narrow} = monteCarloOptions(2000, theirs);
  const bands = known.get(key) ?? [wide, narrow].map((options) => bootstrapBands(levelsOf(name), options));
  known.set(key, bands);
  return bands;
}

function areaBelow({at, estimate}: Band): number {
  let area = 0;
  for (let i = 1; i < at.length; ++i) area += ((estimate[i]! + estimate[i - 1]!) / 2) * (at[i]! - at[i - 1]!);
  return area;
}

import fc from "fast-check";
import {expect, test} from "vitest";
import {delongInterval, delongTest, delongTestUnpaired, delongVariance} from "../../lib/evaluation/delong.js";
import {auc} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses} from "./arbitraries.js";
import {goldens, paired, tolerance} from "./goldens.js";
import {second, sequences} from "./sequences.js";

type Name = keyof typeof sequences;

test.each(goldens)(
  "delongVariance(levels) and delongInterval(levels) equal pROC: %s",
  (_, {label, score, expected}) => {
    const levels = scoreLevels(label, score);
    const {lower, estimate, upper} = expected.auc_delong_95;
    expectClose([delongVariance(levels)], [expected.auc_variance_delong]);
    expectInterval(delongInterval(levels), [lower, estimate, upper]);
  }
);

// R 4.2.2, pROC 1.18: var(r, method = "delong"), ci.auc(r, method = "delong"), the same with conf.level = 0.9
const references: [Name, number, [number, number, number], [number, number]][] = [
  [
    "ties",
    0.00159294480968388,
    [0.585730524526391, 0.663956043956044, 0.742181563385697],
    [0.598307118583457, 0.729604969328631]
  ],
  ["twoGenuine", 0.0892979893452483, [0, 0.358695652173913, 0.944387165549815], [0, 0.850223464751104]],
  [
    "large",
    0.000215892678059514,
    [0.746092560218619, 0.774890873232665, 0.803689186246712],
    [0.750722567087818, 0.799059179377512]
  ],
  ["constant", 0, [0.5, 0.5, 0.5], [0.5, 0.5]],
  ["tieAtTop", 0.02625, [0.432449540949441, 0.75, 1], [0.483503253922295, 1]],
  ["genuineAtTop", 0.0154320987654321, [0, 0.111111111111111, 0.354589594604606], [0, 0.315444695716698]]
];

test.each(references)("delongInterval(%s) and its variance equal pROC", (name, variance, at95, [lower, upper]) => {
  const {label, score} = sequences[name];
  const levels = scoreLevels(label, score);
  expectClose([delongVariance(levels)], [variance]);
  expectInterval(delongInterval(levels), at95);
  expectInterval(delongInterval(levels, 0.9), [lower, at95[1], upper]);
});

test("delongVariance(levels) is the definition", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const fakes = score.filter((_, i) => label[i] === 1);
      const genuines = score.filter((_, i) => label[i] === 0);
      fc.pre(fakes.length > 1 && genuines.length > 1);
      const psi = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
      const v10 = fakes.map((x) => mean(genuines.map((y) => psi(x, y))));
      const v01 = genuines.map((y) => mean(fakes.map((x) => psi(x, y))));
      const expected = variance(v10) / fakes.length + variance(v01) / genuines.length;
      expectClose([delongVariance(scoreLevels(label, score))], [expected]);
    })
  );
});

test("delongInterval(levels) of one row of a class or of none has no bounds", () => {
  const {label, score} = sequences.oneFake;
  const estimate = 0.7758620689655172;
  expect(delongInterval(scoreLevels(label, score))).toEqual({lower: NaN, estimate, upper: NaN});
  for (const label of [[], [NaN, NaN], [0, 0], [1, 1, 1]]) {
    const levels = scoreLevels(label, [...label.keys()]);
    expect(delongVariance(levels)).toBeNaN();
    expect(delongInterval(levels)).toEqual({lower: NaN, estimate: NaN, upper: NaN});
  }
});

test("delongTest(label, score, other) equals pROC: golden pair", () => {
  const {label, score, other, expected} = paired;
  const {statistic, pValue, auc} = delongTest(label, score, other);
  expectClose([statistic, pValue, ...auc], [expected.statistic, expected.p_value, ...expected.auc]);
});

// R 4.2.2, pROC 1.18: statistic, p.value and conf.int of roc.test(r, r2, method = "delong", paired = TRUE)
const pairs: [Name, number, number, number, number][] = [
  ["ties", 2.2256325547537, 0.0260388037523417, 0.0147701093786481, 0.232702418093879],
  ["twoGenuine", 0.129213699414448, 0.89718855651908, -0.9240255349599, 1.0544603175686],
  ["large", 0.599391573130096, 0.548911795100856, -0.00113933878550026, 0.00214319578163241],
  ["constant", -Math.SQRT2, 0.157299207050285, -0.795301274783226, 0.128634608116559],
  ["tieAtTop", 4.94974746830583, 7.43098372341413e-7, 0.422819235130064, 0.977180764869935],
  ["genuineAtTop", -1.6681153124566, 0.0952928380234566, -0.966647614534155, 0.0777587256452663]
];

test.each(pairs)("delongTest(%s, second score) equals pROC", (name, statistic, pValue, lower, upper) => {
  const {label, score} = sequences[name];
  const test = delongTest(label, score, second(score));
  expectClose([test.statistic, test.pValue], [statistic, pValue]);
  expectInterval(test.difference, [lower, test.auc[0] - test.auc[1], upper]);
});

test("delongTest(label, score, other) of equal rankings finds no difference, as pROC", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const levels = scoreLevels(label, score);
      fc.pre(levels.positives > 1 && levels.negatives > 1);
      const area = auc(levels);
      expect(
        delongTest(
          label,
          score,
          score.map((s) => Math.exp(s / 7))
        )
      ).toEqual({statistic: 0, pValue: 1, auc: [area, area], difference: {lower: 0, estimate: 0, upper: 0}});
    })
  );
});

test("delongTest(label, score, other) changes sign with the order of scores and leaves unknown rows out", () => {
  const {label, score, other} = paired;
  const test = delongTest(label, score, other, 0.8);
  const {lower, estimate, upper} = test.difference;
  const exchanged = delongTest([NaN, ...label], [99, ...other], [-99, ...score], 0.8);
  expectClose([exchanged.statistic, exchanged.pValue], [-test.statistic, test.pValue]);
  expectInterval(exchanged.difference, [-upper, -estimate, -lower]);
});

test("delongTest(label, score, other) without variance of the difference is certain", () => {
  const {statistic, pValue, difference} = delongTest([0, 0, 1, 1], [1, 2, 3, 4], [1, 1, 1, 1]);
  expect([statistic, pValue]).toEqual([Infinity, 0]);
  expect(difference).toEqual({lower: 0.5, estimate: 0.5, upper: 0.5});
});

test("delongTest(label, score, other) of one row of a class has areas only", () => {
  const {label, score} = sequences.oneFake;
  const {statistic, pValue, auc, difference} = delongTest(label, score, second(score));
  expect([statistic, pValue, difference.lower, difference.upper]).toEqual([NaN, NaN, NaN, NaN]);
  expectClose([...auc, difference.estimate], [0.775862068965517, 0.862068965517241, -0.0862068965517241]);
  const none = {lower: NaN, estimate: NaN, upper: NaN};
  const nothing = {statistic: NaN, pValue: NaN, auc: [NaN, NaN], difference: none};
  expect(delongTest([], [], [])).toEqual(nothing);
  expect(delongTest([1, 1], [1, 2], [1, 2])).toEqual(nothing);
});

// R 4.2.2, pROC 1.18: statistic, p.value and parameter of roc.test(r1, r2, method = "delong", paired = FALSE)
const unpaired: [Name, Name, number, number, number][] = [
  ["ties", "large", -2.60836368021793, 0.00963176628385346, 256.284121645904],
  ["ties", "twoGenuine", 1.01253530189749, 0.321035070934861, 24.8629323508376],
  ["twoGenuine", "tieAtTop", -1.15115413294918, 0.258221414671417, 31.9113581904024],
  ["genuineAtTop", "large", -5.30633552203234, 0.00292159751267254, 5.14087535679696],
  ["ties", "constant", 4.10796813551994, 5.82858551088997e-5, 199],
  ["constant", "constant", NaN, NaN, NaN],
  ["oneFake", "ties", NaN, NaN, NaN]
];

test.each(unpaired)("delongTestUnpaired(%s, %s) equals pROC", (a, b, statistic, pValue, degreesOfFreedom) => {
  const [first, other] = [sequences[a], sequences[b]].map(({label, score}) => scoreLevels(label, score));
  const test = delongTestUnpaired(first!, other!);
  expectClose([test.statistic, test.pValue, test.degreesOfFreedom], [statistic, pValue, degreesOfFreedom]);
  expect(test.auc).toEqual([auc(first!), auc(other!)]);
});

test("delongInterval and delongTest reject what they cannot use", () => {
  for (const confidence of [0, 1, NaN]) {
    const error = new RangeError(`invalid confidence: ${confidence}`);
    expect(() => delongInterval(scoreLevels([0, 1], [1, 2]), confidence)).toThrow(error);
    expect(() => delongTest([0, 1], [1, 2], [1, 2], confidence)).toThrow(error);
  }
  expect(() => delongTest([0, 1], [1, 2], [1])).toThrow(RangeError);
  expect(() => delongTest([0, 2], [1, 2], [1, 2])).toThrow(RangeError);
  expect(() => delongTest([0, 1], [1, 2], [1, NaN])).toThrow(RangeError);
});

function expectInterval(
  {lower, estimate, upper}: {lower: number; estimate: number; upper: number},
  expected: [number, number, number]
) {
  expectClose([lower, estimate, upper], expected);
}

function expectClose(actual: readonly number[], expected: readonly number[]) {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    if (!Object.is(actual[i], value)) expect(Math.abs(actual[i]! - value)).toBeLessThan(tolerance);
  }
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: number[]): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
}

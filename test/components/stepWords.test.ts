import {expect, test} from "vitest";
import type {IsolationPath, IsolationStep} from "../../lib/forest/isolationPath.js";
import type {Metric} from "../../lib/forest/parameters.js";
import {describeLeaf, describeStep} from "../../src/components/stepWords.js";

const step: IsolationStep = {
  node: 0,
  features: ["request_rate"],
  weights: [1],
  values: [90],
  categories: null,
  threshold: 42.137,
  sum: 90,
  side: "right",
  share: 1,
  isPenalized: false,
  sizeBefore: 256,
  sizeAfter: 31
};

test.each<[Partial<IsolationStep>, string]>([
  [{}, "request rate > 42.1: 256 → 31 rows left"],
  [{side: "left", sizeAfter: 1}, "request rate ≤ 42.1: 256 → 1 row left"],
  [
    {features: ["request_rate", "session_duration"], weights: [0.8, -0.3], threshold: 1.2},
    "0.8 · request rate − 0.3 · session duration > 1.2: 256 → 31 rows left"
  ],
  [
    {features: ["request_rate", "session_duration"], weights: [-0.00002, 1500], threshold: -1e12},
    "−2.0e−5 · request rate + 1,500 · session duration > −1.0e+12: 256 → 31 rows left"
  ],
  [{features: ["country"], categories: ["Chile", "Peru"]}, "country is Chile or Peru: 256 → 31 rows left"],
  [
    {features: ["country"], categories: ["a", "b", "c", "d", "e"]},
    "country is one of 5: a, b, c, …: 256 → 31 rows left"
  ],
  [
    {share: 0.62, sizeBefore: 43.8, sizeAfter: 0.98},
    "request rate > 42.1 (its value is missing: 62\u00a0% of it goes this way): 43.8 → 1 row left"
  ],
  [{isPenalized: true}, "request rate > 42.1 (far outside this range: the split does not count): 256 → 31 rows left"]
])("describeStep(step) says what holds for the row, %o", (changes, expected) => {
  expect(describeStep({...step, ...changes})).toBe(expected);
});

test("describeStep(step, ownOf) says the numbers of logarithms, and names them, texts and gaps in a sum", () => {
  const log = {...step, features: ["log(request_rate)"], threshold: Math.log10(313)};
  expect(describeStep(log)).toBe("request rate > 312: 256 → 31 rows left");
  const sum = {
    ...step,
    features: ["log(request_rate)", "state", "interval_variation"],
    weights: [0.5, -2, 1],
    values: [1.2, 0.81, 0.3],
    threshold: 1
  };
  const own: Record<string, number | string | null> = {"log(request_rate)": 2, state: "S0", interval_variation: null};
  expect(describeStep(sum, (feature) => own[feature]!)).toBe(
    "0.5 · log(request rate) − 2 · state (“S0”, taken as 0.81) + 1 · interval variation (missing, taken as 0.3) > 1: 256 → 31 rows left"
  );
  const divided = {...step, features: ["interval_variation"], share: 0.62, values: [Number.NaN]};
  expect(describeStep(divided, () => null)).toBe(
    "interval variation > 42.1 (its value is missing: 62\u00a0% of it goes this way): 256 → 31 rows left"
  );
});

const beyond = {...step, isPenalized: true};

test.each<[Partial<IsolationPath>, Metric, string]>([
  [{}, "depth", "Alone after 1 split."],
  [{steps: [beyond, step], depth: 2}, "depth", "Alone after 2 splits, one of them beyond the range: counts as 1."],
  [{steps: [beyond], value: 0}, "depth", "Alone after 1 split, beyond its range: counts as 0."],
  [
    {steps: [beyond, beyond], depth: 2, value: -0.42},
    "adjusted depth",
    "Alone after 2 splits, all beyond the range: counts as −0.4."
  ],
  [{value: -3}, "density", "Alone after 1 split."],
  [
    {steps: [step, step], size: 12, depth: 7.04, value: 7.04},
    "depth",
    "Still with 12 rows in its leaf after 2 splits; it would be alone after about 7.0."
  ],
  [
    {steps: [step, beyond], size: 12, depth: 7.04, value: 6.04},
    "depth",
    "Still with 12 rows in its leaf after 2 splits, one of them beyond the range; it would be alone after about 7.0, counts as 6.0."
  ],
  [{steps: [], size: 9}, "depth", "This tree could not split its rows."]
])("describeLeaf(path, metric) says whether the row is alone, and what counts, %o", (changes, metric, expected) => {
  expect(describeLeaf({steps: [step], leaf: 1, size: 1, depth: 1, value: 1, ...changes}, metric)).toBe(expected);
});

import {expect, test} from "vitest";
import type {IsolationStep} from "../../lib/forest/isolationPath.js";
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

test("describeLeaf(path) says whether the row is alone", () => {
  const path = {leaf: 1, value: 1, size: 1, depth: 1};
  expect(describeLeaf({...path, steps: [step]})).toBe("Alone after 1 split.");
  expect(describeLeaf({...path, steps: [step, step], size: 12, depth: 7.04})).toBe(
    "Still with 12 rows in its leaf after 2 splits; it would be alone after about 7.0."
  );
  expect(describeLeaf({...path, steps: [], size: 9})).toBe("This tree could not split its rows.");
});

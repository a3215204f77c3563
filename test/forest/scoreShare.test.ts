import {expect, test} from "vitest";
import type {Forest} from "../../lib/forest/forest.js";
import {growForest} from "../../lib/forest/growForest.js";
import {type ForestOptions, resolveParameters} from "../../lib/forest/parameters.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {scoreShare} from "../../lib/forest/scoreShare.js";
import {rangeOf} from "../../lib/forest/share.js";
import {randomSource} from "../../lib/random.js";

const turns = {now: () => 0, pause: async () => true, span: 0.001};

test.each<[number, number, ForestOptions]>([
  [2500, 2, {preset: "paper"}],
  [2500, 3, {preset: "sciforest", trees: 9}],
  [2500, 1, {preset: "isotree", trees: 5}],
  [100, 2, {preset: "paper", trees: 1}],
  [1, 2, {preset: "paper"}]
])("scoreShare(…) of %i rows in %i parts gives the bits of one: %o", async (rows, parts, options) => {
  const features = table(rows);
  const whole = growForest(features, options);
  const shares = await together(features, options, parts);
  expect(Float64Array.from(shares.flatMap((share) => [...share!]))).toEqual(scoreRows(whole, features));
});

test("scoreShare(…) passes categories and missing values on", async () => {
  const rows = 1500;
  const numbers = table(rows).a.map((x, i) => (i % 7 === 0 ? Number.NaN : x));
  const categories = {codes: Int32Array.from({length: rows}, (_, i) => (i % 4) - 1), values: ["x", "y", "z"]};
  const features = {numbers, categories};
  const shares = await together(features, {preset: "paper", trees: 7}, 2);
  const whole = scoreRows(growForest(features, {preset: "paper", trees: 7}), features);
  expect(Float64Array.from(shares.flatMap((share) => [...share!]))).toEqual(whole);
});

test("scoreShare(…) gives null as soon as nobody wants it", async () => {
  for (const calls of [1, 2, 5]) {
    let left = calls;
    const pause = async () => --left > 0;
    const features = table(5000);
    const parameters = resolveParameters(5000, 2, {preset: "paper"});
    const score = await scoreShare(features, parameters, {part: 0, parts: 1}, {...turns, pause}, async (f) => [f]);
    expect([score, left]).toEqual([null, 0]);
  }
});

test("rangeOf(whole, share) parts a whole without a gap", () => {
  const ranges = [0, 1, 2].map((part) => rangeOf(10, {part, parts: 3}));
  expect(ranges).toEqual([
    {from: 0, to: 3},
    {from: 3, to: 6},
    {from: 6, to: 10}
  ]);
});

function table(rows: number) {
  const random = randomSource(rows);
  const draw = () => Float64Array.from({length: rows}, random);
  return {a: draw(), b: draw()};
}

// All parts at once, each waiting for the forests of the others.
function together(features: Parameters<typeof scoreShare>[0], options: ForestOptions, parts: number) {
  const column = Object.values(features)[0]!;
  const rows = column instanceof Float64Array ? column.length : column.codes.length;
  const parameters = resolveParameters(rows, Object.keys(features).length, options);
  const grown: (Forest | null)[] = [];
  let all = () => {};
  const complete = new Promise<void>((resolve) => {
    all = resolve;
  });
  return Promise.all(
    Array.from({length: parts}, (_, part) =>
      scoreShare(features, parameters, {part, parts}, turns, async (forest) => {
        grown[part] = forest;
        if (Object.keys(grown).length === parts) all();
        await complete;
        return grown;
      })
    )
  );
}

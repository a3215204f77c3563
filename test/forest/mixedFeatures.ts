import type {Features} from "../../lib/forest/features.js";
import type {ForestOptions} from "../../lib/forest/parameters.js";
import {takeFeatures} from "../../lib/forest/takeFeatures.js";
import {randomSource} from "../../lib/random.js";

const rows = 200;
const random = randomSource(7);
const x = Float64Array.from({length: rows}, random);

/** Features of both kinds, each with missing values: y is about twice x, c is x in thirds, z is noise with a long tail. */
export const mixed: Features = {
  x: x.map((value, i) => (i % 17 === 3 ? Number.NaN : value)),
  y: x.map((value, i) => (i % 13 === 5 ? Number.NaN : 2 * value + 0.05 * random())),
  z: x.map(() => -Math.log(1 - random())),
  c: {
    codes: Int32Array.from(x, (value, i) => (i % 19 === 7 ? -1 : Math.floor(3 * value))),
    values: ["low", "middle", "high"]
  }
};

/** The rows that miss nothing. */
export function withoutMissing(features: Features): Features {
  const columns = Object.values(features);
  const complete = Array.from({length: rows}, (_, row) => row).filter((row) =>
    columns.every((column) => (column instanceof Float64Array ? !Number.isNaN(column[row]!) : column.codes[row]! >= 0))
  );
  return takeFeatures(features, complete);
}

/** Options of every kind of forest. */
export const everyKind: ForestOptions[] = [
  {},
  {preset: "paper"},
  {preset: "paper", missing: "impute", categories: "single"},
  {preset: "paper", missing: "fail"},
  {preset: "isotree", maxDepth: 4},
  {preset: "extended"},
  {preset: "sciforest"},
  {preset: "fair-cut"},
  {preset: "rrcf", penalizeRange: true},
  {preset: "paper", metric: "adjusted depth"},
  {preset: "paper", metric: "density"},
  {preset: "paper", metric: "adjusted density"}
];

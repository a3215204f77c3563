import type {ForestOptions} from "../../lib/forest/parameters.js";

/** Every kind of forest that the parameters can make, by name. */
export const kinds: Readonly<Record<string, ForestOptions>> = differing({
  axis: {},
  unlimited: {maxDepth: 0},
  slanted: {dims: 2},
  "slanted in three, normal": {dims: 3, coefficients: "normal"},
  "slanted, not standardized": {dims: 2, standardize: false},
  "pooled gain": {pooledGain: 1},
  "average gain": {averageGain: 1},
  "full gain": {fullGain: 1},
  "density gain": {densityGain: 1},
  "some of all gains": {pooledGain: 0.2, averageGain: 0.2, fullGain: 0.2, densityGain: 0.2},
  "best of three": {dims: 2, candidates: 3, pooledGain: 1},
  "least gain": {pooledGain: 1, minGain: 0.4},
  "by range": {byRange: 1},
  "by variance": {byVariance: 1},
  "by kurtosis": {byKurtosis: 1},
  "weighed by kurtosis": {weighByKurtosis: true},
  "two columns a tree": {columnsPerTree: 2},
  "with replacement": {replacement: true, sampleSize: 16},
  "range penalty": {penalizeRange: true},
  "slanted, range penalty": {dims: 2, penalizeRange: true},
  "adjusted depth": {metric: "adjusted depth"},
  density: {metric: "density"},
  "adjusted density": {metric: "adjusted density"},
  "boxed ratio": {metric: "boxed ratio"},
  "boxed density": {metric: "boxed density"},
  "boxed density 2": {metric: "boxed density 2"},
  "slanted density": {dims: 2, metric: "density"},
  imputing: {missing: "impute"},
  "single categories": {categories: "single"},
  "new categories to the smallest": {newCategories: "smallest"},
  "new categories at random": {newCategories: "random"},
  "slanted with single categories": {dims: 2, categories: "single"}
});

function differing(kinds: Record<string, ForestOptions>): Record<string, ForestOptions> {
  const named = Object.entries(kinds).map(([name, options]) => [name, {preset: "paper", ...options}] as const);
  return {auto: {preset: "auto"}, ...Object.fromEntries(named)};
}

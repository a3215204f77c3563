import type {ForestParameters} from "../lib/forest/parameters.js";
import {formatCounted} from "./format.js";

/** What kind of forest the parameters make, in sentences. */
export function forestWords(parameters: ForestParameters, features: number): string[] {
  return [size(parameters), ...splits(parameters, features), ...leaves(parameters)];
}

function size({trees, sampleSize, replacement, maxDepth, seed}: ForestParameters): string {
  const depth = maxDepth === 0 ? "without a depth limit" : `to a depth of at most ${maxDepth}`;
  const rows = `${formatCounted(sampleSize, "row")}${replacement ? ", drawn with replacement" : ""}`;
  return `This forest has ${formatCounted(trees, "tree")}, each grown from ${rows}, ${depth}, with seed ${seed}.`;
}

function splits(parameters: ForestParameters, features: number): string[] {
  const {dims, coefficients, columnsPerTree, weighByKurtosis} = parameters;
  const plane =
    dims === 1
      ? "Each split is along one feature"
      : `Each split is along a slanted plane through ${dims} features, with ${coefficients === "normal" ? "normal" : "uniform"} random weights`;
  const drawn = draws(parameters);
  return [
    `${plane}${drawn === "" ? "" : `, ${drawn}`}, ${thresholds(parameters)}.`,
    ...(columnsPerTree < features
      ? [`A tree sees ${columnsPerTree} of the ${features} features, drawn anew for each.`]
      : []),
    ...(weighByKurtosis ? ["Trees prefer features with heavy tails in their sample (kurtosis)."] : [])
  ];
}

function draws({byRange, byVariance, byKurtosis}: ForestParameters): string {
  const ways = [
    {chance: byRange, words: "by its range"},
    {chance: byVariance, words: "by its variance"},
    {chance: byKurtosis, words: "by its kurtosis"}
  ].filter(({chance}) => chance > 0);
  return ways.length === 0 ? "" : `drawn ${ways.map(({chance, words}) => often(chance, words)).join(", ")}`;
}

function thresholds({candidates, pooledGain, averageGain, fullGain, densityGain}: ForestParameters): string {
  const gains = [
    {chance: pooledGain, words: "where the spread within both sides falls most"},
    {chance: averageGain, words: "where the mean deviation of both sides falls most"},
    {chance: fullGain, words: "where the spread of all features falls most"},
    {chance: densityGain, words: "where the densities of both sides differ most"}
  ].filter(({chance}) => chance > 0);
  if (gains.length === 0) return "at a random value";
  const random = gains.reduce((rest, {chance}) => rest - chance, 1);
  const guided = gains.map(({chance, words}) => often(chance, words)).join(", ");
  const best = candidates > 1 ? `, the best of ${candidates} candidates` : "";
  return `${guided}${best}${random > 1e-9 ? `, otherwise at a random value` : ""}`;
}

function leaves({metric, penalizeRange}: ForestParameters): string[] {
  return [
    ...(penalizeRange ? ["A row outside the range that a split saw counts as one split nearer to the root."] : []),
    ...(metric === "depth" ? [] : [`Leaves are judged by ${metric}, not by plain depth.`])
  ];
}

function often(chance: number, words: string): string {
  return chance >= 1 ? words : `${words} in ${Math.round(chance * 100)} % of splits`;
}
